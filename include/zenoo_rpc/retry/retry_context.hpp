// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_RETRY_RETRY_CONTEXT_HPP
#define ZENOO_RPC_RETRY_RETRY_CONTEXT_HPP

#include <zenoo_rpc/core/clock.hpp>
#include <zenoo_rpc/core/failure.hpp>

namespace zenoo_rpc {

/// State of one execution: the input of strategies, which operations may read as well.
struct RetryContext {
    int attempt = 1;                             ///< number of this attempt, from 1
    int max_attempts = 0;                        ///< 0 if the strategy does not know it
    Duration previous_delay = Duration::zero();  ///< the delay before this attempt
    TimePoint deadline = TimePoint::max();       ///< end of the total time limit; `TimePoint::max()` if there is none
    TimePoint started = {};                      ///< start of the execution; valid only if something needed the clock
    TimeSource const* clock = nullptr;           ///< null in an operation without a retry around it
    Failure last_failure = {};                   ///< empty during the first attempt
    int attempts_made = 0;                       ///< finished attempts; calls that a circuit breaker rejects are none

    /// Yields, by `co_await RetryContext::current()`, a pointer to the context of the attempt under way; null outside
    /// of operations made by `ambient`.
    static auto current();

    /// Returns the time since the execution started; zero if there is no clock.
    Duration elapsed() const { return clock ? clock->now() - started : Duration::zero(); }
};

}  // namespace zenoo_rpc

#endif  // ZENOO_RPC_RETRY_RETRY_CONTEXT_HPP
