// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_ASYNC_DETAIL_OUTERMOST_HPP
#define ZENOO_RPC_ASYNC_DETAIL_OUTERMOST_HPP

#include <zenoo_rpc/retry/retry_context.hpp>

namespace zenoo_rpc::detail {

/// The context of an operation without a retry around it. Not a function's static variable, which would be checked for
/// initialization at each call.
inline RetryContext const context_of_nothing;
inline RetryContext const& no_context() noexcept { return context_of_nothing; }

/// Converts to the context of an operation without a retry around it, which is then known at compile time.
struct Outermost {
    operator RetryContext const&() const noexcept { return no_context(); }
};

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_ASYNC_DETAIL_OUTERMOST_HPP
