// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_ASYNC_CIRCUIT_BREAKER_LAYER_HPP
#define ZENOO_RPC_ASYNC_CIRCUIT_BREAKER_LAYER_HPP

#include <zenoo_rpc/async/detail/turn.hpp>
#include <zenoo_rpc/async/pipeline.hpp>
#include <zenoo_rpc/breaker/circuit_breaker.hpp>

#include <boost/asio/use_awaitable.hpp>

#include <memory>
#include <optional>
#include <stdexcept>
#include <utility>

namespace zenoo_rpc {

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
        Failure const why = last.is<CircuitBreakerOpenError>() ? last.cause() : last;  // one refusal tells of all
        Failure failure{detail::nesting(std::move(error), why)};
        failure.retry_after(retry_after);
        return failure;
    }

    void pass_turn() { breaker_->pass_turn(); }
    bool waits() const noexcept { return on_open_ == OnOpen::wait; }
    asio::awaitable<void> async_wait(asio::any_io_executor executor, TimePoint limit) const {
        return detail::async_wait_for_turn(std::move(executor), *breaker_, limit, asio::use_awaitable);
    }

private:
    CircuitBreaker* breaker_;
    OnOpen on_open_;
};

class CircuitBreakerLayer {
public:
    CircuitBreakerLayer(std::shared_ptr<CircuitBreaker> breaker, OnOpen on_open)
        : breaker_{std::move(breaker)}, on_open_{on_open} {}

    CircuitBreakerGate gate() const { return {*breaker_, on_open_}; }

private:
    std::shared_ptr<CircuitBreaker> breaker_;
    OnOpen on_open_;
};

/// Lets calls pass while `breaker` is closed; an open one refuses them with `CircuitBreakerOpenError`, or has them
/// wait for their turn. Executions borrow the breaker: it must outlive them.
inline Pipeline<CircuitBreakerLayer> circuit_breaker(std::shared_ptr<CircuitBreaker> breaker, OnOpen on_open) {
    if (!breaker) throw std::invalid_argument{"circuit_breaker needs a breaker, but got a null pointer"};
    return Pipeline{CircuitBreakerLayer{std::move(breaker), on_open}};
}
inline Pipeline<CircuitBreakerLayer> circuit_breaker(std::shared_ptr<CircuitBreaker> breaker) {
    auto const on_open = breaker ? breaker->options().on_open : OnOpen::fail;
    return circuit_breaker(std::move(breaker), on_open);
}

}  // namespace zenoo_rpc

#endif  // ZENOO_RPC_ASYNC_CIRCUIT_BREAKER_LAYER_HPP
