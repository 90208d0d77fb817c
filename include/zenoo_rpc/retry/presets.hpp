// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_RETRY_PRESETS_HPP
#define ZENOO_RPC_RETRY_PRESETS_HPP

#include <zenoo_rpc/retry/any_strategy.hpp>
#include <zenoo_rpc/retry/retry_policy.hpp>

#include <chrono>
#include <concepts>
#include <optional>
#include <utility>

namespace zenoo_rpc {

/// A policy whose members take any strategy, predicate and observer, also later.
using AnyRetryPolicy = RetryPolicy<AnyStrategy, AnyRetryPredicate, AnyObserver>;

/// Any policy, or none.
class OptionalPolicy {
public:
    OptionalPolicy() = default;
    template <AnyRetryPolicyType Policy>
    OptionalPolicy(Policy policy) : policy_{forgetting_type(std::move(policy))} {}

    std::optional<AnyRetryPolicy> const& get() const noexcept { return policy_; }

private:
    template <class S, class P, class O, class V>
    static AnyRetryPolicy forgetting_type(RetryPolicy<S, P, O, V> policy) {
        static_assert(std::same_as<V, KeepEveryResult>,
                      "retry_if_result looks at what one call yields: it belongs into an async_retry around that call");
        AnyRetryPolicy any;
        any.strategy = std::move(policy.strategy);
        any.retry_if = std::move(policy.retry_if);
        any.total_timeout = policy.total_timeout;
        any.attempt_timeout = policy.attempt_timeout;
        any.on_event = std::move(policy.on_event);
        any.operation = policy.operation;
        any.max_retry_after = policy.max_retry_after;
        any.keep_timeline = policy.keep_timeline;
        return any;
    }

    std::optional<AnyRetryPolicy> policy_;
};

namespace detail {

struct Preset : AnyRetryPolicy {
    Preset(AnyStrategy strategy_, Duration total_timeout_) {
        strategy = std::move(strategy_);
        total_timeout = total_timeout_;
    }
};

}  // namespace detail

/// 3 attempts after 1 s, 2 s; a minute in all.
struct DefaultRetryPolicy : detail::Preset {
    DefaultRetryPolicy()
        : Preset{ExponentialBackoffStrategy{
                     .max_attempts = 3, .base_delay = std::chrono::seconds{1}, .max_delay = std::chrono::seconds{30}},
                 std::chrono::seconds{60}} {}
};

/// For a network that blinks: 5 attempts from half a second, growing slowly; half a minute in all.
struct NetworkRetryPolicy : detail::Preset {
    NetworkRetryPolicy()
        : Preset{ExponentialBackoffStrategy{.max_attempts = 5,
                                            .base_delay = std::chrono::milliseconds{500},
                                            .max_delay = std::chrono::seconds{10},
                                            .multiplier = 1.5},
                 std::chrono::seconds{30}} {}
};

/// For a database that restarts: 3 attempts from 2 s; two minutes in all.
struct DatabaseRetryPolicy : detail::Preset {
    DatabaseRetryPolicy()
        : Preset{ExponentialBackoffStrategy{
                     .max_attempts = 3, .base_delay = std::chrono::seconds{2}, .max_delay = std::chrono::seconds{60}},
                 std::chrono::seconds{120}} {}
};

/// For a user who waits: 2 attempts, a tenth of a second apart, without jitter; 5 s in all.
struct QuickRetryPolicy : detail::Preset {
    QuickRetryPolicy()
        : Preset{ExponentialBackoffStrategy{.max_attempts = 2,
                                            .base_delay = std::chrono::milliseconds{100},
                                            .max_delay = std::chrono::seconds{1},
                                            .multiplier = 2.0,
                                            .jitter = NoJitter{}},
                 std::chrono::seconds{5}} {}
};

/// For work that must get through: 10 attempts from half a second, growing slowly; five minutes in all.
struct AggressiveRetryPolicy : detail::Preset {
    AggressiveRetryPolicy()
        : Preset{ExponentialBackoffStrategy{.max_attempts = 10,
                                            .base_delay = std::chrono::milliseconds{500},
                                            .max_delay = std::chrono::seconds{30},
                                            .multiplier = 1.2},
                 std::chrono::seconds{300}} {}
};

}  // namespace zenoo_rpc

#endif  // ZENOO_RPC_RETRY_PRESETS_HPP
