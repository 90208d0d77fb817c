// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_ASYNC_DETAIL_ATTEMPT_HPP
#define ZENOO_RPC_ASYNC_DETAIL_ATTEMPT_HPP

#include <zenoo_rpc/async/detail/admission.hpp>
#include <zenoo_rpc/async/detail/caught.hpp>
#include <zenoo_rpc/async/detail/coroutine_warnings.hpp>
#include <zenoo_rpc/async/detail/deadline.hpp>
#include <zenoo_rpc/async/detail/interruption.hpp>
#include <zenoo_rpc/async/detail/outcome.hpp>
#include <zenoo_rpc/async/operation.hpp>
#include <zenoo_rpc/core/detail/failure_access.hpp>

#include <concepts>
#include <exception>
#include <optional>
#include <type_traits>
#include <utility>

ZENOO_RPC_COROUTINES_BEGIN
namespace zenoo_rpc::detail {

/// True for operations that take the context, and may read the exception of the previous attempt.
template <class Op>
inline constexpr bool sees_context = std::invocable<Op&, RetryContext const&>;

/// Stands for a backoff if no attempt follows.
inline constexpr Duration none_follows{-1};

/// Outcome of an attempt, except its value.
struct AttemptOutcome {
    Failure failure;
    Admission admission = Admission::granted;
    bool at_total_limit = false;
};

/// Begins an attempt after the gates have decided; returns true if the operation is to be called.
[[gnu::noinline, gnu::cold]] bool begins(auto& execution, auto& tokens, AttemptOutcome& outcome,
                                         asio::cancellation_state const& cancellation) {
    auto& admission = outcome.admission;
    if (admission == Admission::granted && execution.is_late()) admission = Admission::out_of_time;
    if (admission == Admission::refused) outcome.failure = execution.gates().refusal(tokens, execution.context());
    if (admission != Admission::granted) return false;
    execution.attempt_begins();
    if (is_cancelled(cancellation)) outcome.failure = make_error_code(asio::error::operation_aborted);
    return !outcome.failure;
}

/// Moves the outcome of a limited attempt into `value` and `outcome`.
template <class T>
[[gnu::noinline, gnu::cold]] void take_ended(auto& execution, Attempt<T>& attempt, TimePoint deadline,
                                             std::optional<AttemptValue<T>>& value, AttemptOutcome& outcome) {
    outcome.failure = std::move(attempt.failure);
    outcome.at_total_limit = attempt.timed_out && deadline == execution.context().deadline;
    if (attempt.value) {
        value.emplace(std::move(*attempt.value));
    } else if (attempt.timed_out && !outcome.at_total_limit) {
        outcome.failure = timed_out_with(outcome.failure, execution.attempt_timeout());
    }
}

/// Ends an attempt, or a call that the gates did not admit: settles the tokens of the gates, and returns the backoff
/// before the next attempt. After the last one there is a value, or `last_failure` of the context is the final error.
template <bool KeepsException>
[[gnu::noinline, gnu::cold]] Duration settle_attempt(auto& execution, auto& progress, AttemptOutcome& outcome,
                                                     asio::cancellation_state const& cancellation) {
    auto& [failure, admission, at_total_limit] = outcome;
    auto& gates = execution.gates();
    auto& value = progress.value;
    if (failure) value.reset();
    if (value) {
        if (!execution.asks_again(*value)) {
            execution.succeeded(progress.tokens);
            gates.leave(progress.tokens);
            return none_follows;
        }
        gates.settle(progress.tokens);  // the service did respond
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

/// Makes an attempt if the gates admit it, unless the execution begins with a failed one. Then settles it.
///
/// A coroutine of its own, whose memory is not needed during the backoff. Yields nothing, because each type that a
/// coroutine yields costs compile time.
template <class T, Limited IsLimited, class Execution, class Op, class Progress>
[[gnu::cold]] asio::awaitable<void> attempt(Execution& execution, Op& operation, Progress& progress) {
    auto const& context = execution.context();
    auto& value = progress.value;
    AttemptOutcome outcome;
    if (!execution.has_begun()) {
        auto const& time = TimeService::of(co_await asio::this_coro::executor);
        outcome.failure = execution.begin(time.time_source(), sees_context<Op>);
    }
    if (!outcome.failure) {
        if constexpr (Execution::Gates::count > 0) {
            if (!execution.gates().enter(progress.tokens, context)) {
                outcome.admission = co_await wait_for_admission(execution.gates(), progress.tokens, context);
            }
        }
        auto const cancellation = co_await asio::this_coro::cancellation_state;
        if (begins(execution, progress.tokens, outcome, cancellation)) {
            if constexpr (IsLimited == Limited::yes) {
                auto const deadline = execution.attempt_deadline();
                LimitedRun<T> run{co_await asio::this_coro::executor, cancellation};
                auto running = run.begin(deadline, operation, context);
                co_await std::move(running);
                take_ended<T>(execution, run.end(), deadline, value, outcome);
            } else {
                try {
                    if constexpr (std::is_void_v<T>) {
                        co_await invoke_operation(operation, context);
                        value.emplace();
                    } else {
                        value.emplace(co_await invoke_operation(operation, context));
                        outcome.failure = failure_in(*value);
                    }
                } catch (std::exception const& error) {
                    take_caught(outcome.failure, &error);
                } catch (...) {
                    take_caught(outcome.failure, nullptr);
                }
            }
        }
    }
    // Read again: an operation may have reset the state of this coroutine.
    auto const cancellation = co_await asio::this_coro::cancellation_state;
    progress.backoff = settle_attempt<sees_context<Op>>(execution, progress, outcome, cancellation);
}

}  // namespace zenoo_rpc::detail
ZENOO_RPC_COROUTINES_END

#endif  // ZENOO_RPC_ASYNC_DETAIL_ATTEMPT_HPP
