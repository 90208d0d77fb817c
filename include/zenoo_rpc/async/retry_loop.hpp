// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_ASYNC_RETRY_LOOP_HPP
#define ZENOO_RPC_ASYNC_RETRY_LOOP_HPP

#include <zenoo_rpc/async/async_sleep.hpp>
#include <zenoo_rpc/async/detail/execution.hpp>
#include <zenoo_rpc/async/detail/outermost.hpp>

#include <boost/asio/deferred.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/system/system_error.hpp>

#include <exception>
#include <optional>
#include <stdexcept>
#include <utility>

namespace zenoo_rpc {

/// Retries in the caller's own coroutine, which costs it no frame and no copy of the policy until something fails:
///
///     for (RetryLoop loop{policy};; co_await loop.rest()) {
///         try {
///             co_return co_await client.create("res.partner", partner);
///         } catch (...) {
///             loop.failed();
///         }
///     }
///
/// Lifetime: borrows the policy.
template <class Policy>
    requires AnyRetryPolicyType<Policy>
class RetryLoop {
public:
    /// For policies without `total_timeout` and `keep_timeline`, which need the clock of an executor. Throws
    /// `std::invalid_argument` for what the policy asks and a loop can't do.
    [[gnu::always_inline]] explicit RetryLoop(Policy const& policy) : policy_{&policy} {
        check();
        if (policy.total_timeout != unlimited || policy.keep_timeline) {
            refuse("RetryLoop needs an executor for total_timeout and keep_timeline");
        }
    }
    RetryLoop(asio::any_io_executor executor, Policy const& policy) : policy_{&policy} {
        check();
        begin(TimeService::of(executor).time_source());
    }
    explicit RetryLoop(Policy const&&) = delete;
    RetryLoop(asio::any_io_executor, Policy const&&) = delete;

    /// For a catch handler: returns if another attempt is to follow, else throws what `async_retry` would throw. That
    /// the coroutine was cancelled is noticed by `rest`.
    void failed() {
        if (!again(Failure{std::current_exception()})) story_->failure.raise();
    }
    /// For code without exceptions: true if another attempt is to follow; else `failure()` is the last word.
    bool again(Failure failure) {
        if (!story_) begin(steady_time());
        story_->failure = std::move(failure);
        story_->delay = story_->execution.backoff_after(story_->failure, detail::Admission::granted, false, {});
        return story_->delay.has_value();
    }
    /// Why the last attempt failed, or the loop ended; only after a failure.
    Failure const& failure() const noexcept { return story_->failure; }

    /// The delay that the policy has chosen. Throws `operation_aborted` if the coroutine is cancelled.
    asio::awaitable<void> rest() {
        auto const cancellation = co_await asio::this_coro::cancellation_state;
        auto const delay = story_->delay.value_or(Duration::zero());
        if (story_->execution.suspends(delay) && !detail::is_cancelled(cancellation)) {
            auto executor = co_await asio::this_coro::executor;
            try {
                co_await async_sleep(std::move(executor), delay, asio::deferred);
            } catch (boost::system::system_error const&) {
                // The state tells more: a cancellation may also come when the delay is over, but nobody knows yet.
            }
        }
        if (detail::is_cancelled(cancellation)) {
            story_->execution.cancelled();
            story_->execution.context().last_failure.raise();
        }
        story_->execution.attempt_begins();
    }

    /// Tells observers, and the timeline if there is one, that it went well after all. May be left out.
    void succeeded() {
        typename detail::Gates<>::Tokens none;
        if (story_) story_->execution.succeeded(none);
    }

    /// The attempt under way, counted from 1.
    int attempt() noexcept { return story_ ? story_->execution.context().attempt : 1; }

private:
    /// What there is to remember once something has failed.
    struct Story {
        explicit Story(Policy const& policy) : execution{policy, detail::Gates<>{}, detail::no_context(), nullptr} {}

        detail::Execution<void, Policy, detail::Gates<>> execution;
        Failure failure;
        std::optional<Duration> delay;
    };

    void check() const {
        static_assert(detail::keeps_every_result<Policy>,
                      "a RetryLoop leaves it to the body of the loop which results are good");
        policy_->check();
        if (policy_->attempt_timeout != unlimited) {
            refuse("RetryLoop cannot cut off an attempt: use timeout() instead of attempt_timeout");
        }
    }
    [[noreturn, gnu::cold, gnu::noinline]] static void refuse(char const* why) { throw std::invalid_argument{why}; }
    void begin(TimeSource const& clock) {
        story_.emplace(*policy_);
        story_->execution.begin(clock, false);
        story_->execution.attempt_begins();
    }

    Policy const* policy_;
    std::optional<Story> story_;
};

}  // namespace zenoo_rpc

#endif  // ZENOO_RPC_ASYNC_RETRY_LOOP_HPP
