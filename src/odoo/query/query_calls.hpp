// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_SRC_ODOO_QUERY_QUERY_CALLS_HPP
#define ZENOO_RPC_SRC_ODOO_QUERY_QUERY_CALLS_HPP

#include "odoo/session/model_call.hpp"

#include <zenoo_rpc/odoo/detail/query_plan.hpp>
#include <zenoo_rpc/odoo/values.hpp>

#include <cstdint>
#include <string>
#include <vector>

// Calls of a query. Field names that the struct does not describe are checked first.

namespace zenoo_rpc::detail {

CallScope scope_of(QueryPlan const& plan);
/// Returns the field names in conditions and order that the struct does not describe.
std::vector<std::string> undescribed_fields(QueryPlan const& plan);

asio::awaitable<Result<void>> search_rows(QueryPlan plan, RowSink& rows);
asio::awaitable<Result<void>> get_row(QueryPlan plan, RecordId id, RowSink& rows);
asio::awaitable<Result<std::vector<RecordId>>> search_ids(QueryPlan plan);
asio::awaitable<Result<std::int64_t>> count_records(QueryPlan plan);
asio::awaitable<Result<std::int64_t>> update_records(QueryPlan plan, Values changes);
asio::awaitable<Result<std::int64_t>> unlink_records(QueryPlan plan);

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_SRC_ODOO_QUERY_QUERY_CALLS_HPP
