// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_ASYNC_ATTEMPT_HPP
#define ZENOO_RPC_ASYNC_ATTEMPT_HPP

#include <zenoo_rpc/async/admission.hpp>
#include <zenoo_rpc/async/caught.hpp>
#include <zenoo_rpc/async/deadline.hpp>
#include <zenoo_rpc/async/operation.hpp>

#include <concepts>
#include <exception>
#include <optional>
#include <tuple>
#include <type_traits>
#include <utility>

namespace zenoo_rpc::detail {

/// True for operations that look at the context, and perhaps at the exception of the attempt before.
template <class Op>
inline constexpr bool sees_context = std::invocable<Op&, RetryContext const&>;

/// One attempt with a limit; without a value if it failed. Kept out of the frame of the driver, for Asio recycles the
/// memory of small frames only.
template <class T, class Execution, class Op>
asio::awaitable<void> limited_attempt(Execution& execution, Op& operation, std::optional<AttemptValue<T>>& value,
                                      Failure& failure, bool& at_total_limit) {
    auto const cancellation = co_await asio::this_coro::cancellation_state;
    if (is_cancelled(cancellation)) {
        failure = make_error_code(asio::error::operation_aborted);
        co_return;
    }
    auto const deadline = execution.attempt_deadline();
    LimitedRun<T> run{co_await asio::this_coro::executor, cancellation};
    auto running = run.begin(deadline, operation, execution.context());
    std::tuple<std::exception_ptr> const ended = co_await std::move(running);
    Attempt<T>& attempt = run.end(ended);
    failure = std::move(attempt.failure);
    at_total_limit = attempt.timed_out && deadline == execution.context().deadline;
    if (attempt.value) {
        value.emplace(std::move(*attempt.value));
    } else if (attempt.timed_out && !at_total_limit) {
        failure = timed_out_with(failure, execution.attempt_timeout());
    }
}

/// In the place of a rest: there is no next attempt.
inline constexpr Duration none_follows{-1};

/// Asks the gates, and makes an attempt if they let it in, unless the execution begins with a failed one. Then judges
/// it: says how long to rest before the next one. After the last there is a value, or `last_failure` of the context is
/// the last word.
///
/// In a coroutine of its own, whose memory is not needed during the rest. It yields nothing: each type that a coroutine
/// yields takes its time to compile.
template <class T, class Execution, class Tokens, class Op>
asio::awaitable<void> attempt(Execution& execution, Op& operation, Tokens& tokens,
                              std::optional<AttemptValue<T>>& value, Duration& rest) {
    using Gates = typename Execution::Gates;
    auto const& context = execution.context();
    Failure failure;
    if (!execution.has_begun()) {
        auto const& time = TimeService::of(co_await asio::this_coro::executor);
        failure = execution.begin(time.time_source(), sees_context<Op>);
    }
    Admission admission = Admission::granted;
    bool at_total_limit = false;
    if (!failure) {
        if constexpr (Gates::count > 0) {
            if (!execution.gates().enter(tokens, context)) {
                admission = co_await wait_for_admission(execution.gates(), tokens, context);
            }
        }
        if (admission == Admission::granted && execution.is_late()) admission = Admission::out_of_time;
        if (admission == Admission::refused) failure = execution.gates().refusal(tokens, context);
        if (admission == Admission::granted) {
            execution.attempt_begins();
            if (execution.is_limited()) {
                co_await limited_attempt<T>(execution, operation, value, failure, at_total_limit);
            } else {
                try {
                    if constexpr (std::is_void_v<T>) {
                        co_await invoke_operation(operation, context);
                        value.emplace();
                    } else {
                        value.emplace(co_await invoke_operation(operation, context));
                        failure = failure_in(*value);
                    }
                } catch (std::exception const& error) {
                    take_caught(failure, &error);
                } catch (...) {
                    take_caught(failure, nullptr);
                }
            }
            if (failure) value.reset();
        }
    }
    if (value) {
        if (!execution.asks_again(*value)) {
            execution.succeeded(tokens);
            Gates::leave(tokens);
            rest = none_follows;
            co_return;
        }
        Gates::settle(tokens);  // the service did answer
        failure = Errc::unwanted_result;
    } else if (admission == Admission::granted) {
        Gates::settle(tokens, failure, execution.clock());
    }
    Gates::leave(tokens);
    // Asked anew each time: an operation may have reset the state of this coroutine.
    auto const cancellation = co_await asio::this_coro::cancellation_state;
    auto const delay = execution.judge(failure, admission, at_total_limit, cancellation);
    if (!delay) {
        execution.context().last_failure = std::move(failure);
    } else {
        value.reset();
        if constexpr (!sees_context<Op>) execution.context().last_failure.drop_exception();
    }
    rest = delay.value_or(none_follows);
}

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_ASYNC_ATTEMPT_HPP
