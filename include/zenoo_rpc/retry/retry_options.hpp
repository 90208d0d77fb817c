// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_RETRY_RETRY_OPTIONS_HPP
#define ZENOO_RPC_RETRY_RETRY_OPTIONS_HPP

#include <zenoo_rpc/retry/exponential_backoff.hpp>
#include <zenoo_rpc/retry/retry_policy.hpp>

#include <chrono>
#include <utility>

namespace zenoo_rpc {

/// Options of the ready-made decorators: exponential backoff with full jitter.
struct RetryOptions {
    int max_attempts = 3;  ///< maximum number of attempts, including the first
    Duration base_delay = std::chrono::seconds{1};
    Duration max_delay = std::chrono::seconds{60};
    double multiplier = 2.0;
    Duration total_timeout = unlimited;  ///< limit for all attempts and the delays between them
};

namespace detail {

template <RetryPredicate P = DefaultPredicate>
RetryPolicy<ExponentialBackoffStrategy<>, P> policy_of(RetryOptions const& options, P retry_if = {}) {
    return {.strategy = {options.max_attempts, options.base_delay, options.max_delay, options.multiplier, {}},
            .retry_if = std::move(retry_if),
            .total_timeout = options.total_timeout};
}

}  // namespace detail
}  // namespace zenoo_rpc

#endif  // ZENOO_RPC_RETRY_RETRY_OPTIONS_HPP
