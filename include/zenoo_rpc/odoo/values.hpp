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

/// Fields to write into a record, with their values. Made by `values(...)`, or from a JSON object.
class Values {
public:
    Values() = default;
    /// Takes a JSON object; throws `std::invalid_argument` for anything else.
    Values(nlohmann::json record);

    struct Member {
        std::string field;
        nlohmann::json value;
    };
    /// Returns the fields in the order in which they were added; those of a JSON object in its own order.
    std::vector<Member> const& members() const noexcept { return members_; }

    /// Returns the fields as a JSON object, built for the caller.
    nlohmann::json json() const&;
    nlohmann::json json() &&;

    /// Adds a field. Throws `std::invalid_argument` if it has a value already.
    void add(std::string_view field, nlohmann::json value);
    /// Reserves room for `fields` fields.
    void reserve(std::size_t fields) { members_.reserve(fields); }

private:
    std::vector<Member> members_;
};

/// Lists fields and their values alternately, without braces: `values("name", "Ada", "is_company", false)`.
///
/// A value is anything that converts to nlohmann::json: text, numbers, booleans, vectors, JSON, an ExternalId.
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
