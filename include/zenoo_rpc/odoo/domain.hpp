// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_ODOO_DOMAIN_HPP
#define ZENOO_RPC_ODOO_DOMAIN_HPP

#include <zenoo_rpc/odoo/detail/field_json.hpp>

#include <nlohmann/json.hpp>

#include <string>
#include <utility>

namespace zenoo_rpc {

/// Search condition, written as an expression and sent in Odoo's prefix notation. An empty one matches all records.
///
///     field("is_company") == true && !field("name").ilike("acme%")
class Domain {
public:
    Domain() = default;
    /// Takes a domain as Odoo writes it: an array of terms, with an implicit `&` between terms that no operator joins.
    /// Throws `std::invalid_argument` for anything else.
    Domain(nlohmann::json terms);

    nlohmann::json const& json() const& noexcept { return terms_; }
    nlohmann::json json() && noexcept { return std::move(terms_); }

    friend Domain operator&&(Domain left, Domain right);
    friend Domain operator||(Domain left, Domain right);
    friend Domain operator!(Domain negated);

private:
    friend class Field;
    Domain(std::string field, char const* comparison, nlohmann::json value);
    static Domain joined(char const* connective, Domain left, Domain right);

    nlohmann::json terms_ = nlohmann::json::array();
};

/// Field of a condition: its name, or a path such as `country_id.code`. Can be compared with anything that converts to
/// JSON, with `Date`, `DateTime` (in UTC), `Many2one` and described enums; `std::nullopt` is Odoo's false, an empty
/// field.
class Field {
public:
    explicit Field(std::string name) : name_{std::move(name)} {}

    template <class T>
    Domain operator==(T const& value) const {
        return compared("=", value);
    }
    template <class T>
    Domain operator!=(T const& value) const {
        return compared("!=", value);
    }
    template <class T>
    Domain operator<(T const& value) const {
        return compared("<", value);
    }
    template <class T>
    Domain operator<=(T const& value) const {
        return compared("<=", value);
    }
    template <class T>
    Domain operator>(T const& value) const {
        return compared(">", value);
    }
    template <class T>
    Domain operator>=(T const& value) const {
        return compared(">=", value);
    }

    /// Matches fields that contain the text, case-sensitively. `%` stands for any text, `_` for any character.
    Domain like(std::string const& text) const { return compared("like", text); }

    /// Matches fields that contain the text, in any letter case. `%` stands for any text, `_` for any character.
    Domain ilike(std::string const& text) const { return compared("ilike", text); }

    Domain not_like(std::string const& text) const { return compared("not like", text); }
    Domain not_ilike(std::string const& text) const { return compared("not ilike", text); }
    /// Matches fields that fit the pattern as a whole, case-sensitively.
    Domain equals_like(std::string const& pattern) const { return compared("=like", pattern); }

    /// Matches fields that fit the pattern as a whole, in any letter case.
    Domain equals_ilike(std::string const& pattern) const { return compared("=ilike", pattern); }

    /// Matches fields that equal one of the values: several arguments, or one container.
    template <class... T>
    Domain in(T const&... values) const {
        return compared("in", list(values...));
    }
    template <class... T>
    Domain not_in(T const&... values) const {
        return compared("not in", list(values...));
    }

    /// Matches the record and those below it in the hierarchy of its model.
    template <class T>
    Domain child_of(T const& record) const {
        return compared("child_of", record);
    }

    /// Matches the record and those above it in the hierarchy of its model.
    template <class T>
    Domain parent_of(T const& record) const {
        return compared("parent_of", record);
    }

    /// Matches fields that refer to a record that matches `condition`. Since Odoo 17.
    Domain any(Domain const& condition) const { return compared("any", condition.json()); }

    /// Matches fields that refer to no record that matches `condition`. Since Odoo 17.
    Domain not_any(Domain const& condition) const { return compared("not any", condition.json()); }

private:
    template <class T>
    Domain compared(char const* comparison, T const& value) const {
        return Domain{name_, comparison, detail::json_of(value)};
    }

    template <class... T>
    static nlohmann::json list(T const&... values) {
        auto all = nlohmann::json::array();
        (all.push_back(detail::json_of(values)), ...);
        return all.size() == 1 && all.front().is_array() ? nlohmann::json(std::move(all.front())) : all;
    }

    std::string name_;
};

inline Field field(std::string name) { return Field{std::move(name)}; }

}  // namespace zenoo_rpc

#endif  // ZENOO_RPC_ODOO_DOMAIN_HPP
