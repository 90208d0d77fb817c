// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_ASYNC_OPERATION_HPP
#define ZENOO_RPC_ASYNC_OPERATION_HPP

#include <zenoo_rpc/async/detail/invoke_operation.hpp>
#include <zenoo_rpc/core/failure.hpp>
#include <zenoo_rpc/retry/retry_context.hpp>

#include <boost/system/result.hpp>

#include <concepts>
#include <utility>

namespace zenoo_rpc {

/// Result that an operation may return instead of throwing. Its failures are retried like exceptions, and the final
/// error is returned in the result; only an invalid policy still throws `std::invalid_argument`.
///
/// A `boost::system::result<T>`, which holds only a code, works as well. An exception without a code then becomes
/// `Errc::unclassified`, and an outer retry cannot tell that an inner one has given up, so their attempts multiply.
template <class T>
using Result = boost::system::result<T, Failure>;

/// A callable that can be retried: takes nothing or a `RetryContext const&`, and returns `awaitable<T>`.
template <class Op>
concept Operation =
    std::move_constructible<Op> && (std::invocable<Op&> || std::invocable<Op&, RetryContext const&>)
    && requires(Op& operation, RetryContext const& context) {
           typename detail::awaitable_value<decltype(detail::invoke_operation(operation, context))>::type;
       };

/// The `T` that `co_await` of the operation yields.
template <Operation Op>
using OperationResult = typename detail::awaitable_value<decltype(detail::invoke_operation(
    std::declval<Op&>(), std::declval<RetryContext const&>()))>::type;

}  // namespace zenoo_rpc

#endif  // ZENOO_RPC_ASYNC_OPERATION_HPP
