// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_ASYNC_RETRY_DRIVER_HPP
#define ZENOO_RPC_ASYNC_RETRY_DRIVER_HPP

#include <zenoo_rpc/async/async_sleep.hpp>
#include <zenoo_rpc/async/attempt.hpp>
#include <zenoo_rpc/async/execution.hpp>
#include <zenoo_rpc/async/own.hpp>

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

/// Makes an attempt that failed before there was an execution the first of it.
template <class T>
[[gnu::noinline]] void take_over(auto& execution, Caught& caught, std::optional<AttemptValue<T>>& value) {
    if (value) execution.begins_with(failure_in(*value));
    if (caught) execution.begins_with(caught.release());
    value.reset();
}

/// What an execution comes to.
template <class T>
[[gnu::noinline]] T last_word(std::optional<AttemptValue<T>>& value, auto& execution) {
    if (!value) return deliver<T>(std::move(execution.context().last_failure));
    if constexpr (!std::is_void_v<T>) return std::move(*value);
}

/// The retrying driver: all its layers in one frame, which is small, for it lasts while a retry is pending. A first
/// attempt that succeeds needs nothing else.
template <class T, class Outer, class Policy, class Gates, class Op>
asio::awaitable<T> drive_retry(Policy policy, Op operation, Gates gates, Outer outer) {
    held(policy).check();
    typename Gates::Tokens tokens;
    Caught caught;
    std::optional<AttemptValue<T>> value;
    if constexpr (!sees_context<Op> && keeps_every_result<decltype(held(policy))> && Gates::can_enter_at_once) {
        if (is_plain(held(policy), outer) && gates.enter_at_once(tokens)) {
            try {
                if constexpr (std::is_void_v<T>) {
                    co_await invoke_operation(operation, outer);
                    value.emplace();
                } else if constexpr (Gates::count == 0 && !is_result<T>) {
                    co_return co_await invoke_operation(operation, outer);
                } else {
                    value.emplace(co_await invoke_operation(operation, outer));
                }
            } catch (std::exception const& error) {
                caught.hold(&error);
            } catch (...) {
                caught.hold(nullptr);
            }
            if (!caught && !failure_in(*value)) {
                // Outside of the try block: what a gate throws now is no failure of the operation.
                Gates::settle(tokens);
                if constexpr (std::is_void_v<T>) {
                    co_return;
                } else {
                    co_return std::move(*value);
                }
            }
        }
    }
    using BorrowedGates = std::conditional_t<std::is_empty_v<Gates>, Gates, Gates&>;  // a reference takes more memory
    using Execution = detail::Execution<T, std::remove_reference_t<decltype(held(policy))>&, BorrowedGates>;
    Execution execution{held(policy), gates, outer, timeline_of(outer)};
    take_over<T>(execution, caught, value);
    for (Duration delay = Duration::zero();;) {
        if (is_cancelled(co_await asio::this_coro::cancellation_state)) {
            if constexpr (Gates::count > 0) {
                if (auto const& failure = execution.context().last_failure; !execution.has_begun() && failure) {
                    auto const& time = TimeService::of(co_await asio::this_coro::executor);
                    Gates::settle(tokens, failure, time.time_source());
                }
            }
            execution.cancelled();
            break;  // to await anything now would throw
        }
        delay = co_await attempt<T>(execution, operation, tokens, value);
        if (delay == none_follows) break;
        if (delay > Duration::zero()) co_await Sleep{delay};
    }
    co_return last_word<T>(value, execution);
}

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_ASYNC_RETRY_DRIVER_HPP
