// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_RETRY_DETAIL_RETRY_STATE_HPP
#define ZENOO_RPC_RETRY_DETAIL_RETRY_STATE_HPP

#include <zenoo_rpc/core/exceptions.hpp>
#include <zenoo_rpc/retry/retry_policy.hpp>

#include <algorithm>
#include <limits>
#include <optional>
#include <type_traits>
#include <utility>

namespace zenoo_rpc::detail {

/// What is to be done about a failed attempt.
enum class RetryVerdict {
    retry,          ///< after the delay
    unchanged,      ///< not to be retried: the failure goes to the caller as it is
    exhausted,      ///< worth retrying, but that was the last attempt
    wait_too_long,  ///< worth retrying, but the server asks for a longer rest than `max_retry_after`
    out_of_time,    ///< worth retrying, but the deadline comes before the next attempt
};

struct RetryDecision {
    RetryVerdict verdict;
    Duration delay = Duration::zero();
};

/// One execution of a policy, without the waiting: failures go in, decisions come out.
///
/// With a reference as `Policy` it borrows the policy. It does no I/O, and asks `clock` only where there is a deadline:
/// every rule can be tested at once.
template <class Policy>
class RetryState {
public:
    explicit RetryState(Policy policy) : policy_{std::forward<Policy>(policy)} {
        context_.max_attempts = attempts_of(policy_.strategy);
    }

    std::remove_reference_t<Policy>& policy() noexcept { return policy_; }
    RetryContext& context() noexcept { return context_; }

    /// Decides about the current attempt, which failed. After `retry`, the context is that of the next attempt.
    RetryDecision on_failure(Failure failure, TimeSource const& clock) {
        context_.last_failure = std::move(failure);
        auto const decision = decide(context_.last_failure, clock);
        if (decision.verdict == RetryVerdict::retry) {
            context_.previous_delay = decision.delay;
            if (context_.attempt < std::numeric_limits<int>::max()) ++context_.attempt;
        }
        return decision;
    }

private:
    RetryDecision decide(Failure const& failure, TimeSource const& clock) {
        if (!wanted(failure)) return {RetryVerdict::unchanged};

        auto const delay = policy_.strategy.next_delay(context_);
        if (!delay) {
            bool const judged = decides_alone(policy_.strategy, failure) && !failure.transient();
            return {judged ? RetryVerdict::unchanged : RetryVerdict::exhausted};
        }
        if (failure.retry_after() > policy_.max_retry_after) return {RetryVerdict::wait_too_long};

        auto const pause = std::max({Duration::zero(), *delay, failure.retry_after()});
        if (context_.deadline != TimePoint::max() && pause >= time_left(clock.now(), context_.deadline)) {
            return {RetryVerdict::out_of_time};
        }
        return {RetryVerdict::retry, pause};
    }

    bool wanted(Failure const& failure) const {
        if (failure.never_retried()) return false;
        if (failure.code() == Errc::unwanted_result) return true;
        if (!is_default(policy_.retry_if)) return wants(policy_.retry_if, failure, context_.attempt);
        if (failure.is<CircuitBreakerOpenError>()) return false;
        return decides_alone(policy_.strategy, failure) || failure.transient();
    }

    Policy policy_;
    RetryContext context_;
};

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_RETRY_DETAIL_RETRY_STATE_HPP
