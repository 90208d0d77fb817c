// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_ASYNC_DETAIL_OUTERMOST_HPP
#define ZENOO_RPC_ASYNC_DETAIL_OUTERMOST_HPP

#include <zenoo_rpc/retry/retry_context.hpp>

namespace zenoo_rpc::detail {

/// The context of an operation that nothing repeats. Not in a function, which would ask at each call whether it is
/// made.
inline RetryContext const context_of_nothing;
inline RetryContext const& no_context() noexcept { return context_of_nothing; }

/// The same, known when it is compiled.
struct Outermost {
    operator RetryContext const&() const noexcept { return no_context(); }
};

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_ASYNC_DETAIL_OUTERMOST_HPP
