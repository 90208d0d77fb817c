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

#include <boost/asio/redirect_error.hpp>

#include <algorithm>
#include <utility>

namespace zenoo_rpc::detail {

/// True for operations that may look at the exception of the attempt before.
template <class Op>
inline constexpr bool sees_exceptions = std::invocable<Op&, RetryContext const&>;

/// One execution of a policy, from the first attempt to the last word: what `retry_loop` knows beside the operation.
template <class T, class Policy, class Gates>
class Execution {
public:
    using Tokens = typename Gates::Tokens;

    Execution(Policy policy, Gates gates, asio::any_io_executor executor, RetryContext const& outer, bool wants_clock)
        : state_{std::move(policy)}, gates_{std::move(gates)}, clock_{std::move(executor)} {
        context().clock = &clock_;
        context().deadline = outer.deadline;
        auto const& limits = state_.policy();
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
    /// When an attempt that begins `now` must be over.
    TimePoint attempt_deadline(TimePoint now) {
        return std::min(context().deadline, saturating_add(now, attempt_timeout()));
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

    /// How long to wait before the next attempt; if there is none, `failure` becomes the last word.
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

    /// Hands the last word to the caller. `attempts` were made.
    T give_up(Failure failure, int attempts) {
        if (attempts > 1) tell(RetryEventType::retry_failed, attempts, Duration::zero(), failure);
        return deliver<T>(std::move(failure));
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

    /// A result stays as the operation gave it, but for a mark; an exception is nested in one that tells the story.
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
    ExecutorClock clock_;
    bool has_start_ = false;
};

/// The retrying driver: everything a retry and the gates inside it need, in one frame.
template <class T, class Policy, class Gates, class Op>
asio::awaitable<T> retry_loop(Policy policy, Gates gates, Op operation, RetryContext const& outer) {
    policy.check();
    auto executor = co_await asio::this_coro::executor;
    Execution<T, Policy, Gates> execution{std::move(policy), std::move(gates), std::move(executor), outer,
                                          sees_exceptions<Op>};
    auto& context = execution.context();
    for (;;) {
        Failure failure;
        bool at_total_limit = false;
        {
            typename Gates::Tokens tokens;
            auto admission = Admission::granted;
            if (!execution.gates().enter(tokens, context)) {
                admission = co_await wait_for_admission(execution.gates(), tokens, context, execution.clock());
            }
            if (admission == Admission::out_of_time) {
                co_return execution.give_up(execution.timed_out(context.attempt - 1), context.attempt - 1);
            }
            if (admission == Admission::cancelled) co_return deliver<T>(cancelled_with(context.last_failure));
            if (admission == Admission::refused) {
                failure = execution.gates().refusal(tokens, context);
            } else if (execution.is_limited()) {
                auto const now = execution.clock().now();
                if (time_left(now, context.deadline) == Duration::zero()) {
                    co_return execution.give_up(execution.timed_out(context.attempt - 1), context.attempt - 1);
                }
                auto const deadline = execution.attempt_deadline(now);
                Attempt<T> attempt = co_await run_until<T>(deadline, operation, context);
                if (attempt.value) {
                    execution.succeeded(tokens);
                    if constexpr (std::is_void_v<T>) {
                        co_return;
                    } else {
                        co_return std::move(*attempt.value);
                    }
                }
                failure = std::move(attempt.failure);
                at_total_limit = attempt.timed_out && deadline == context.deadline;
                if (attempt.timed_out && !at_total_limit) {
                    failure = timed_out_with(failure, execution.attempt_timeout());
                }
                Gates::settle(tokens, failure);
            } else {
                try {
                    if constexpr (std::is_void_v<T>) {
                        co_await invoke_operation(operation, context);
                        execution.succeeded(tokens);
                        co_return;
                    } else {
                        T value = co_await invoke_operation(operation, context);
                        failure = failure_in(value);
                        if (!failure) {
                            execution.succeeded(tokens);
                            co_return value;
                        }
                    }
                } catch (std::exception const& error) {
                    failure = Failure{std::current_exception(), error};
                } catch (...) {
                    failure = Failure{std::current_exception()};
                }
                Gates::settle(tokens, failure);
            }
        }
        // Asked anew each time: an operation may have reset the state of this coroutine.
        auto const cancellation = co_await asio::this_coro::cancellation_state;
        if (cancellation.cancelled() != asio::cancellation_type::none) co_return deliver<T>(cancelled_with(failure));

        auto const attempts = context.attempt;
        if (at_total_limit) co_return execution.give_up(execution.cut_off(std::move(failure)), attempts);
        auto const delay = execution.next_delay(failure);
        if (!delay) co_return execution.give_up(std::move(failure), attempts);
        if constexpr (!sees_exceptions<Op>) context.last_failure.drop_exception();
        if (cancellation.cancelled() != asio::cancellation_type::none) {  // by an observer
            co_return deliver<T>(cancelled_with(context.last_failure));
        }
        if (*delay == Duration::zero()) continue;

        error_code interrupted;
        co_await async_sleep(execution.clock().executor(), *delay,
                             asio::redirect_error(asio::use_awaitable, interrupted));
        if (interrupted) co_return deliver<T>(cancelled_with(context.last_failure));
    }
}

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_ASYNC_RETRY_LOOP_HPP
