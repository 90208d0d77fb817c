// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_ODOO_VALUES_HPP
#define ZENOO_RPC_ODOO_VALUES_HPP

#include <zenoo_rpc/odoo/detail/field_json.hpp>

#include <nlohmann/json.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace zenoo_rpc {

/// What to write into a record: fields and their values. Made by `values(...)`, or from a JSON object.
class Values {
public:
    Values() = default;
    /// Throws `std::invalid_argument` unless it is an object.
    Values(nlohmann::json record);

    struct Member {
        std::string field;
        nlohmann::json value;
    };
    /// In the order in which they were given; those of a JSON object in its own.
    std::vector<Member> const& members() const noexcept { return members_; }

    /// As an object, made for the caller.
    nlohmann::json json() const&;
    nlohmann::json json() &&;

    /// Throws `std::invalid_argument` if the field has a value already.
    void add(std::string_view field, nlohmann::json value);
    /// Room for as many fields.
    void reserve(std::size_t fields) { members_.reserve(fields); }

private:
    std::vector<Member> members_;
};

/// `values("name", "Ada", "is_company", false)`: fields and values by turns, without braces.
///
/// A value is anything that nlohmann::json is made from: text, numbers, booleans, vectors, JSON, an ExternalId.
template <class... FieldsAndValues>
    requires(sizeof...(FieldsAndValues) % 2 == 0)
Values values(FieldsAndValues&&... each) {
    Values record;
    record.reserve(sizeof...(FieldsAndValues) / 2);
    detail::add_each(record, std::forward<FieldsAndValues>(each)...);
    return record;
}

}  // namespace zenoo_rpc

#endif  // ZENOO_RPC_ODOO_VALUES_HPP
