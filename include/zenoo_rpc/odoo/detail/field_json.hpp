// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_ODOO_DETAIL_FIELD_JSON_HPP
#define ZENOO_RPC_ODOO_DETAIL_FIELD_JSON_HPP

#include <zenoo_rpc/odoo/detail/row_table.hpp>

#include <nlohmann/json.hpp>

#include <chrono>
#include <concepts>
#include <cstddef>
#include <optional>
#include <stdexcept>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

// Converts field values to the JSON that Odoo takes in conditions and records.

namespace zenoo_rpc::detail {

nlohmann::json json_of(Date date);
nlohmann::json json_of(DateTime time);
nlohmann::json json_of(Binary const& bytes);
inline nlohmann::json json_of(std::nullopt_t) { return false; }
inline nlohmann::json json_of(Many2one const& record) {
    if (record.id == 0) return false;
    return record.id;
}

/// Returns the name of an enumerator in Odoo; throws `std::invalid_argument` for a value that has none.
template <class Enum>
std::string_view choice_of(Enum value) {
    using All = Selection<Enum>;
    for (std::size_t i = 0; i < All::values.size(); ++i) {
        if (All::values[i] == value) return All::names[i];
    }
    throw std::invalid_argument{"not a choice of the selection: the enum value has no described name"};
}

/// Converts with nlohmann::json, except for types of fields that JSON does not have.
template <class T>
nlohmann::json json_of(T const& value) {
    if constexpr (std::same_as<T, std::chrono::sys_days>) {
        return json_of(Date{value});
    } else if constexpr (boost::describe::has_describe_enumerators<T>::value) {
        return choice_of(value);
    } else if constexpr (std::derived_from<T, Many2one>) {
        return json_of(static_cast<Many2one const&>(value));
    } else {
        return value;
    }
}
template <class T>
nlohmann::json json_of(std::optional<T> const& value) {
    return value ? json_of(*value) : json_of(std::nullopt);
}
template <class T>
nlohmann::json json_of(std::vector<T> const& values) {
    auto all = nlohmann::json::array();
    for (auto const& value : values) all.push_back(json_of(value));
    return all;
}

/// Adds fields and their values, given alternately, to a record, which is `Values`.
template <class Record>
void add_each(Record&) {}
template <class Record, class Value, class... Rest>
void add_each(Record& record, std::string_view field, Value&& value, Rest&&... rest) {
    record.add(field, json_of(value));
    add_each(record, std::forward<Rest>(rest)...);
}

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_ODOO_DETAIL_FIELD_JSON_HPP
