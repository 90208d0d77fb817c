// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_ASYNC_RETRY_LOOP_HPP
#define ZENOO_RPC_ASYNC_RETRY_LOOP_HPP

#include <zenoo_rpc/async/admission.hpp>
#include <zenoo_rpc/async/async_sleep.hpp>
#include <zenoo_rpc/async/deadline.hpp>
#include <zenoo_rpc/async/interruption.hpp>
#include <zenoo_rpc/async/operation.hpp>
#include <zenoo_rpc/retry/endings.hpp>
#include <zenoo_rpc/retry/retry_state.hpp>

#include <boost/asio/cancellation_state.hpp>
#include <boost/asio/redirect_error.hpp>

#include <algorithm>
#include <exception>
#include <optional>
#include <type_traits>
#include <utility>

namespace zenoo_rpc::detail {

/// True for operations that may look at the exception of the attempt before.
template <class Op>
inline constexpr bool sees_exceptions = std::invocable<Op&, RetryContext const&>;

/// One execution of a policy, from the first attempt to the last word: what
/// `retry_loop` knows beside the operation.
template <class T, class Policy, class Gates>
class Execution {
public:
    using Tokens = typename Gates::Tokens;

    Execution(Policy policy, Gates gates) : state_{std::move(policy)}, gates_{std::move(gates)} {}

    /// Begins within `outer`, in the place where it is going to stay. Throws if
    /// the policy is unusable.
    void begin(asio::any_io_executor executor, RetryContext const& outer, bool wants_clock) {
        auto const& limits = state_.policy();
        limits.check();
        clock_ = ExecutorClock{std::move(executor)};
        context().clock = &clock_;
        context().deadline = outer.deadline;
        if (wants_clock || is_limited() || limits.total_timeout != unlimited) starts_here();
        if (limits.total_timeout != unlimited) {
            auto const own = saturating_add(context().started, limits.total_timeout);
            context().deadline = std::min(outer.deadline, own);
        }
    }

    RetryContext& context() noexcept { return state_.context(); }
    ExecutorClock const& clock() const noexcept { return clock_; }
    Gates& gates() noexcept { return gates_; }

    bool is_limited() noexcept {
        return context().deadline != TimePoint::max() || state_.policy().attempt_timeout != unlimited;
    }
    /// True if the deadline has passed.
    bool is_late() { return context().deadline != TimePoint::max() && clock_.now() >= context().deadline; }
    /// When an attempt that begins now must be over.
    TimePoint attempt_deadline() {
        return std::min(context().deadline, saturating_add(clock_.now(), attempt_timeout()));
    }
    Duration attempt_timeout() noexcept { return state_.policy().attempt_timeout; }

    void succeeded(Tokens& tokens) {
        Gates::settle(tokens);
        if (context().attempt > 1) tell(RetryEventType::retry_success, context().attempt, Duration::zero(), {});
    }

    /// What an attempt that was cut off at the total limit comes to.
    Failure cut_off(Failure failure) {
        if (!failure.cancelled() && !failure.transient()) return failure;
        auto const delivery = failure.delivery();
        if (auto cause = failure.cancelled() ? failure.cause() : failure) context().last_failure = std::move(cause);
        return timed_out(context().attempt, delivery);
    }

    /// The end because time is up, before the current attempt or in its place.
    Failure timed_out(int attempts) {
        auto const& last = context().last_failure;
        return timed_out(attempts, last ? last.delivery() : Delivery::not_sent);
    }

    /// How long to wait before the next attempt; if there is none, `failure`
    /// becomes the last word.
    std::optional<Duration> next_delay(Failure& failure) {
        if (!has_start_) starts_here();
        auto const attempt = context().attempt;
        auto const decision = state_.on_failure(std::move(failure), clock_);
        auto const& last = context().last_failure;
        switch (decision.verdict) {
            case RetryVerdict::retry:
                tell(RetryEventType::retry_attempt, attempt, decision.delay, last);
                return decision.delay;
            case RetryVerdict::unchanged: failure = last; break;
            case RetryVerdict::exhausted: failure = used_up(); break;
            case RetryVerdict::out_of_time: failure = timed_out(attempt); break;
        }
        return std::nullopt;
    }

    /// After an attempt that did not succeed: how long to wait before the next
    /// one; if there is none, `failure` becomes the last word.
    [[gnu::noinline]] std::optional<Duration> judge(Failure& failure, Admission admission, bool at_total_limit,
                                                    asio::cancellation_state const& cancellation) {
        auto const is_cancelled = [&] { return cancellation.cancelled() != asio::cancellation_type::none; };
        if (admission == Admission::cancelled) failure = context().last_failure;
        if (admission == Admission::cancelled || is_cancelled()) {
            failure = cancelled_with(failure);
            return std::nullopt;
        }
        auto attempts = context().attempt;
        std::optional<Duration> delay;
        if (admission == Admission::out_of_time) {
            failure = timed_out(--attempts);
        } else if (at_total_limit) {
            failure = cut_off(std::move(failure));
        } else {
            delay = next_delay(failure);
        }
        if (delay && is_cancelled()) {  // by an observer
            failure = cancelled_with(context().last_failure);
            return std::nullopt;
        }
        if (!delay && attempts > 1) tell(RetryEventType::retry_failed, attempts, Duration::zero(), failure);
        return delay;
    }

private:
    void starts_here() {
        context().started = clock_.now();
        has_start_ = true;
    }

    Failure timed_out(int attempts, Delivery delivery) {
        auto const& last = context().last_failure;
        auto const code = last && !is_result<T> ? last.code() : make_error_code(Errc::retry_timeout);
        return out_of_time(context(), attempts, code, delivery);
    }

    /// A result stays as the operation gave it, but for a mark; an exception is
    /// nested in one that tells the story.
    Failure used_up() {
        if constexpr (is_result<T>) {
            auto failure = context().last_failure;
            failure.end_with(ErrorClass::retry_exhausted);
            return failure;
        } else {
            return exhausted(context());
        }
    }

    void tell(RetryEventType type, int attempt, Duration delay, Failure const& failure) {
        RetryEvent const event{type, state_.policy().operation, attempt, delay, failure};
        gates_.on_event(event);
        notify(state_.policy().on_event, event);
    }

    RetryState<Policy> state_;
    [[no_unique_address]] Gates gates_;
    ExecutorClock clock_{asio::any_io_executor{}};
    bool has_start_ = false;
};

/// One attempt with a limit; empty if it failed. Like `pause`, kept out of the
/// frame of the driver, for Asio recycles the memory of small frames only.
template <class T, class Execution, class Op>
asio::awaitable<std::optional<AttemptValue<T>>> limited_attempt(Execution& execution, Op& operation, Failure& failure,
                                                                bool& at_total_limit) {
    auto const& context = execution.context();
    auto const deadline = execution.attempt_deadline();
    Attempt<T> attempt = co_await run_until<T>(deadline, operation, context);
    failure = std::move(attempt.failure);
    at_total_limit = attempt.timed_out && deadline == context.deadline;
    if (!attempt.value && attempt.timed_out && !at_total_limit) {
        failure = timed_out_with(failure, execution.attempt_timeout());
    }
    co_return std::move(attempt.value);
}

/// Waits between two attempts. If that is cancelled, gives false and fills
/// `failure`.
template <class Execution>
asio::awaitable<bool> pause(Execution& execution, Duration delay, Failure& failure) {
    error_code interrupted;
    auto const& executor = execution.clock().executor();
    co_await async_sleep(executor, delay, asio::redirect_error(asio::use_awaitable, interrupted));
    if (interrupted) failure = cancelled_with(execution.context().last_failure);
    co_return !interrupted;
}

/// Fills `failure` with what is being handled.
[[gnu::noinline]] inline void take_caught(Failure& failure, std::exception const* error) noexcept {
    failure = error ? Failure{std::current_exception(), *error} : Failure{std::current_exception()};
}

/// The retrying driver: everything a retry and the gates inside it need, in one
/// frame.
template <class T, class Policy, class Gates, class Op>
asio::awaitable<T> run_attempts(Execution<T, Policy, Gates> execution, Op operation, RetryContext const& outer) {
    execution.begin(co_await asio::this_coro::executor, outer, sees_exceptions<Op>);
    Failure failure;
    for (bool rested = true; rested;) {
        auto admission = Admission::granted;
        bool at_total_limit = false;
        {
            typename Gates::Tokens tokens;
            if (!execution.gates().enter(tokens, execution.context())) {
                admission =
                    co_await wait_for_admission(execution.gates(), tokens, execution.context(), execution.clock());
            }
            if (admission == Admission::granted && execution.is_late()) admission = Admission::out_of_time;
            if (admission == Admission::refused) failure = execution.gates().refusal(tokens, execution.context());
            if (admission == Admission::granted) {
                std::optional<AttemptValue<T>> value;
                failure = {};
                if (execution.is_limited()) {
                    value = co_await limited_attempt<T>(execution, operation, failure, at_total_limit);
                } else {
                    try {
                        if constexpr (std::is_void_v<T>) {
                            co_await invoke_operation(operation, execution.context());
                            value.emplace();
                        } else {
                            value.emplace(co_await invoke_operation(operation, execution.context()));
                            failure = failure_in(*value);
                        }
                    } catch (std::exception const& error) {
                        take_caught(failure, &error);
                    } catch (...) {
                        take_caught(failure, nullptr);
                    }
                }
                if (value && !failure) {
                    execution.succeeded(tokens);
                    if constexpr (std::is_void_v<T>) {
                        co_return;
                    } else {
                        co_return std::move(*value);
                    }
                }
                Gates::settle(tokens, failure);
            }
        }
        // Asked anew each time: an operation may have reset the state of this
        // coroutine.
        auto const cancellation = co_await asio::this_coro::cancellation_state;
        auto const delay = execution.judge(failure, admission, at_total_limit, cancellation);
        if (!delay) break;
        if constexpr (!sees_exceptions<Op>) execution.context().last_failure.drop_exception();
        if (*delay > Duration::zero()) rested = co_await pause(execution, *delay, failure);
    }
    co_return deliver<T>(std::move(failure));
}

template <class T, class Policy, class Gates, class Op>
asio::awaitable<T> retry_loop(Policy policy, Gates gates, Op operation, RetryContext const& outer) {
    return run_attempts<T>(Execution<T, Policy, Gates>{std::move(policy), std::move(gates)}, std::move(operation),
                           outer);
}

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_ASYNC_RETRY_LOOP_HPP
