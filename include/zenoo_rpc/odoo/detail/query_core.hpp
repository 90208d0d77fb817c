// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_ODOO_DETAIL_QUERY_CORE_HPP
#define ZENOO_RPC_ODOO_DETAIL_QUERY_CORE_HPP

#include <zenoo_rpc/async/operation.hpp>
#include <zenoo_rpc/odoo/detail/query_plan.hpp>
#include <zenoo_rpc/odoo/external_id.hpp>
#include <zenoo_rpc/odoo/record_id.hpp>
#include <zenoo_rpc/odoo/values.hpp>

#include <nlohmann/json.hpp>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace zenoo_rpc::detail {

class PageReader;

/// Part of a `Query` that does not depend on the model; `Query` documents the functions.
class QueryCore {
public:
    /// Lifetime: `table` must be static.
    QueryCore(std::shared_ptr<ClientCore> core, std::shared_ptr<nlohmann::json const> context, std::string_view model,
              RowTable const& table);

    QueryCore filter(Domain condition) const;
    QueryCore order_by(std::string terms) const;
    QueryCore limit(std::int64_t records) const;
    QueryCore offset(std::int64_t records) const;
    QueryCore only(std::vector<std::string> const& names) const;
    QueryCore options(CallOptions options) const;

    // `rows` must outlive the call.
    asio::awaitable<Result<void>> all(RowSink& rows) const;
    asio::awaitable<Result<void>> first(RowSink& rows) const;
    /// Reads exactly one row, or fails.
    asio::awaitable<Result<void>> get(RecordId id, RowSink& rows) const;
    std::shared_ptr<PageReader> pages(std::int64_t page_size) const;

    asio::awaitable<Result<std::vector<RecordId>>> search() const;
    asio::awaitable<Result<std::int64_t>> count() const;
    asio::awaitable<Result<bool>> exists() const;
    asio::awaitable<Result<RecordId>> create(Values record) const;
    asio::awaitable<Result<RecordId>> create_once(ExternalId id, Values record) const;
    asio::awaitable<Result<std::int64_t>> update(Values changes) const;
    asio::awaitable<Result<std::int64_t>> unlink() const;

private:
    QueryPlan plan_;
};

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_ODOO_DETAIL_QUERY_CORE_HPP
