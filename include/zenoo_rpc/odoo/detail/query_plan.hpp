// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_ODOO_DETAIL_QUERY_PLAN_HPP
#define ZENOO_RPC_ODOO_DETAIL_QUERY_PLAN_HPP

#include <zenoo_rpc/odoo/call_options.hpp>
#include <zenoo_rpc/odoo/detail/row_table.hpp>
#include <zenoo_rpc/odoo/domain.hpp>

#include <nlohmann/json.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace zenoo_rpc::detail {

class ClientCore;

/// Model and records to query, and how to request them.
struct QueryPlan {
    std::shared_ptr<ClientCore> core;
    std::shared_ptr<nlohmann::json const> context;
    std::string model;
    RowTable const* table;
    Domain domain = {};
    bool is_filtered = false;  ///< a filter was set, even if it matches all records
    std::string order = {};
    std::optional<std::int64_t> limit = {};
    std::int64_t offset = 0;
    std::shared_ptr<std::vector<Column> const> chosen = {};  ///< null: all columns
    CallOptions options = {};
};

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_ODOO_DETAIL_QUERY_PLAN_HPP
