// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_ODOO_VALUES_HPP
#define ZENOO_RPC_ODOO_VALUES_HPP

#include <zenoo_rpc/odoo/external_id.hpp>
#include <zenoo_rpc/odoo/field_json.hpp>

#include <nlohmann/json.hpp>

#include <cstddef>
#include <string>
#include <utility>

namespace zenoo_rpc {

/// What to write into a record: fields and their values. Made by `values(...)`, or from a JSON object.
class Values {
public:
    Values() = default;
    /// Throws `std::invalid_argument` unless it is an object.
    Values(nlohmann::json record);

    nlohmann::json const& json() const& noexcept { return record_; }
    nlohmann::json json() && noexcept { return std::move(record_); }

    /// Throws `std::invalid_argument` if the field has a value already.
    void add(std::string field, nlohmann::json value);

private:
    nlohmann::json record_ = nlohmann::json::object();
};

namespace detail {

inline void add_each(Values&) {}

template <class Value, class... Rest>
void add_each(Values& record, std::string field, Value&& value, Rest&&... rest) {
    record.add(std::move(field), json_of(value));
    add_each(record, std::forward<Rest>(rest)...);
}

}  // namespace detail

/// `values("name", "Ada", "is_company", false)`: fields and values by turns, without braces.
///
/// A value is anything that nlohmann::json is made from: text, numbers, booleans, vectors, JSON, an ExternalId.
template <class... FieldsAndValues>
    requires(sizeof...(FieldsAndValues) % 2 == 0)
Values values(FieldsAndValues&&... each) {
    Values record;
    detail::add_each(record, std::forward<FieldsAndValues>(each)...);
    return record;
}

}  // namespace zenoo_rpc

#endif  // ZENOO_RPC_ODOO_VALUES_HPP
