// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_RETRY_DETAIL_STRATEGY_QUESTIONS_HPP
#define ZENOO_RPC_RETRY_DETAIL_STRATEGY_QUESTIONS_HPP

// What the engine asks any strategy, whichever questions it answers by itself.

#include <zenoo_rpc/retry/retry_strategy.hpp>

#include <algorithm>
#include <concepts>
#include <optional>

namespace zenoo_rpc::detail {

/// `delay`, whatever a jitter made of it, within [0, max_delay].
constexpr Duration capped(Duration delay, Duration max_delay) noexcept {
    return std::max(Duration::zero(), std::min(delay, max_delay));
}

/// What the ready-made strategies have in common: the count decides whether, `get_delay` how long.
template <class S>
std::optional<Duration> next_delay_of(S& strategy, RetryContext const& context) {
    if (!strategy.should_retry(context.attempt, context.last_failure)) return std::nullopt;
    return strategy.get_delay(context.attempt);
}

/// Of a strategy that answers nothing but `next_delay`, with a context made up of the arguments.
template <class S>
Duration get_delay(S& strategy, int attempt) {
    if constexpr (requires { strategy.get_delay(attempt); }) {
        return strategy.get_delay(attempt);
    } else {
        return strategy.next_delay(RetryContext{.attempt = attempt}).value_or(Duration::zero());
    }
}
template <class S>
bool should_retry(S& strategy, int attempt, Failure const& failure) {
    if constexpr (requires { strategy.should_retry(attempt, failure); }) {
        return strategy.should_retry(attempt, failure);
    } else {
        return strategy.next_delay(RetryContext{.attempt = attempt, .last_failure = failure}).has_value();
    }
}

/// True if the strategy itself judges this failure, false if it only counts.
template <class S>
bool decides_alone(S const& strategy, Failure const& failure) {
    if constexpr (requires { strategy.decides_alone(failure); }) {
        return strategy.decides_alone(failure);
    } else {
        return std::derived_from<S, RetryStrategy>;
    }
}

/// All attempts that the strategy allows; 0 if it does not know.
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

/// Refuses unusable values of a strategy, jitter or policy that has something to check.
template <class T>
void check(T const& checked) {
    if constexpr (requires { checked.check(); }) checked.check();
}

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_RETRY_DETAIL_STRATEGY_QUESTIONS_HPP
