// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_RETRY_OPTIONAL_POLICY_HPP
#define ZENOO_RPC_RETRY_OPTIONAL_POLICY_HPP

#include <zenoo_rpc/retry/presets.hpp>

#include <concepts>
#include <optional>
#include <utility>

namespace zenoo_rpc {

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

}  // namespace zenoo_rpc

#endif  // ZENOO_RPC_RETRY_OPTIONAL_POLICY_HPP
