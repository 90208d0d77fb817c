// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_TESTS_ASYNC_SLOW_OPERATIONS_HPP
#define ZENOO_RPC_TESTS_ASYNC_SLOW_OPERATIONS_HPP

#include <zenoo_rpc/async/async_sleep.hpp>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/this_coro.hpp>

namespace zenoo_rpc::tests {

/// Runs for `duration` and yields 42 even if it is cancelled meanwhile.
inline asio::awaitable<int> deaf(Duration duration) {
    co_await asio::this_coro::reset_cancellation_state(asio::disable_cancellation());
    co_await async_sleep(duration);
    co_return 42;
}

/// Hangs until it is cancelled.
inline asio::awaitable<int> hanging() {
    co_await async_sleep(unlimited);
    co_return 0;
}

}  // namespace zenoo_rpc::tests

#endif  // ZENOO_RPC_TESTS_ASYNC_SLOW_OPERATIONS_HPP
