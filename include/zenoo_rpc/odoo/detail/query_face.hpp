// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_ODOO_DETAIL_QUERY_FACE_HPP
#define ZENOO_RPC_ODOO_DETAIL_QUERY_FACE_HPP

#include <zenoo_rpc/odoo/detail/or_throw.hpp>
#include <zenoo_rpc/odoo/page_stream.hpp>

#include <utility>

namespace zenoo_rpc::detail {

/// Policies of a query for failures: `Throwing` throws them, `Returning` returns results.
struct Throwing {
    template <class T>
    using Return = asio::awaitable<T>;
    template <class T>
    using Pages = PageStream<T>;

    template <class T>
    static asio::awaitable<T> adapt(asio::awaitable<Result<T>> call) {
        return or_throw(std::move(call));
    }
    template <class T>
    static PageStream<T> pages(PageResults<T> pages) {
        return PageStream<T>{std::move(pages)};
    }
};
struct Returning {
    template <class T>
    using Return = asio::awaitable<Result<T>>;
    template <class T>
    using Pages = PageResults<T>;

    template <class T>
    static asio::awaitable<Result<T>> adapt(asio::awaitable<Result<T>> call) {
        return call;
    }
    template <class T>
    static PageResults<T> pages(PageResults<T> pages) {
        return pages;
    }
};

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_ODOO_DETAIL_QUERY_FACE_HPP
