// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_ASYNC_CIRCUIT_BREAKER_LAYER_HPP
#define ZENOO_RPC_ASYNC_CIRCUIT_BREAKER_LAYER_HPP

#include <zenoo_rpc/async/detail/circuit_breaker_gate.hpp>
#include <zenoo_rpc/async/pipeline.hpp>
#include <zenoo_rpc/breaker/circuit_breaker.hpp>

#include <memory>
#include <stdexcept>
#include <utility>

namespace zenoo_rpc {

/// Layer that passes calls through a circuit breaker; see `circuit_breaker`.
class CircuitBreakerLayer {
public:
    CircuitBreakerLayer(std::shared_ptr<CircuitBreaker> breaker, OnOpen on_open)
        : breaker_{std::move(breaker)}, on_open_{on_open} {}

    detail::CircuitBreakerGate gate() const { return {*breaker_, on_open_}; }

private:
    std::shared_ptr<CircuitBreaker> breaker_;
    OnOpen on_open_;
};

/// Returns a layer that lets calls pass while `breaker` is closed. By `on_open`, calls that it does not admit fail with
/// `CircuitBreakerOpenError` or are queued. Throws `std::invalid_argument` if `breaker` is null.
///
/// Lifetime: executions borrow the breaker, which must outlive them.
inline Pipeline<CircuitBreakerLayer> circuit_breaker(std::shared_ptr<CircuitBreaker> breaker, OnOpen on_open) {
    if (!breaker) throw std::invalid_argument{"circuit_breaker needs a breaker, but got a null pointer"};
    return Pipeline{CircuitBreakerLayer{std::move(breaker), on_open}};
}
/// Returns a layer that lets calls pass while `breaker` is closed. By the breaker's option `on_open`, calls that it
/// does not admit fail with `CircuitBreakerOpenError` or are queued. Throws `std::invalid_argument` if `breaker` is
/// null.
///
/// Lifetime: executions borrow the breaker, which must outlive them.
inline Pipeline<CircuitBreakerLayer> circuit_breaker(std::shared_ptr<CircuitBreaker> breaker) {
    auto const on_open = breaker ? breaker->options().on_open : OnOpen::fail;
    return circuit_breaker(std::move(breaker), on_open);
}

}  // namespace zenoo_rpc

#endif  // ZENOO_RPC_ASYNC_CIRCUIT_BREAKER_LAYER_HPP
