// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_ASYNC_DETAIL_ATTEMPT_HPP
#define ZENOO_RPC_ASYNC_DETAIL_ATTEMPT_HPP

#include <zenoo_rpc/async/detail/admission.hpp>
#include <zenoo_rpc/async/detail/caught.hpp>
#include <zenoo_rpc/async/detail/deadline.hpp>
#include <zenoo_rpc/async/detail/outcome.hpp>
#include <zenoo_rpc/async/operation.hpp>
#include <zenoo_rpc/core/detail/failure_access.hpp>

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

/// In the place of a backoff: there is no next attempt.
inline constexpr Duration none_follows{-1};

/// What an attempt comes to, beside its value.
struct AttemptEnding {
    Failure failure;
    Admission admission = Admission::granted;
    bool at_total_limit = false;
};

/// After the gates were asked: true if the operation is to be called.
[[gnu::noinline]] bool begins(auto& execution, auto& tokens, AttemptEnding& ending,
                              asio::cancellation_state const& cancellation) {
    auto& admission = ending.admission;
    if (admission == Admission::granted && execution.is_late()) admission = Admission::out_of_time;
    if (admission == Admission::refused) ending.failure = execution.gates().refusal(tokens, execution.context());
    if (admission != Admission::granted) return false;
    execution.attempt_begins();
    if (is_cancelled(cancellation)) ending.failure = make_error_code(asio::error::operation_aborted);
    return !ending.failure;
}

/// Takes over what came of an attempt with a limit.
template <class T>
[[gnu::noinline]] void take_ended(auto& execution, Attempt<T>& attempt, TimePoint deadline,
                                  std::optional<AttemptValue<T>>& value, AttemptEnding& ending) {
    ending.failure = std::move(attempt.failure);
    ending.at_total_limit = attempt.timed_out && deadline == execution.context().deadline;
    if (attempt.value) {
        value.emplace(std::move(*attempt.value));
    } else if (attempt.timed_out && !ending.at_total_limit) {
        ending.failure = timed_out_with(ending.failure, execution.attempt_timeout());
    }
}

/// Ends an attempt, or what came in its place: settles the tokens of the gates, and returns the backoff before the next
/// attempt. After the last one there is a value, or `last_failure` of the context is what the execution has come to.
template <bool KeepsException>
[[gnu::noinline]] Duration settle_attempt(auto& execution, auto& progress, AttemptEnding& ending,
                                          asio::cancellation_state const& cancellation) {
    auto& [failure, admission, at_total_limit] = ending;
    auto& gates = execution.gates();
    auto& value = progress.value;
    if (failure) value.reset();
    if (value) {
        if (!execution.asks_again(*value)) {
            execution.succeeded(progress.tokens);
            gates.leave(progress.tokens);
            return none_follows;
        }
        gates.settle(progress.tokens);  // the service did answer
        failure = Errc::unwanted_result;
    } else if (admission == Admission::granted) {
        gates.settle(progress.tokens, failure, execution.clock());
    }
    gates.leave(progress.tokens);
    auto const delay = execution.backoff_after(failure, admission, at_total_limit, cancellation);
    if (!delay) {
        execution.context().last_failure = std::move(failure);
        return none_follows;
    }
    value.reset();
    if constexpr (!KeepsException) FailureAccess::drop_exception(execution.context().last_failure);
    return *delay;
}

enum class Limited : bool { no, yes };

/// Asks the gates, and makes an attempt if they let it in, unless the execution begins with a failed one. Then settles
/// it.
///
/// In a coroutine of its own, whose memory is not needed during the backoff. It yields nothing: each type that a
/// coroutine yields takes its time to compile.
template <class T, Limited IsLimited, class Execution, class Op, class Progress>
asio::awaitable<void> attempt(Execution& execution, Op& operation, Progress& progress) {
    auto const& context = execution.context();
    auto& value = progress.value;
    AttemptEnding ending;
    if (!execution.has_begun()) {
        auto const& time = TimeService::of(co_await asio::this_coro::executor);
        ending.failure = execution.begin(time.time_source(), sees_context<Op>);
    }
    if (!ending.failure) {
        if constexpr (Execution::Gates::count > 0) {
            if (!execution.gates().enter(progress.tokens, context)) {
                ending.admission = co_await wait_for_admission(execution.gates(), progress.tokens, context);
            }
        }
        auto const cancellation = co_await asio::this_coro::cancellation_state;
        if (begins(execution, progress.tokens, ending, cancellation)) {
            if constexpr (IsLimited == Limited::yes) {
                auto const deadline = execution.attempt_deadline();
                LimitedRun<T> run{co_await asio::this_coro::executor, cancellation};
                auto running = run.begin(deadline, operation, context);
                std::tuple<std::exception_ptr> const ended = co_await std::move(running);
                take_ended<T>(execution, run.end(ended), deadline, value, ending);
            } else {
                try {
                    if constexpr (std::is_void_v<T>) {
                        co_await invoke_operation(operation, context);
                        value.emplace();
                    } else {
                        value.emplace(co_await invoke_operation(operation, context));
                        ending.failure = failure_in(*value);
                    }
                } catch (std::exception const& error) {
                    take_caught(ending.failure, &error);
                } catch (...) {
                    take_caught(ending.failure, nullptr);
                }
            }
        }
    }
    // Asked anew: an operation may have reset the state of this coroutine.
    auto const cancellation = co_await asio::this_coro::cancellation_state;
    progress.backoff = settle_attempt<sees_context<Op>>(execution, progress, ending, cancellation);
}

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_ASYNC_DETAIL_ATTEMPT_HPP
