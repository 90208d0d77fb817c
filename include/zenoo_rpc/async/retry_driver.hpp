// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_ASYNC_RETRY_DRIVER_HPP
#define ZENOO_RPC_ASYNC_RETRY_DRIVER_HPP

#include <zenoo_rpc/async/async_sleep.hpp>
#include <zenoo_rpc/async/attempt.hpp>
#include <zenoo_rpc/async/execution.hpp>
#include <zenoo_rpc/async/own.hpp>

#include <boost/system/system_error.hpp>

#include <exception>
#include <optional>
#include <type_traits>
#include <utility>

namespace zenoo_rpc::detail {

/// Outermost, and the caller wants the story.
struct WrittenDown : Outermost {
    explicit WrittenDown(RetryTimeline& there) noexcept : timeline{&there} {}
    RetryTimeline* timeline;
};
inline RetryTimeline* timeline_of(RetryContext const&) noexcept { return nullptr; }
inline RetryTimeline* timeline_of(WrittenDown const& outer) noexcept { return outer.timeline; }

/// How far the first attempt came without an execution around it.
template <class Gates>
struct FirstAttempt {
    FirstAttempt() noexcept {}  // leaves the memory of `failure` alone

    std::optional<Failure> failure;  ///< it was made, and failed
    typename Gates::Tokens tokens;   ///< of the gates that let it in so far
};

/// In a coroutine of its own, for a frame would keep the executor until its end.
inline asio::awaitable<TimeService*> find_time() { co_return &TimeService::of(co_await asio::this_coro::executor); }

/// All that is not one successful attempt: further attempts, limits, timelines, refusals.
template <class T, class Policy, class Gates, class Op>
asio::awaitable<T> run_attempts(Policy& policy, Gates& gates, Op& operation, RetryContext const& outer,
                                RetryTimeline* timeline, FirstAttempt<Gates>& first) {
    using Execution = detail::Execution<T, Policy&, Gates&>;
    Execution execution{policy, gates, timeline};
    auto* const time = co_await find_time();
    execution.begin(time->time_source(), outer, sees_context<Op>);
    std::optional<AttemptValue<T>> value;
    bool made = first.failure.has_value();
    Failure& failure = made ? *first.failure : first.failure.emplace();
    if (made) {
        Gates::settle(first.tokens, failure, execution.clock());
        Gates::leave(first.tokens);
    }
    for (bool rested = true; rested; made = false) {
        AttemptEnd end;
        if (!made) {
            failure = {};
            value.reset();
            end = co_await attempt<T, Execution, Gates>(execution, operation, std::move(first.tokens), value, failure);
            Gates::leave(first.tokens);
        }
        if (end.succeeded) {
            if constexpr (std::is_void_v<T>) {
                co_return;
            } else {
                co_return std::move(*value);
            }
        }
        // Asked anew each time: an operation may have reset the state of this coroutine.
        auto const cancellation = co_await asio::this_coro::cancellation_state;
        auto const delay = execution.judge(failure, end.admission, end.at_total_limit, cancellation);
        if constexpr (!std::is_void_v<T>) {
            if (!delay && value) co_return std::move(*value);
        }
        if (!delay) break;
        if constexpr (!sees_context<Op>) execution.context().last_failure.drop_exception();
        if (*delay > Duration::zero()) {
            try {
                co_await sleep_on(*time, *delay);
            } catch (boost::system::system_error const&) {
                // The state tells more: a cancellation may also come when the delay is over, but nobody knows yet.
            }
            auto const now = co_await asio::this_coro::cancellation_state;
            rested = now.cancelled() == asio::cancellation_type::none;
            if (!rested) execution.cancelled_at_rest(failure);
        }
    }
    co_return deliver<T>(std::move(failure));
}

/// True if nothing of a first attempt that succeeds needs an `Execution`.
template <class Policy>
bool is_plain(Policy const& policy, Outermost) noexcept {
    return policy.total_timeout == unlimited && policy.attempt_timeout == unlimited && !policy.keep_timeline;
}
template <class Policy>
bool is_plain(Policy const& policy, RetryContext const& outer) noexcept {
    return is_plain(policy, Outermost{}) && outer.deadline == TimePoint::max();
}
template <class Policy>
bool is_plain(Policy const&, WrittenDown const&) noexcept {
    return false;
}

/// The retrying driver. A first attempt that succeeds takes this small frame alone, with the gates in it; the rest of
/// the story has a coroutine of its own.
template <class T, class Outer, class Policy, class Gates, class Op>
asio::awaitable<T> drive_retry(Policy policy, Gates gates, Op operation, Outer outer) {
    held(policy).check();
    FirstAttempt<Gates> first;
    if constexpr (!sees_context<Op> && keeps_every_result<decltype(held(policy))> && Gates::can_enter_at_once) {
        if (is_plain(held(policy), outer) && gates.enter_at_once(first.tokens)) {
            std::optional<AttemptValue<T>> value;
            try {
                if constexpr (std::is_void_v<T>) {
                    co_await invoke_operation(operation, outer);
                    value.emplace();
                } else if constexpr (Gates::count == 0 && !is_result<T>) {
                    co_return co_await invoke_operation(operation, outer);
                } else {
                    value.emplace(co_await invoke_operation(operation, outer));
                    if (auto failure = failure_in(*value)) first.failure = std::move(failure);
                }
            } catch (std::exception const& error) {
                take_caught(first.failure.emplace(), &error);
            } catch (...) {
                take_caught(first.failure.emplace(), nullptr);
            }
            if (!first.failure) {
                // Outside of the try block: what a gate throws now is no failure of the operation.
                Gates::settle(first.tokens);
                if constexpr (std::is_void_v<T>) {
                    co_return;
                } else {
                    co_return std::move(*value);
                }
            }
            auto const cancellation = co_await asio::this_coro::cancellation_state;
            if (cancellation.cancelled() != asio::cancellation_type::none) {
                if constexpr (Gates::count > 0) {
                    auto const& time = TimeService::of(co_await asio::this_coro::executor);
                    Gates::settle(first.tokens, *first.failure, time.time_source());
                }
                co_return deliver<T>(cancelled_with(*first.failure));  // to await anything now would throw
            }
        }
    }
    auto rest_of_it = run_attempts<T>(held(policy), gates, operation, outer, timeline_of(outer), first);
    co_return co_await std::move(rest_of_it);
}

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_ASYNC_RETRY_DRIVER_HPP
