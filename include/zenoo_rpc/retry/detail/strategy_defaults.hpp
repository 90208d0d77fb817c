// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_RETRY_DETAIL_STRATEGY_DEFAULTS_HPP
#define ZENOO_RPC_RETRY_DETAIL_STRATEGY_DEFAULTS_HPP

// Calls a strategy's functions, and derives those that it does not define.

#include <zenoo_rpc/retry/retry_strategy.hpp>

#include <algorithm>
#include <concepts>
#include <optional>

namespace zenoo_rpc::detail {

/// Returns `delay`, which a jitter may have changed, clamped to [0, max_delay].
constexpr Duration capped(Duration delay, Duration max_delay) noexcept {
    return std::max(Duration::zero(), std::min(delay, max_delay));
}

/// Implements `next_delay` for the ready-made strategies with their `should_retry` and `get_delay`.
template <class S>
std::optional<Duration> next_delay_of(S& strategy, RetryContext const& context) {
    if (!strategy.should_retry(context.attempt, context.last_failure)) return std::nullopt;
    return strategy.get_delay(context.attempt);
}

/// Calls the strategy's `get_delay`; without one, its `next_delay` with a context built from the arguments.
template <class S>
Duration get_delay(S& strategy, int attempt) {
    if constexpr (requires { strategy.get_delay(attempt); }) {
        return strategy.get_delay(attempt);
    } else {
        return strategy.next_delay(RetryContext{.attempt = attempt}).value_or(Duration::zero());
    }
}
/// Calls the strategy's `should_retry`; without one, its `next_delay` with a context built from the arguments.
template <class S>
bool should_retry(S& strategy, int attempt, Failure const& failure) {
    if constexpr (requires { strategy.should_retry(attempt, failure); }) {
        return strategy.should_retry(attempt, failure);
    } else {
        return strategy.next_delay(RetryContext{.attempt = attempt, .last_failure = failure}).has_value();
    }
}

/// Returns true if the strategy itself decides whether to retry this failure, false if it only counts attempts.
template <class S>
bool decides_alone(S const& strategy, Failure const& failure) {
    if constexpr (requires { strategy.decides_alone(failure); }) {
        return strategy.decides_alone(failure);
    } else {
        return std::derived_from<S, RetryStrategy>;
    }
}

/// Returns the number of attempts that the strategy allows; 0 if it does not know.
template <class S>
int attempts_of(S const& strategy) noexcept {
    if constexpr (requires {
                      { strategy.max_attempts } -> std::convertible_to<int>;
                  }) {
        return strategy.max_attempts;
    } else if constexpr (requires {
                             { strategy.max_attempts() } -> std::convertible_to<int>;
                         }) {
        return strategy.max_attempts();
    } else {
        return 0;
    }
}

/// Calls the `check` of a strategy, jitter or policy, which throws for invalid values, if it has one.
template <class T>
void check(T const& checked) {
    if constexpr (requires { checked.check(); }) checked.check();
}

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_RETRY_DETAIL_STRATEGY_DEFAULTS_HPP
