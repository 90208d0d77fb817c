// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_RETRY_DETAIL_RETRY_STATE_HPP
#define ZENOO_RPC_RETRY_DETAIL_RETRY_STATE_HPP

#include <zenoo_rpc/core/detail/failure_access.hpp>
#include <zenoo_rpc/retry/retry_policy.hpp>

#include <algorithm>
#include <limits>
#include <optional>
#include <type_traits>
#include <utility>

namespace zenoo_rpc::detail {

/// Decision about a failed attempt.
enum class RetryAction {
    retry,          ///< make another attempt after the delay
    unchanged,      ///< not retryable: the caller gets the failure unchanged
    exhausted,      ///< retryable, but that was the last attempt
    wait_too_long,  ///< retryable, but the requested delay exceeds `max_retry_after`
    out_of_time,    ///< retryable, but the deadline comes before the next attempt
};

struct RetryDecision {
    RetryAction action;
    Duration delay = Duration::zero();
};

/// One execution of a policy, without the waiting: turns failures into decisions.
///
/// Borrows the policy if `Policy` is a reference. Does no I/O, and reads `clock` only if there is a deadline, so that
/// every rule can be tested without waiting.
template <class Policy>
class RetryState {
public:
    explicit RetryState(Policy policy) : policy_{std::forward<Policy>(policy)} {
        context_.max_attempts = attempts_of(policy_.strategy);
    }

    std::remove_reference_t<Policy>& policy() noexcept { return policy_; }
    RetryContext& context() noexcept { return context_; }

    /// Decides about the current attempt, which failed. After `retry`, the context is that of the next attempt.
    [[gnu::cold]] RetryDecision on_failure(Failure failure, TimeSource const& clock) {
        context_.last_failure = std::move(failure);
        auto const decision = decide(context_.last_failure, clock);
        if (decision.action == RetryAction::retry) {
            context_.previous_delay = decision.delay;
            if (context_.attempt < std::numeric_limits<int>::max()) ++context_.attempt;
        }
        return decision;
    }

private:
    [[gnu::cold]] RetryDecision decide(Failure const& failure, TimeSource const& clock) {
        if (!wanted(failure)) return {RetryAction::unchanged};

        auto const delay = policy_.strategy.next_delay(context_);
        if (!delay) {
            bool const not_retryable = decides_alone(policy_.strategy, failure) && !failure.transient();
            return {not_retryable ? RetryAction::unchanged : RetryAction::exhausted};
        }
        if (failure.retry_after() > policy_.max_retry_after) return {RetryAction::wait_too_long};

        auto const pause = std::max({Duration::zero(), *delay, failure.retry_after()});
        if (context_.deadline != TimePoint::max() && pause >= time_left(clock.now(), context_.deadline)) {
            return {RetryAction::out_of_time};
        }
        return {RetryAction::retry, pause};
    }

    bool wanted(Failure const& failure) const {
        if (failure.never_retried()) return false;
        if (failure.code() == Errc::unwanted_result) return true;
        if (!is_default(policy_.retry_if)) return wants(policy_.retry_if, failure, context_.attempt);
        if (FailureAccess::has_class(failure, ErrorClass::circuit_open)) return false;
        return decides_alone(policy_.strategy, failure) || failure.transient();
    }

    Policy policy_;
    RetryContext context_;
};

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_RETRY_DETAIL_RETRY_STATE_HPP
