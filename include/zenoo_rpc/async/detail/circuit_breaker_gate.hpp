// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_ASYNC_DETAIL_CIRCUIT_BREAKER_GATE_HPP
#define ZENOO_RPC_ASYNC_DETAIL_CIRCUIT_BREAKER_GATE_HPP

#include <zenoo_rpc/async/detail/queued_call.hpp>
#include <zenoo_rpc/breaker/circuit_breaker_open_error.hpp>
#include <zenoo_rpc/breaker/detail/circuit_breaker_queue.hpp>
#include <zenoo_rpc/core/detail/nesting.hpp>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <concepts>
#include <optional>
#include <utility>

namespace zenoo_rpc::detail {

/// Asks a circuit breaker for a permit, and settles it. Borrows the breaker.
class CircuitBreakerGate {
public:
    using Token = CircuitBreaker::Permit;

    CircuitBreakerGate(CircuitBreaker& breaker, OnOpen on_open) : breaker_{&breaker}, on_open_{on_open} {}

    std::optional<Token> enter(RetryContext const& context) { return breaker_->try_acquire(*context.clock); }
    std::optional<Token> enter_at_once() { return breaker_->try_acquire_closed(); }
    Failure refusal(RetryContext const& context) const {
        auto const& last = context.last_failure;
        auto error = breaker_->refusal(last);
        auto const retry_after = error.retry_after();
        Failure const why = last.is<CircuitBreakerOpenError>() ? last.cause() : last;  // one rejection covers all
        Failure failure{nesting(std::move(error), why)};
        failure.retry_after(retry_after);
        return failure;
    }

    void wake_next() { CircuitBreakerQueue::wake_next(*breaker_); }
    bool waits() const noexcept { return on_open_ == OnOpen::wait; }
    /// A template, so that only those whose calls pass a circuit breaker compile it.
    template <std::same_as<asio::any_io_executor> Executor>
    asio::awaitable<void> async_wait(Executor executor, TimePoint limit) const {
        return async_wait_in_queue(std::move(executor), *breaker_, limit, asio::use_awaitable);
    }

private:
    CircuitBreaker* breaker_;
    OnOpen on_open_;
};

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_ASYNC_DETAIL_CIRCUIT_BREAKER_GATE_HPP
