// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_ODOO_DETAIL_NEXT_PAGE_HPP
#define ZENOO_RPC_ODOO_DETAIL_NEXT_PAGE_HPP

#include <zenoo_rpc/async/detail/coroutine_warnings.hpp>
#include <zenoo_rpc/async/operation.hpp>
#include <zenoo_rpc/odoo/row.hpp>

#include <nlohmann/json.hpp>

#include <memory>
#include <optional>
#include <utility>
#include <vector>

ZENOO_RPC_COROUTINES_BEGIN
namespace zenoo_rpc::detail {

class PageReader;

/// Reads the next page; an empty one means the end.
asio::awaitable<Result<void>> read_page(PageReader& reader, RowSink& page);
asio::awaitable<Result<void>> read_page(PageReader& reader, std::vector<nlohmann::json>& page);

template <Row T>
RowSink sink_of(std::vector<T>& page) {
    return {.table = &row_table<T>, .rows = &page};
}
inline std::vector<nlohmann::json>& sink_of(std::vector<nlohmann::json>& page) { return page; }

template <class T>
asio::awaitable<Result<std::optional<std::vector<T>>>> next_page(std::shared_ptr<PageReader> reader) {
    std::vector<T> page;
    auto&& sink = sink_of(page);
    Result<void> const read = co_await read_page(*reader, sink);
    if (!read) co_return read.error();
    if (page.empty()) co_return std::optional<std::vector<T>>{};
    co_return std::optional{std::move(page)};
}

}  // namespace zenoo_rpc::detail
ZENOO_RPC_COROUTINES_END

#endif  // ZENOO_RPC_ODOO_DETAIL_NEXT_PAGE_HPP
