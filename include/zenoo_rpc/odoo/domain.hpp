// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_ODOO_DOMAIN_HPP
#define ZENOO_RPC_ODOO_DOMAIN_HPP

#include <zenoo_rpc/odoo/detail/field_json.hpp>

#include <nlohmann/json.hpp>

#include <string>
#include <utility>

namespace zenoo_rpc {

/// A search condition, written as an expression and sent in Odoo's prefix notation. Empty, it matches all records.
///
///     field("is_company") == true && !field("name").ilike("acme%")
class Domain {
public:
    Domain() = default;
    /// A domain as Odoo writes it: an array of terms, with `&` understood between those that nothing joins.
    /// Throws `std::invalid_argument` if that is not what it is.
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

/// The name of a field, or a path such as `country_id.code`, waiting to be compared with something: anything that JSON
/// is made from, `Date`, `DateTime` (in UTC), `Many2one`, a described enum; `std::nullopt` is Odoo's false, an empty
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

    /// Contains the text; `ilike` in any letter case. `%` and `_` stand for any text and any character.
    Domain like(std::string const& text) const { return compared("like", text); }
    Domain ilike(std::string const& text) const { return compared("ilike", text); }
    Domain not_like(std::string const& text) const { return compared("not like", text); }
    Domain not_ilike(std::string const& text) const { return compared("not ilike", text); }
    /// Is the pattern as a whole.
    Domain equals_like(std::string const& pattern) const { return compared("=like", pattern); }
    Domain equals_ilike(std::string const& pattern) const { return compared("=ilike", pattern); }

    /// Is one of these: values, or one container of values.
    template <class... T>
    Domain in(T const&... values) const {
        return compared("in", list(values...));
    }
    template <class... T>
    Domain not_in(T const&... values) const {
        return compared("not in", list(values...));
    }

    /// Is this record, or below it (above it) in the hierarchy of its model.
    template <class T>
    Domain child_of(T const& record) const {
        return compared("child_of", record);
    }
    template <class T>
    Domain parent_of(T const& record) const {
        return compared("parent_of", record);
    }

    /// Refers to a record, or to none, that matches. Since Odoo 17.
    Domain any(Domain const& condition) const { return compared("any", condition.json()); }
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
