// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_ASYNC_RETRY_LOOP_HPP
#define ZENOO_RPC_ASYNC_RETRY_LOOP_HPP

#include <zenoo_rpc/async/async_sleep.hpp>
#include <zenoo_rpc/async/detail/coroutine_warnings.hpp>
#include <zenoo_rpc/async/detail/execution.hpp>
#include <zenoo_rpc/async/detail/interruption.hpp>
#include <zenoo_rpc/async/detail/outermost.hpp>

#include <boost/asio/deferred.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/system/system_error.hpp>

#include <exception>
#include <optional>
#include <stdexcept>
#include <utility>

ZENOO_RPC_COROUTINES_BEGIN
namespace zenoo_rpc {

/// Retries inside the caller's own coroutine, without an additional frame or a copy of the policy until something
/// fails:
///
///     for (RetryLoop loop{policy};; co_await loop.backoff()) {
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
    /// Constructs a loop for a policy without `total_timeout` and `keep_timeline`, which need an executor's clock.
    /// Throws `std::invalid_argument` for an invalid policy, or for one that a loop without an executor does not
    /// support.
    [[gnu::always_inline]] explicit RetryLoop(Policy const& policy) : policy_{&policy} {
        check();
        if (policy.total_timeout != unlimited || policy.keep_timeline) {
            refuse("RetryLoop needs an executor if the policy sets total_timeout or keep_timeline");
        }
    }
    /// Constructs a loop that reads the clock of `executor`'s context. Throws `std::invalid_argument` for an invalid
    /// policy, or for one with `attempt_timeout`.
    RetryLoop(asio::any_io_executor executor, Policy const& policy) : policy_{&policy} {
        check();
        begin(TimeService::of(executor).time_source());
    }
    explicit RetryLoop(Policy const&&) = delete;
    RetryLoop(asio::any_io_executor, Policy const&&) = delete;

    /// Reports the exception that is being handled: returns if another attempt is to follow, else throws the error that
    /// `async_retry` would throw. Must be called in a catch handler. Cancellation of the coroutine is detected by
    /// `backoff`.
    void failed() {
        if (!again(Failure{std::current_exception()})) state_->failure.raise();
    }
    /// Reports a failure without exceptions: returns true if another attempt is to follow, else `failure()` is the
    /// final error.
    bool again(Failure failure) {
        if (!state_) begin(steady_time());
        state_->failure = std::move(failure);
        state_->delay = state_->execution.backoff_after(state_->failure, detail::Admission::granted, false, {});
        return state_->delay.has_value();
    }
    /// Returns the failure of the last attempt, or the final error once the loop has ended. Only after a failure.
    Failure const& failure() const noexcept { return state_->failure; }

    /// Waits for the backoff that the policy has chosen. Throws `operation_aborted` if the coroutine is cancelled.
    asio::awaitable<void> backoff() {
        auto const cancellation = co_await asio::this_coro::cancellation_state;
        auto const delay = state_->delay.value_or(Duration::zero());
        if (state_->execution.suspends(delay) && !detail::is_cancelled(cancellation)) {
            auto executor = co_await asio::this_coro::executor;
            try {
                co_await async_sleep(std::move(executor), delay, asio::deferred);
            } catch (boost::system::system_error const&) {
                // The state is checked below: a cancellation may also arrive after the delay has ended.
            }
        }
        if (detail::is_cancelled(cancellation)) {
            state_->execution.cancelled();
            state_->execution.context().last_failure.raise();
        }
        state_->execution.attempt_begins();
    }

    /// Reports success to observers, and to the timeline if there is one. Optional.
    void succeeded() {
        typename detail::Gates<>::Tokens none;
        if (state_) state_->execution.succeeded(none);
    }

    /// Returns the number of the attempt under way, from 1.
    int attempt() noexcept { return state_ ? state_->execution.context().attempt : 1; }

private:
    /// State of the execution, created by the first failure.
    struct State {
        explicit State(Policy const& policy) : execution{policy, detail::Gates<>{}, detail::no_context(), nullptr} {}

        detail::Execution<void, Policy, detail::Gates<>> execution;
        Failure failure;
        std::optional<Duration> delay;
    };

    void check() const {
        static_assert(detail::keeps_every_result<Policy>,
                      "RetryLoop does not support retry_if_result: check the result in the body of the loop");
        policy_->check();
        if (policy_->attempt_timeout != unlimited) {
            refuse("RetryLoop does not support attempt_timeout: use timeout() for the operation");
        }
    }
    [[noreturn, gnu::cold, gnu::noinline]] static void refuse(char const* why) { throw std::invalid_argument{why}; }
    void begin(TimeSource const& clock) {
        state_.emplace(*policy_);
        state_->execution.begin(clock, false);
        state_->execution.attempt_begins();
    }

    Policy const* policy_;
    std::optional<State> state_;
};

}  // namespace zenoo_rpc
ZENOO_RPC_COROUTINES_END

#endif  // ZENOO_RPC_ASYNC_RETRY_LOOP_HPP
