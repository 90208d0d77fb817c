// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_ASYNC_ATTEMPT_HPP
#define ZENOO_RPC_ASYNC_ATTEMPT_HPP

#include <zenoo_rpc/async/admission.hpp>
#include <zenoo_rpc/async/deadline.hpp>
#include <zenoo_rpc/async/operation.hpp>

#include <concepts>
#include <exception>
#include <optional>
#include <type_traits>
#include <utility>

namespace zenoo_rpc::detail {

/// True for operations that look at the context, and perhaps at the exception of the attempt before.
template <class Op>
inline constexpr bool sees_context = std::invocable<Op&, RetryContext const&>;

/// One attempt with a limit; empty if it failed. Kept out of the frame of the driver, for Asio recycles the memory of
/// small frames only.
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

/// Fills `failure` with what is being handled.
[[gnu::noinline]] inline void take_caught(Failure& failure, std::exception const* error) noexcept {
    failure = error ? Failure{std::current_exception(), *error} : Failure{std::current_exception()};
}

/// What came of an attempt: it was let in or not, and perhaps cut off by the limit of all of them.
struct AttemptEnd {
    Admission admission = Admission::granted;
    bool at_total_limit = false;
    bool succeeded = false;
};

/// Asks the gates, and if they let it in, makes one attempt: leaves a value, or a failure, or a value that is not
/// wanted and a failure that says so. In a coroutine of its own, whose memory is not needed while the next attempt is
/// waited for.
template <class T, class Execution, class Gates, class Op>
asio::awaitable<AttemptEnd> attempt(Execution& execution, Op& operation, typename Gates::Tokens tokens,
                                    std::optional<AttemptValue<T>>& value, Failure& failure) {
    AttemptEnd end;
    if constexpr (Gates::count > 0) {
        if (!execution.gates().enter(tokens, execution.context())) {
            end.admission = co_await wait_for_admission(execution.gates(), tokens, execution.context());
        }
    }
    if (end.admission == Admission::granted && execution.is_late()) end.admission = Admission::out_of_time;
    if (end.admission == Admission::refused) failure = execution.gates().refusal(tokens, execution.context());
    if (end.admission != Admission::granted) co_return end;

    execution.attempt_begins();
    if (execution.is_limited()) {
        value = co_await limited_attempt<T>(execution, operation, failure, end.at_total_limit);
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
    if (!value || failure) {
        value.reset();
        Gates::settle(tokens, failure, execution.clock());
    } else if (execution.asks_again(*value)) {
        Gates::settle(tokens);  // the service did answer
        failure = Errc::unwanted_result;
    } else {
        execution.succeeded(tokens);
        end.succeeded = true;
    }
    co_return end;
}

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_ASYNC_ATTEMPT_HPP
