// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_ASYNC_AMBIENT_HPP
#define ZENOO_RPC_ASYNC_AMBIENT_HPP

#include <zenoo_rpc/async/detail/ambient_operation.hpp>
#include <zenoo_rpc/async/operation.hpp>

#include <type_traits>
#include <utility>

namespace zenoo_rpc {

/// Makes the context of the attempt available to the coroutines of `operation`, at any depth, by
/// `co_await RetryContext::current()`: it travels with their executor. Null once the attempt has ended. Costs a
/// coroutine per attempt.
template <class Op>
    requires Operation<std::remove_cvref_t<Op>>
auto ambient(Op&& operation) {
    return detail::Ambient<std::remove_cvref_t<Op>>{std::forward<Op>(operation)};
}

inline auto RetryContext::current() { return detail::current_context(); }

}  // namespace zenoo_rpc

#endif  // ZENOO_RPC_ASYNC_AMBIENT_HPP
