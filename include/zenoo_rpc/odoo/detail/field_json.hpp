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

// The values of fields as Odoo takes them, in conditions and in records.

namespace zenoo_rpc::detail {

nlohmann::json json_of(Date date);
nlohmann::json json_of(DateTime time);
nlohmann::json json_of(Binary const& bytes);
inline nlohmann::json json_of(std::nullopt_t) { return false; }
inline nlohmann::json json_of(Many2one const& record) {
    if (record.id == 0) return false;
    return record.id;
}

/// The name of an enumerator, as Odoo has it; `std::invalid_argument` for a value that has none.
template <class Enum>
std::string_view choice_of(Enum value) {
    using All = Selection<Enum>;
    for (std::size_t i = 0; i < All::values.size(); ++i) {
        if (All::values[i] == value) return All::names[i];
    }
    throw std::invalid_argument{"an enumerator without a name is no choice of a selection"};
}

/// What nlohmann::json makes of a value, but for those that fields have and JSON has not.
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

/// Adds fields and values by turns to a record, which is `Values`.
template <class Record>
void add_each(Record&) {}
template <class Record, class Value, class... Rest>
void add_each(Record& record, std::string_view field, Value&& value, Rest&&... rest) {
    record.add(field, json_of(value));
    add_each(record, std::forward<Rest>(rest)...);
}

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_ODOO_DETAIL_FIELD_JSON_HPP
