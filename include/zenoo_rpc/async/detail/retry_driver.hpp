// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_ASYNC_DETAIL_RETRY_DRIVER_HPP
#define ZENOO_RPC_ASYNC_DETAIL_RETRY_DRIVER_HPP

#include <zenoo_rpc/async/detail/attempt.hpp>
#include <zenoo_rpc/async/detail/execution.hpp>
#include <zenoo_rpc/async/detail/inline_calls.hpp>
#include <zenoo_rpc/async/detail/into_frame.hpp>
#include <zenoo_rpc/async/detail/outermost.hpp>
#include <zenoo_rpc/async/detail/sleep.hpp>

#include <exception>
#include <optional>
#include <type_traits>
#include <utility>
#include <variant>

namespace zenoo_rpc::detail {

/// Outermost, and the caller wants the story.
struct WrittenDown : Outermost {
    explicit WrittenDown(RetryTimeline& there) noexcept : timeline{&there} {}
    RetryTimeline* timeline;
};
inline RetryTimeline* timeline_of(RetryContext const&) noexcept { return nullptr; }
inline RetryTimeline* timeline_of(WrittenDown const& outer) noexcept { return outer.timeline; }

/// True if nothing of a first attempt that succeeds needs an `Execution`. Throws for an unusable policy.
template <class Policy>
[[gnu::always_inline]] inline bool begins_plainly(Policy const& policy) {
    if (policy.total_timeout != unlimited || policy.attempt_timeout != unlimited || policy.keep_timeline) return false;
    policy.check();
    return true;
}

/// What is known of a policy beforehand.
struct ToBeChecked {
    [[gnu::always_inline]] bool begins_plainly(auto const& policy) const { return detail::begins_plainly(policy); }
};
struct Checked {
    bool plain;
    bool begins_plainly(auto const&) const noexcept { return plain; }
};
template <class Policy>
bool can_begin_plainly(Policy const& policy) noexcept try {
    return begins_plainly(policy);
} catch (...) {
    return false;  // each execution will say why
}

/// What a driver keeps beside the execution.
template <class T, class Gates>
struct Progress {
    /// True if nothing can be thrown any more once the first attempt has yielded its value.
    static constexpr bool succeeds_silently =
        Gates::count == 0 && !is_result<T> && std::is_nothrow_move_constructible_v<T>;

    typename Gates::Tokens tokens;
    std::optional<AttemptValue<T>> value;
    Caught caught;
    Duration backoff;  ///< before the next attempt
    [[no_unique_address]] std::conditional_t<succeeds_silently, std::monostate, bool> has_succeeded{};

    void succeeds() {
        has_succeeded = true;
        Gates::settle(tokens);
    }
    /// In a handler. What a gate throws that hears of a success, or a value on its way, is no failure of the operation.
    void take(std::exception const* error) {
        if constexpr (!succeeds_silently) {
            if (has_succeeded) throw;
        }
        caught.hold(error);
    }
};

/// Makes an attempt that failed before there was an execution the first of it.
[[gnu::noinline, gnu::cold]] void take_over(auto& execution, auto& progress) {
    if (progress.value) execution.begins_with(failure_in(*progress.value));
    if (progress.caught) execution.begins_with(progress.caught.release());
    progress.value.reset();
}

/// What an execution comes to.
template <class T>
[[gnu::noinline, gnu::cold]] T last_word(auto& progress, auto& execution) {
    if (!progress.value) return deliver<T>(std::move(execution.context().last_failure));
    if constexpr (!std::is_void_v<T>) return std::move(*progress.value);
}

template <class T>
[[gnu::noinline, gnu::cold]] asio::awaitable<void> next_attempt(auto& execution, auto& operation, auto& progress) {
    return execution.is_limited() ? attempt<T, Limited::yes>(execution, operation, progress)
                                  : attempt<T, Limited::no>(execution, operation, progress);
}

/// The retrying driver: all its layers in one frame, which is small, for it lasts while a retry is pending. A first
/// attempt that succeeds needs nothing else.
template <class T, class Outer, class Known, class Policy, class Gates, class Op>
asio::awaitable<T> drive_retry(Known known, Policy policy, Op operation, Gates gates, Outer outer) {
    Progress<T, Gates> progress;
    if constexpr (!sees_context<Op> && keeps_every_result<decltype(held(policy))> && Gates::can_enter_at_once) {
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
                progress.take(&error);
            } catch (...) {
                progress.take(nullptr);
            }
        }
    }
    using BorrowedGates = std::conditional_t<std::is_empty_v<Gates>, Gates, Gates&>;  // a reference takes more memory
    using Execution = detail::Execution<T, std::remove_reference_t<decltype(held(policy))>&, BorrowedGates>;
    Execution execution{held(policy), gates, outer, timeline_of(outer)};
    take_over(execution, progress);
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
    co_return last_word<T>(progress, execution);
}

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_ASYNC_DETAIL_RETRY_DRIVER_HPP
