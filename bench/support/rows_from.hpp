// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_BENCH_SUPPORT_ROWS_FROM_HPP
#define ZENOO_RPC_BENCH_SUPPORT_ROWS_FROM_HPP

#include "odoo/records/row_values.hpp"

#include <zenoo_rpc/odoo/row.hpp>

#include <boost/mp11/algorithm.hpp>
#include <nlohmann/json.hpp>

#include <optional>
#include <string>
#include <vector>

// Converts an nlohmann::json tree to structs by hand, as a baseline.

namespace zenoo_rpc::bench {

template <class T>
void read(nlohmann::json const& value, T& member) {
    member = value.get<T>();
}
inline void read(nlohmann::json const& value, DateTime& member) {
    member = detail::date_time_in(value.get_ref<std::string const&>()).value();
}
inline void read(nlohmann::json const& value, Many2one& member) {
    member.id = value.at(0).get<RecordId>();
    member.name = value.at(1).get_ref<std::string const&>();
}
template <class T>
void read(nlohmann::json const& value, std::optional<T>& member) {
    if (!value.is_boolean()) read(value, member.emplace());
}

template <Row T>
T row_from(nlohmann::json const& record) {
    T row;
    boost::mp11::mp_for_each<boost::describe::describe_members<T, detail::row_members>>(
        [&](auto member) { read(record.at(member.name), row.*member.pointer); });
    return row;
}

template <Row T, class Records>
std::vector<T> rows_from(Records const& records) {
    std::vector<T> rows;
    rows.reserve(records.size());
    for (auto const& record : records) rows.push_back(row_from<T>(record));
    return rows;
}

}  // namespace zenoo_rpc::bench

#endif  // ZENOO_RPC_BENCH_SUPPORT_ROWS_FROM_HPP
