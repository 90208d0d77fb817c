// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_ASYNC_RETRY_DRIVER_HPP
#define ZENOO_RPC_ASYNC_RETRY_DRIVER_HPP

#include <zenoo_rpc/async/async_sleep.hpp>
#include <zenoo_rpc/async/deadline.hpp>
#include <zenoo_rpc/async/execution.hpp>

#include <boost/asio/redirect_error.hpp>

#include <exception>
#include <optional>
#include <type_traits>
#include <utility>

namespace zenoo_rpc::detail {

/// True for operations that may look at the exception of the attempt before.
template <class Op>
inline constexpr bool sees_exceptions = std::invocable<Op&, RetryContext const&>;

/// One attempt with a limit; empty if it failed. Like `rest`, kept out of the frame of the driver, for Asio recycles
/// the memory of small frames only.
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

/// Waits between two attempts; false if that was cancelled.
template <class Execution>
asio::awaitable<bool> rest(Execution& execution, Duration delay, Failure& failure) {
    error_code interrupted;
    auto const& executor = execution.clock().executor();
    co_await async_sleep(executor, delay, asio::redirect_error(asio::use_awaitable, interrupted));
    if (interrupted) execution.cancelled_at_rest(failure);
    co_return !interrupted;
}

/// Fills `failure` with what is being handled.
[[gnu::noinline]] inline void take_caught(Failure& failure, std::exception const* error) noexcept {
    failure = error ? Failure{std::current_exception(), *error} : Failure{std::current_exception()};
}

/// The retrying driver: everything a retry and the gates inside it need, in one frame.
template <class T, class Policy, class Gates, class Op>
asio::awaitable<T> run_attempts(Execution<T, Policy, Gates> execution, Op operation, RetryContext const& outer) {
    execution.begin(co_await asio::this_coro::executor, outer, sees_exceptions<Op>);
    Failure failure;
    for (bool rested = true; rested;) {
        auto admission = Admission::granted;
        bool at_total_limit = false;
        std::optional<AttemptValue<T>> value;
        {
            typename Gates::Tokens tokens;
            if (!execution.gates().enter(tokens, execution.context())) {
                admission =
                    co_await wait_for_admission(execution.gates(), tokens, execution.context(), execution.clock());
            }
            if (admission == Admission::granted && execution.is_late()) admission = Admission::out_of_time;
            if (admission == Admission::refused) failure = execution.gates().refusal(tokens, execution.context());
            if (admission == Admission::granted) {
                failure = {};
                execution.attempt_begins();
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
                    if (!execution.asks_again(*value)) {
                        execution.succeeded(tokens);
                        if constexpr (std::is_void_v<T>) {
                            co_return;
                        } else {
                            co_return std::move(*value);
                        }
                    }
                    Gates::settle(tokens);  // the service did answer
                    failure = Errc::unwanted_result;
                } else {
                    value.reset();
                    Gates::settle(tokens, failure);
                }
            }
        }
        // Asked anew each time: an operation may have reset the state of this coroutine.
        auto const cancellation = co_await asio::this_coro::cancellation_state;
        auto const delay = execution.judge(failure, admission, at_total_limit, cancellation);
        if constexpr (!std::is_void_v<T>) {
            if (!delay && value) co_return std::move(*value);
        }
        if (!delay) break;
        if constexpr (!sees_exceptions<Op>) execution.context().last_failure.drop_exception();
        if (*delay > Duration::zero()) rested = co_await rest(execution, *delay, failure);
    }
    co_return deliver<T>(std::move(failure));
}

template <class T, class Policy, class Gates, class Op>
asio::awaitable<T> drive_retry(Policy policy, Gates gates, Op operation, RetryContext const& outer,
                              RetryTimeline* timeline = nullptr) {
    return run_attempts<T>(Execution<T, Policy, Gates>{std::move(policy), std::move(gates), timeline},
                           std::move(operation), outer);
}

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_ASYNC_RETRY_DRIVER_HPP
