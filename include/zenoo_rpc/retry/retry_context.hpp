// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_RETRY_RETRY_CONTEXT_HPP
#define ZENOO_RPC_RETRY_RETRY_CONTEXT_HPP

#include <zenoo_rpc/core/clock.hpp>
#include <zenoo_rpc/core/failure.hpp>

namespace zenoo_rpc {

/// Where one execution stands: what a strategy decides by, and what an operation may look at.
struct RetryContext {
    int attempt = 1;                             ///< counted from 1, the first call included
    int max_attempts = 0;                        ///< 0 if the strategy does not know
    Duration previous_delay = Duration::zero();  ///< waited before this attempt
    TimePoint deadline = TimePoint::max();       ///< of the whole execution; `max()` if there is none
    TimePoint started = {};                      ///< meaningful only where something needed the clock
    TimeSource const* clock = nullptr;           ///< null in an operation that nothing repeats
    Failure last_failure = {};                   ///< empty during the first attempt
    int attempts_made = 0;                       ///< that are over; those that a circuit refused are none

    /// `co_await RetryContext::current()`: that of the attempt that is running, as a pointer; null outside of
    /// operations made by `ambient`, which see.
    static auto current();

    /// Since the first attempt began.
    Duration elapsed() const { return clock ? clock->now() - started : Duration::zero(); }
};

}  // namespace zenoo_rpc

#endif  // ZENOO_RPC_RETRY_RETRY_CONTEXT_HPP
