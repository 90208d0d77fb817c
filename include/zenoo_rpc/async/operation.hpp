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

/// What an operation may return instead of throwing: its failures are repeated as exceptions are, and whatever ends the
/// execution comes in the result. Nothing is thrown but the `std::invalid_argument` of an unusable policy. In a
/// `boost::system::result<T>`, which holds a code alone, an exception without one is `Errc::unclassified`, and an outer
/// retry cannot see that an inner one has given up: their attempts multiply.
template <class T>
using Result = boost::system::result<T, Failure>;

/// What can be repeated: a callable, with or without a `RetryContext const&`, giving `awaitable<T>`.
template <class Op>
concept Operation =
    std::move_constructible<Op> && (std::invocable<Op&> || std::invocable<Op&, RetryContext const&>)
    && requires(Op& operation, RetryContext const& context) {
           typename detail::awaitable_value<decltype(detail::invoke_operation(operation, context))>::type;
       };

/// The `T` that co_awaiting the operation yields.
template <Operation Op>
using OperationResult = typename detail::awaitable_value<decltype(detail::invoke_operation(
    std::declval<Op&>(), std::declval<RetryContext const&>()))>::type;

}  // namespace zenoo_rpc

#endif  // ZENOO_RPC_ASYNC_OPERATION_HPP
