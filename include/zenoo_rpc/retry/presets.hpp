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

/// Policy with type-erased members: any strategy, predicate and observer can be assigned at run time.
using AnyRetryPolicy = RetryPolicy<AnyStrategy, AnyRetryPredicate, AnyObserver>;

/// A type-erased policy, or none.
class OptionalPolicy {
public:
    OptionalPolicy() = default;
    template <AnyRetryPolicyType Policy>
    OptionalPolicy(Policy policy) : policy_{type_erased(std::move(policy))} {}

    std::optional<AnyRetryPolicy> const& get() const noexcept { return policy_; }

private:
    template <class S, class P, class O, class V>
    static AnyRetryPolicy type_erased(RetryPolicy<S, P, O, V> policy) {
        static_assert(std::same_as<V, KeepEveryResult>,
                      "this policy covers calls with different results, so it cannot have a retry_if_result: use "
                      "async_retry around the single call");
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

/// Default policy: 3 attempts, delays of 1 s and 2 s with full jitter; 1 minute in total.
struct DefaultRetryPolicy : detail::Preset {
    DefaultRetryPolicy()
        : Preset{ExponentialBackoffStrategy{
                     .max_attempts = 3, .base_delay = std::chrono::seconds{1}, .max_delay = std::chrono::seconds{30}},
                 std::chrono::seconds{60}} {}
};

/// Policy for an unreliable network: 5 attempts, delays from 0.5 s, growing slowly, with full jitter; 30 s in total.
struct NetworkRetryPolicy : detail::Preset {
    NetworkRetryPolicy()
        : Preset{ExponentialBackoffStrategy{.max_attempts = 5,
                                            .base_delay = std::chrono::milliseconds{500},
                                            .max_delay = std::chrono::seconds{10},
                                            .multiplier = 1.5},
                 std::chrono::seconds{30}} {}
};

/// Policy for a database that restarts: 3 attempts, delays from 2 s with full jitter; 2 minutes in total.
struct DatabaseRetryPolicy : detail::Preset {
    DatabaseRetryPolicy()
        : Preset{ExponentialBackoffStrategy{
                     .max_attempts = 3, .base_delay = std::chrono::seconds{2}, .max_delay = std::chrono::seconds{60}},
                 std::chrono::seconds{120}} {}
};

/// Policy for interactive use: 2 attempts, 0.1 s apart, without jitter; 5 s in total.
struct QuickRetryPolicy : detail::Preset {
    QuickRetryPolicy()
        : Preset{ExponentialBackoffStrategy{.max_attempts = 2,
                                            .base_delay = std::chrono::milliseconds{100},
                                            .max_delay = std::chrono::seconds{1},
                                            .multiplier = 2.0,
                                            .jitter = NoJitter{}},
                 std::chrono::seconds{5}} {}
};

/// Policy for work that must succeed: 10 attempts, delays from 0.5 s, growing slowly, with full jitter; 5 minutes in
/// total.
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
