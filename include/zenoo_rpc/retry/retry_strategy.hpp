// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_RETRY_RETRY_STRATEGY_HPP
#define ZENOO_RPC_RETRY_RETRY_STRATEGY_HPP

#include <zenoo_rpc/retry/retry_context.hpp>

#include <algorithm>
#include <concepts>
#include <optional>

namespace zenoo_rpc {

/// Answers one question: how long until the next attempt, or `nullopt` for never.
///
/// A strategy is a value. Each execution works on its own copy, so it may keep state and needs no lock.
template <class S>
concept Strategy = requires(S& strategy, RetryContext const& context) {
    { strategy.next_delay(context) } -> std::convertible_to<std::optional<Duration>>;
    requires std::copy_constructible<S>;
};

/// The base class for a user's own logic, by two questions. A subclass is used by value, like any strategy,
/// and decides alone what is retried unless the policy's `retry_if` is set.
class RetryStrategy {
public:
    virtual ~RetryStrategy() = default;

    /// Asked after attempt number `attempt` (from 1) failed.
    virtual bool should_retry(int attempt, Failure const& failure) = 0;
    /// Asked after `should_retry` said yes. A negative delay counts as none.
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

#include <zenoo_rpc/retry/detail/strategy_questions.hpp>

#endif  // ZENOO_RPC_RETRY_RETRY_STRATEGY_HPP
