// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_ASYNC_DETAIL_RETRY_DRIVER_HPP
#define ZENOO_RPC_ASYNC_DETAIL_RETRY_DRIVER_HPP

#include <zenoo_rpc/async/detail/attempt.hpp>
#include <zenoo_rpc/async/detail/coroutine_warnings.hpp>
#include <zenoo_rpc/async/detail/execution.hpp>
#include <zenoo_rpc/async/detail/first_attempt.hpp>
#include <zenoo_rpc/async/detail/inline_calls.hpp>
#include <zenoo_rpc/async/detail/interruption.hpp>
#include <zenoo_rpc/async/detail/into_frame.hpp>
#include <zenoo_rpc/async/detail/outcome.hpp>
#include <zenoo_rpc/async/detail/outermost.hpp>
#include <zenoo_rpc/async/detail/sleep.hpp>

#include <exception>
#include <type_traits>
#include <utility>

// How a policy is executed:
//
//     make a plain first attempt, if the policy allows it    -> success: done
//     begin an execution, with the outcome of the first attempt
//     loop
//         cancelled?                                         -> the end
//         make an attempt, or take the one that was made: ask the gates, call, settle, ask the policy
//         no attempt follows?                                -> the end
//         wait for the delay
//     the end: yield the value, or raise the failure

ZENOO_RPC_COROUTINES_BEGIN
namespace zenoo_rpc::detail {

/// Outermost execution whose timeline the caller wants.
struct WithTimeline : Outermost {
    explicit WithTimeline(RetryTimeline& there) noexcept : timeline{&there} {}
    RetryTimeline* timeline;
};
inline RetryTimeline* timeline_of(RetryContext const&) noexcept { return nullptr; }
inline RetryTimeline* timeline_of(WithTimeline const& outer) noexcept { return outer.timeline; }

/// State of a driver, except the execution.
template <class T, class Gates>
struct Progress : FirstAttempt<T, Gates> {
    Duration backoff;  ///< before the next attempt
};

template <class T>
[[gnu::noinline, gnu::cold]] asio::awaitable<void> next_attempt(auto& execution, auto& operation, auto& progress) {
    return execution.is_limited() ? attempt<T, Limited::yes>(execution, operation, progress)
                                  : attempt<T, Limited::no>(execution, operation, progress);
}

/// Returns the value of an execution, or delivers its final error.
template <class T>
[[gnu::noinline, gnu::cold]] T outcome_of(auto& progress, auto& execution) {
    if (!progress.value) return deliver<T>(std::move(execution.context().last_failure));
    if constexpr (!std::is_void_v<T>) return std::move(*progress.value);
}

/// Runs an operation by a policy. Its frame holds all gates and is small, because it lives while a retry is pending.
/// `inline` lets g++ put the creation of the coroutine into the caller.
template <class T, class Outer, class Known, class Policy, class Gates, class Op>
inline asio::awaitable<T> drive_retry(Known known, Policy policy, Op operation, Gates gates, Outer outer) {
    using HeldPolicy = decltype(held(policy));
    Progress<T, Gates> progress;
    if constexpr (first_attempt_can_be_plain<HeldPolicy, Gates, Op>) {
        if (known.begins_plainly(held(policy)) && gates.enter_at_once(progress.tokens)) {
            try {
                if constexpr (std::is_void_v<T>) {
                    ZENOO_RPC_INLINE_CALLS co_await invoke_operation(operation, outer);
                    progress.succeeds();
                    co_return;
                } else if constexpr (progress.succeeds_silently) {
                    ZENOO_RPC_INLINE_CALLS co_return co_await invoke_operation(operation, outer);
                } else {
                    T value = co_await invoke_operation(operation, outer);
                    if (!failure_in(value)) {
                        progress.succeeds();
                        co_return value;
                    }
                    progress.value.emplace(std::move(value));
                }
            } catch (std::exception const& error) {
                progress.fails(&error);
            } catch (...) {
                progress.fails(nullptr);
            }
        }
    }
    using BorrowedGates = std::conditional_t<std::is_empty_v<Gates>, Gates, Gates&>;  // a reference takes more memory
    using Execution = detail::Execution<T, std::remove_reference_t<HeldPolicy>&, BorrowedGates>;
    Execution execution{held(policy), gates, outer, timeline_of(outer)};
    hand_over(progress, execution);
    for (;;) {
        if (is_cancelled(co_await asio::this_coro::cancellation_state)) {
            if constexpr (Gates::count > 0) {
                if (auto const& failure = execution.context().last_failure; !execution.has_begun() && failure) {
                    auto const& time = TimeService::of(co_await asio::this_coro::executor);
                    Gates::settle(progress.tokens, failure, time.time_source());
                }
            }
            execution.cancelled();
            break;  // to await anything now would throw
        }
        co_await next_attempt<T>(execution, operation, progress);
        if (progress.backoff == none_follows) break;
        if (execution.suspends(progress.backoff)) co_await Sleep{progress.backoff};
    }
    co_return outcome_of<T>(progress, execution);
}

}  // namespace zenoo_rpc::detail
ZENOO_RPC_COROUTINES_END

#endif  // ZENOO_RPC_ASYNC_DETAIL_RETRY_DRIVER_HPP
