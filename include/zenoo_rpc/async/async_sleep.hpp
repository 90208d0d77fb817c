// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_ASYNC_ASYNC_SLEEP_HPP
#define ZENOO_RPC_ASYNC_ASYNC_SLEEP_HPP

#include <zenoo_rpc/async/detail/coroutine_warnings.hpp>
#include <zenoo_rpc/async/detail/sleeper.hpp>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <concepts>
#include <utility>

ZENOO_RPC_COROUTINES_BEGIN
namespace zenoo_rpc {

/// Waits for `delay` by the clock of `executor`'s context. Completes with `operation_aborted` if it is cancelled.
///
/// Completion: `void(error_code)`, never inside this call.
template <asio::completion_token_for<void(boost::system::error_code)> Token>
auto async_sleep(asio::any_io_executor executor, Duration delay, Token&& token) {
    return asio::async_initiate<Token, void(boost::system::error_code)>(
        [](auto handler, asio::any_io_executor const& where, Duration how_long) {
            detail::Sleeper<decltype(handler), asio::any_io_executor>::start(std::move(handler), where, where,
                                                                             how_long);
        },
        token, std::move(executor), delay);
}

/// Suspends the calling coroutine for `delay`. Cancellation ends it at once, with `operation_aborted`.
///
/// A template, so that only those who call it compile it.
template <std::same_as<asio::any_io_executor> Executor = asio::any_io_executor>
asio::awaitable<void, Executor> async_sleep(Duration delay) {
    auto executor = co_await asio::this_coro::executor;
    co_await async_sleep(std::move(executor), delay, asio::use_awaitable);
}

}  // namespace zenoo_rpc
ZENOO_RPC_COROUTINES_END

#endif  // ZENOO_RPC_ASYNC_ASYNC_SLEEP_HPP
