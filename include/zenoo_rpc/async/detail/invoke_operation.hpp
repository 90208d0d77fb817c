// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_ASYNC_DETAIL_INVOKE_OPERATION_HPP
#define ZENOO_RPC_ASYNC_DETAIL_INVOKE_OPERATION_HPP

#include <zenoo_rpc/retry/retry_context.hpp>

#include <boost/asio/awaitable.hpp>

#include <concepts>

namespace zenoo_rpc {

namespace asio = boost::asio;

namespace detail {

template <class T>
struct awaitable_value;
template <class T, class Executor>
struct awaitable_value<asio::awaitable<T, Executor>> {
    using type = T;
};

template <class Op>
decltype(auto) invoke_operation(Op& operation, RetryContext const& context) {
    if constexpr (std::invocable<Op&, RetryContext const&>) {
        return operation(context);
    } else {
        return operation();
    }
}

}  // namespace detail
}  // namespace zenoo_rpc

#endif  // ZENOO_RPC_ASYNC_DETAIL_INVOKE_OPERATION_HPP
