// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_ASYNC_DETAIL_EXECUTION_HPP
#define ZENOO_RPC_ASYNC_DETAIL_EXECUTION_HPP

#include <zenoo_rpc/async/detail/admission.hpp>
#include <zenoo_rpc/async/detail/interruption.hpp>
#include <zenoo_rpc/async/detail/outcome.hpp>
#include <zenoo_rpc/async/detail/timeline_keeper.hpp>
#include <zenoo_rpc/async/operation.hpp>
#include <zenoo_rpc/core/detail/failure_access.hpp>
#include <zenoo_rpc/retry/detail/final_errors.hpp>
#include <zenoo_rpc/retry/detail/retry_state.hpp>

#include <boost/asio/cancellation_state.hpp>

#include <algorithm>
#include <concepts>
#include <optional>
#include <type_traits>
#include <utility>

namespace zenoo_rpc::detail {

template <class Policy>
inline constexpr bool keeps_every_result =
    std::same_as<std::remove_cvref_t<decltype(std::declval<Policy&>().retry_if_result)>, KeepEveryResult>;

/// One execution of a policy, from the first attempt to the final outcome: all state of an attempt except the
/// operation. Borrows policy and gates if they are references.
template <class T, class Policy, class GatesOrRef>
class Execution {
public:
    using Gates = std::remove_reference_t<GatesOrRef>;
    using Tokens = typename Gates::Tokens;

    /// Constructs an execution within the deadline of `outer`.
    [[gnu::noinline, gnu::cold]] Execution(Policy policy, GatesOrRef gates, RetryContext const& outer,
                                           RetryTimeline* timeline)
        : state_{std::forward<Policy>(policy)}, gates_{std::forward<GatesOrRef>(gates)}, timeline_{timeline} {
        this->policy().check();
        context().deadline = outer.deadline;
        context().started = not_yet;
    }
    Execution(Execution const&) = delete;
    Execution& operator=(Execution const&) = delete;
    [[gnu::noinline, gnu::cold]] ~Execution() = default;

    /// Sets the failure of a first attempt that was made before the execution begins.
    void begins_with(Failure failure) noexcept { context().last_failure = std::move(failure); }
    /// Begins the execution, and returns the failure of the first attempt if that has been made already. The clock must
    /// outlive the execution.
    [[gnu::cold]] Failure begin(TimeSource const& clock, bool wants_clock) {
        auto const& limits = policy();
        context().clock = &clock;
        if (limits.keep_timeline) timeline_.keep();
        if (wants_clock || timeline_ || is_limited()) starts_here();
        if (limits.total_timeout != unlimited) {
            auto const own = saturating_add(context().started, limits.total_timeout);
            context().deadline = std::min(context().deadline, own);
        }
        return std::exchange(context().last_failure, {});
    }
    bool has_begun() noexcept { return context().clock != nullptr; }

    RetryContext& context() noexcept { return state_.context(); }
    TimeSource const& clock() noexcept { return *context().clock; }
    Gates& gates() noexcept { return gates_; }

    bool is_limited() noexcept {
        auto const& limits = policy();
        return context().deadline != TimePoint::max() || limits.attempt_timeout != unlimited
               || limits.total_timeout != unlimited;
    }
    /// Returns true if the deadline has passed.
    bool is_late() { return context().deadline != TimePoint::max() && clock().now() >= context().deadline; }
    /// Returns the time at which an attempt that begins now must end.
    TimePoint attempt_deadline() {
        return std::min(context().deadline, saturating_add(clock().now(), attempt_timeout()));
    }
    Duration attempt_timeout() noexcept { return policy().attempt_timeout; }

    /// Returns true if the coroutine suspends before the next attempt. Without a backoff it does so only now and then,
    /// so that other handlers can run, one of which may cancel it.
    [[gnu::noinline, gnu::cold]] bool suspends(Duration backoff) noexcept {
        constexpr int attempts_in_a_run = 16;
        return backoff > Duration::zero() || context().attempt % attempts_in_a_run == 0;
    }

    void attempt_begins() {
        if (timeline_) timeline_.begin(context().attempt, context().elapsed());
    }

    /// Returns true if the policy rejects this value and asks for another attempt.
    template <class Value>
    bool asks_again(Value const& value) {
        if constexpr (keeps_every_result<Policy>) {
            return false;
        } else {
            static_assert(!std::is_void_v<T>, "retry_if_result needs an operation that returns a value");
            return detail::asks_again(policy().retry_if_result, value);
        }
    }

    void succeeded(Tokens& tokens) {
        gates_.settle(tokens);
        ++context().attempts_made;
        if (timeline_) {
            timeline_.end({}, context().elapsed());
            close(RetryOutcome::success);
        }
        if (context().attempt > 1) report(RetryEventType::retry_success, context().attempts_made, Duration::zero(), {});
    }

    /// Returns the backoff after an attempt that failed or was not admitted; nothing if no attempt follows: `failure`
    /// is then the final error.
    [[gnu::noinline, gnu::cold]] std::optional<Duration> backoff_after(Failure& failure, Admission admission,
                                                                       bool at_total_limit,
                                                                       asio::cancellation_state const& cancellation) {
        if (admission == Admission::granted) {
            ++context().attempts_made;
            if (timeline_) timeline_.end(failure, context().elapsed());
        }
        if (admission == Admission::cancelled) failure = context().last_failure;
        bool const cancelled_itself = failure.cancelled() && !at_total_limit;
        if (admission == Admission::cancelled || cancelled_itself || is_cancelled(cancellation))
            return cancelled(failure, failure);

        std::optional<Duration> delay;
        if (admission == Admission::out_of_time) {
            failure = timed_out();
        } else if (at_total_limit) {
            failure = cut_off(std::move(failure));
        } else {
            delay = next_delay(failure, admission);
        }
        if (delay && is_cancelled(cancellation)) return cancelled(failure, context().last_failure);  // by an observer
        if (!delay && context().attempt > 1) {
            report(RetryEventType::retry_failed, context().attempts_made, Duration::zero(), failure);
        }
        return delay;
    }

    /// Ends the execution as cancelled between two attempts.
    [[gnu::noinline, gnu::cold]] void cancelled() {
        auto const last = context().last_failure;
        cancelled(context().last_failure, last);
    }

private:
    auto& policy() noexcept { return state_.policy(); }

    static constexpr auto not_yet = TimePoint::max();
    void starts_here() { context().started = clock().now(); }

    void close(RetryOutcome outcome) {
        if (timeline_) timeline_.close(outcome, context().elapsed());
    }

    std::nullopt_t cancelled(Failure& failure, Failure const& cut_off) {
        failure = cancelled_with(cut_off);
        close(RetryOutcome::cancelled);
        return std::nullopt;
    }

    /// Returns the final error after an attempt that was cut off at the total time limit.
    [[gnu::cold]] Failure cut_off(Failure failure) {
        if (!failure.cancelled() && !failure.transient()) {
            close(RetryOutcome::not_retryable);
            return failure;
        }
        auto const delivery = failure.delivery();
        auto const requested_delay = failure.retry_after();
        if (auto cause = relevant_failure(failure)) context().last_failure = std::move(cause);
        context().last_failure.retry_after(requested_delay);
        return timed_out(delivery);
    }

    /// Returns the final error if the time is up before the current attempt.
    Failure timed_out() {
        auto const& last = context().last_failure;
        return timed_out(last ? last.delivery() : Delivery::not_sent);
    }
    Failure timed_out(Delivery delivery) {
        close(RetryOutcome::total_timeout);
        auto const& last = context().last_failure;
        auto const code =
            last && !last.cancelled() && !is_result<T> ? last.code() : make_error_code(Errc::retry_timeout);
        return out_of_time(context(), code, delivery, timeline_.get());
    }

    /// Returns the backoff before the next attempt; if none follows, `failure` becomes the final error.
    [[gnu::cold]] std::optional<Duration> next_delay(Failure& failure, Admission admission) {
        if (context().started == not_yet) starts_here();
        auto const attempt = context().attempt;
        auto const decision = state_.on_failure(std::move(failure), clock());
        auto const& last = context().last_failure;
        switch (decision.action) {
            case RetryAction::retry:
                if (timeline_ && admission == Admission::granted) timeline_.retry_after(decision.delay);
                report(RetryEventType::retry_attempt, attempt, decision.delay, last);
                return decision.delay;
            case RetryAction::unchanged:
                failure = last;
                close(admission == Admission::refused ? RetryOutcome::refused : RetryOutcome::not_retryable);
                break;
            case RetryAction::exhausted: failure = gave_up(RetryOutcome::attempts); break;
            case RetryAction::wait_too_long: failure = gave_up(RetryOutcome::retry_after); break;
            case RetryAction::out_of_time: failure = timed_out(); break;
        }
        return std::nullopt;
    }

    /// Returns the final error when the policy gives up: a result's failure, marked as final, or an exception that
    /// nests the last failure and holds the report.
    [[gnu::cold]] Failure gave_up(RetryOutcome why) {
        close(why);
        if constexpr (is_result<T>) {
            auto failure = context().last_failure;
            FailureAccess::end_with(failure, ErrorClass::retry_exhausted);
            return failure;
        } else {
            return exhausted(context(), timeline_.get());
        }
    }

    void report(RetryEventType type, int attempt, Duration delay, Failure const& failure) {
        RetryEvent const event{type, policy().operation, attempt, delay, failure};
        gates_.on_event(event);
        notify(policy().on_event, event);
    }

    RetryState<Policy> state_;
    [[no_unique_address]] GatesOrRef gates_;
    TimelineKeeper timeline_;
};

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_ASYNC_DETAIL_EXECUTION_HPP
