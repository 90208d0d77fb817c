// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_ODOO_PAGE_STREAM_HPP
#define ZENOO_RPC_ODOO_PAGE_STREAM_HPP

#include <zenoo_rpc/async/operation.hpp>
#include <zenoo_rpc/odoo/detail/next_page.hpp>
#include <zenoo_rpc/odoo/detail/or_throw.hpp>
#include <zenoo_rpc/odoo/row.hpp>

#include <memory>
#include <optional>
#include <utility>
#include <vector>

namespace zenoo_rpc {

template <ModelRow T, class Face>
class Query;

/// Stream of pages like `PageStream`, returning results instead of throwing. Made by `client.results().stream(...)`.
template <class T>
class PageResults {
public:
    /// Returns the next page; nothing at the end.
    asio::awaitable<Result<std::optional<std::vector<T>>>> next() { return detail::next_page<T>(reader_); }

private:
    friend class ClientResults;
    template <ModelRow Model, class Face>
    friend class Query;

    explicit PageResults(std::shared_ptr<detail::PageReader> reader) : reader_{std::move(reader)} {}

    std::shared_ptr<detail::PageReader> reader_;
};

/// Stream of records, page by page, in the order of their ids and in the memory of one page. Made by
/// `client.stream(...)`:
///
///     while (auto page = co_await stream.next()) use(*page);
///
/// A page begins after the last id of the one before, so that records created or deleted meanwhile shift nothing: no
/// record is returned twice, and none is left out that matches all the time. Records created meanwhile are returned
/// too, unless their transaction ends after a higher id has been returned.
///
/// Each page is retried as the client's retry manager says. After a failure, `next` requests the same page again; after
/// the end, it returns the records created since.
///
/// Lifetime: independent of its client. Threads: no concurrent calls.
template <class T>
class PageStream {
public:
    explicit PageStream(PageResults<T> pages) : pages_{std::move(pages)} {}

    /// Returns the next page; nothing at the end.
    asio::awaitable<std::optional<std::vector<T>>> next() { return detail::or_throw(pages_.next()); }

private:
    PageResults<T> pages_;
};

}  // namespace zenoo_rpc

#endif  // ZENOO_RPC_ODOO_PAGE_STREAM_HPP
