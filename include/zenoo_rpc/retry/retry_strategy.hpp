// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_RETRY_RETRY_STRATEGY_HPP
#define ZENOO_RPC_RETRY_RETRY_STRATEGY_HPP

#include <zenoo_rpc/retry/retry_context.hpp>

#include <algorithm>
#include <concepts>
#include <optional>

namespace zenoo_rpc {

/// Decides how long to wait before the next attempt: `next_delay` returns the delay, or `nullopt` to give up.
///
/// A strategy is a value. Each execution works on its own copy, so it may keep state and needs no lock.
template <class S>
concept Strategy = requires(S& strategy, RetryContext const& context) {
    { strategy.next_delay(context) } -> std::convertible_to<std::optional<Duration>>;
    requires std::copy_constructible<S>;
};

/// Base class for user-defined strategies. A subclass is used by value, like any strategy, and decides which failures
/// are retried unless the policy sets `retry_if`.
class RetryStrategy {
public:
    virtual ~RetryStrategy() = default;

    /// Returns true if another attempt is to follow. Called after attempt number `attempt` (from 1) failed.
    virtual bool should_retry(int attempt, Failure const& failure) = 0;
    /// Returns the delay before the next attempt; a negative one counts as zero. Called after `should_retry` returned
    /// true.
    virtual Duration get_delay(int attempt) = 0;

    std::optional<Duration> next_delay(RetryContext const& context) {
        if (!should_retry(context.attempt, context.last_failure)) return std::nullopt;
        return std::max(Duration::zero(), get_delay(context.attempt));
    }

protected:
    RetryStrategy() = default;
    RetryStrategy(RetryStrategy const&) = default;
    RetryStrategy& operator=(RetryStrategy const&) = default;
};

}  // namespace zenoo_rpc

#include <zenoo_rpc/retry/detail/strategy_defaults.hpp>

#endif  // ZENOO_RPC_RETRY_RETRY_STRATEGY_HPP
