// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_ASYNC_DETAIL_EXECUTION_HPP
#define ZENOO_RPC_ASYNC_DETAIL_EXECUTION_HPP

#include <zenoo_rpc/async/detail/admission.hpp>
#include <zenoo_rpc/async/detail/interruption.hpp>
#include <zenoo_rpc/async/detail/outcome.hpp>
#include <zenoo_rpc/async/detail/timeline_keeper.hpp>
#include <zenoo_rpc/async/operation.hpp>
#include <zenoo_rpc/core/detail/failure_access.hpp>
#include <zenoo_rpc/retry/detail/endings.hpp>
#include <zenoo_rpc/retry/detail/retry_state.hpp>

#include <boost/asio/cancellation_state.hpp>

#include <algorithm>
#include <optional>
#include <type_traits>
#include <utility>

namespace zenoo_rpc::detail {

template <class Policy>
inline constexpr bool keeps_every_result =
    std::same_as<std::remove_cvref_t<decltype(std::declval<Policy&>().retry_if_result)>, KeepEveryResult>;

/// One execution of a policy, from the first attempt to the last word: what an attempt knows beside the operation.
/// Borrows policy and gates where those are references.
template <class T, class Policy, class GatesOrRef>
class Execution {
public:
    using Gates = std::remove_reference_t<GatesOrRef>;
    using Tokens = typename Gates::Tokens;

    /// Within `outer`.
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

    /// Before it begins: the first attempt has been made, and came to this.
    void begins_with(Failure failure) noexcept { context().last_failure = std::move(failure); }
    /// Gives what the first attempt came to, if it has been made. The clock must outlive the execution.
    Failure begin(TimeSource const& clock, bool wants_clock) {
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
    /// True if the deadline has passed.
    bool is_late() { return context().deadline != TimePoint::max() && clock().now() >= context().deadline; }
    /// When an attempt that begins now must be over.
    TimePoint attempt_deadline() {
        return std::min(context().deadline, saturating_add(clock().now(), attempt_timeout()));
    }
    Duration attempt_timeout() noexcept { return policy().attempt_timeout; }

    /// True if the rest before an attempt is more than going on: without delays too, others have their turn now and
    /// then, who may have come to cancel.
    [[gnu::noinline, gnu::cold]] bool suspends(Duration rest) noexcept {
        constexpr int at_a_stretch = 16;
        return rest > Duration::zero() || context().attempt % at_a_stretch == 0;
    }

    void attempt_begins() {
        if (timeline_) timeline_.begin(context().attempt, context().elapsed());
    }

    /// True if the policy wants something better than this value.
    template <class Value>
    bool asks_again(Value const& value) {
        if constexpr (keeps_every_result<Policy>) {
            return false;
        } else {
            static_assert(!std::is_void_v<T>, "retry_if_result needs an operation that yields something");
            return detail::asks_again(policy().retry_if_result, value);
        }
    }

    void succeeded(Tokens& tokens) {
        gates_.settle(tokens);
        ++context().attempts_made;
        if (timeline_) {
            timeline_.end({}, context().elapsed());
            close(RetryEnding::success);
        }
        if (context().attempt > 1) tell(RetryEventType::retry_success, context().attempts_made, Duration::zero(), {});
    }

    /// Returns how long to wait after an attempt that did not succeed, or was not let in; nothing if no other follows:
    /// `failure` is then what the execution has come to.
    [[gnu::noinline]] std::optional<Duration> backoff_after(Failure& failure, Admission admission, bool at_total_limit,
                                                            asio::cancellation_state const& cancellation) {
        if (admission == Admission::granted) {
            ++context().attempts_made;
            if (timeline_) timeline_.end(failure, context().elapsed());
        }
        if (admission == Admission::cancelled) failure = context().last_failure;
        bool const gave_itself_up = failure.cancelled() && !at_total_limit;
        if (admission == Admission::cancelled || gave_itself_up || is_cancelled(cancellation))
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
            tell(RetryEventType::retry_failed, context().attempts_made, Duration::zero(), failure);
        }
        return delay;
    }

    /// Cancelled between two attempts.
    [[gnu::noinline]] void cancelled() {
        auto const last = context().last_failure;
        cancelled(context().last_failure, last);
    }

private:
    auto& policy() noexcept { return state_.policy(); }

    static constexpr auto not_yet = TimePoint::max();
    void starts_here() { context().started = clock().now(); }

    void close(RetryEnding ending) {
        if (timeline_) timeline_.close(ending, context().elapsed());
    }

    std::nullopt_t cancelled(Failure& failure, Failure const& cut_off) {
        failure = cancelled_with(cut_off);
        close(RetryEnding::cancelled);
        return std::nullopt;
    }

    /// What an attempt that was cut off at the total limit comes to.
    Failure cut_off(Failure failure) {
        if (!failure.cancelled() && !failure.transient()) {
            close(RetryEnding::not_retryable);
            return failure;
        }
        auto const delivery = failure.delivery();
        auto const wish = failure.retry_after();
        if (auto cause = behind(failure)) context().last_failure = std::move(cause);
        context().last_failure.retry_after(wish);
        return timed_out(delivery);
    }

    /// The end because time is up, before the current attempt or in its place.
    Failure timed_out() {
        auto const& last = context().last_failure;
        return timed_out(last ? last.delivery() : Delivery::not_sent);
    }
    Failure timed_out(Delivery delivery) {
        close(RetryEnding::total_timeout);
        auto const& last = context().last_failure;
        auto const code =
            last && !last.cancelled() && !is_result<T> ? last.code() : make_error_code(Errc::retry_timeout);
        return out_of_time(context(), code, delivery, timeline_.get());
    }

    /// How long to wait before the next attempt; if there is none, `failure` becomes the last word.
    std::optional<Duration> next_delay(Failure& failure, Admission admission) {
        if (context().started == not_yet) starts_here();
        auto const attempt = context().attempt;
        auto const decision = state_.on_failure(std::move(failure), clock());
        auto const& last = context().last_failure;
        switch (decision.verdict) {
            case RetryVerdict::retry:
                if (timeline_ && admission == Admission::granted) timeline_.retry_after(decision.delay);
                tell(RetryEventType::retry_attempt, attempt, decision.delay, last);
                return decision.delay;
            case RetryVerdict::unchanged:
                failure = last;
                close(admission == Admission::refused ? RetryEnding::refused : RetryEnding::not_retryable);
                break;
            case RetryVerdict::exhausted: failure = used_up(RetryEnding::attempts); break;
            case RetryVerdict::wait_too_long: failure = used_up(RetryEnding::retry_after); break;
            case RetryVerdict::out_of_time: failure = timed_out(); break;
        }
        return std::nullopt;
    }

    /// A result stays as the operation gave it, but for a mark; an exception is nested in one that tells the story.
    Failure used_up(RetryEnding why) {
        close(why);
        if constexpr (is_result<T>) {
            auto failure = context().last_failure;
            FailureAccess::end_with(failure, ErrorClass::retry_exhausted);
            return failure;
        } else {
            return exhausted(context(), timeline_.get());
        }
    }

    void tell(RetryEventType type, int attempt, Duration delay, Failure const& failure) {
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
