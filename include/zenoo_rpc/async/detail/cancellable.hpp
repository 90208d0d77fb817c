// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_ASYNC_DETAIL_CANCELLABLE_HPP
#define ZENOO_RPC_ASYNC_DETAIL_CANCELLABLE_HPP

#include <zenoo_rpc/async/detail/coroutine_warnings.hpp>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/cancellation_state.hpp>
#include <boost/asio/this_coro.hpp>

#include <exception>
#include <optional>
#include <type_traits>
#include <utility>
#include <variant>

ZENOO_RPC_COROUTINES_BEGIN
namespace zenoo_rpc::detail {

/// Enables all types of cancellation for `work`; `co_spawn` by itself enables only terminal ones.
template <class T>
boost::asio::awaitable<T> cancellable(boost::asio::awaitable<T> work) {
    co_await boost::asio::this_coro::reset_cancellation_state(boost::asio::enable_total_cancellation());
    std::optional<std::conditional_t<std::is_void_v<T>, std::monostate, T>> value;
    std::exception_ptr thrown;
    try {
        if constexpr (std::is_void_v<T>) {
            co_await std::move(work);
        } else {
            value.emplace(co_await std::move(work));
        }
    } catch (...) {
        thrown = std::current_exception();
    }
    co_await boost::asio::this_coro::throw_if_cancelled(false);  // else co_spawn would throw where nothing catches
    if (thrown) std::rethrow_exception(thrown);
    if constexpr (!std::is_void_v<T>) co_return std::move(*value);
}

}  // namespace zenoo_rpc::detail
ZENOO_RPC_COROUTINES_END

#endif  // ZENOO_RPC_ASYNC_DETAIL_CANCELLABLE_HPP
