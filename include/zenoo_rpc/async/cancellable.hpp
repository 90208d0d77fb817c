// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_ASYNC_CANCELLABLE_HPP
#define ZENOO_RPC_ASYNC_CANCELLABLE_HPP

#include <boost/asio/awaitable.hpp>
#include <boost/asio/cancellation_state.hpp>
#include <boost/asio/this_coro.hpp>

#include <utility>

namespace zenoo_rpc::detail {

/// Admits every kind of cancellation to what runs in it; `co_spawn` by itself admits terminal ones alone.
template <class T>
boost::asio::awaitable<T> cancellable(boost::asio::awaitable<T> work) {
    co_await boost::asio::this_coro::reset_cancellation_state(boost::asio::enable_total_cancellation());
    co_return co_await std::move(work);
}

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_ASYNC_CANCELLABLE_HPP
