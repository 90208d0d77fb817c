// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_ODOO_PAGE_RESULTS_HPP
#define ZENOO_RPC_ODOO_PAGE_RESULTS_HPP

#include <zenoo_rpc/async/operation.hpp>
#include <zenoo_rpc/odoo/row.hpp>

#include <nlohmann/json.hpp>

#include <memory>
#include <optional>
#include <utility>
#include <vector>

namespace zenoo_rpc {

namespace detail {

class PageReader;

/// The page that comes next; an empty one is the end.
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

}  // namespace detail

/// A `PageStream`, which says what it does, without exceptions. Made by `client.results().stream(...)`.
template <class T>
class PageResults {
public:
    explicit PageResults(std::shared_ptr<detail::PageReader> reader) : reader_{std::move(reader)} {}

    asio::awaitable<Result<std::optional<std::vector<T>>>> next() { return detail::next_page<T>(reader_); }

private:
    std::shared_ptr<detail::PageReader> reader_;
};

}  // namespace zenoo_rpc

#endif  // ZENOO_RPC_ODOO_PAGE_RESULTS_HPP
