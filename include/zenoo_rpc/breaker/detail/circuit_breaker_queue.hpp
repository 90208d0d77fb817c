// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_BREAKER_DETAIL_CIRCUIT_BREAKER_QUEUE_HPP
#define ZENOO_RPC_BREAKER_DETAIL_CIRCUIT_BREAKER_QUEUE_HPP

#include <zenoo_rpc/breaker/circuit_breaker.hpp>

#include <memory>
#include <mutex>
#include <optional>
#include <utility>

namespace zenoo_rpc::detail {

/// Gives the layer in which calls wait access to the queue of a circuit breaker.
struct CircuitBreakerQueue {
    using Waiter = WaitQueue::Waiter;

    /// Enqueues a call that was rejected. Returns the time at which it should try again unless woken before
    /// (`TimePoint::max()`: only when woken), or nothing if it should try again now.
    static std::optional<TimePoint> enqueue(CircuitBreaker& breaker, std::shared_ptr<Waiter> waiter) {
        std::scoped_lock lock{breaker.mutex_};
        if (breaker.is_closed() || breaker.has_place_for_trial()) return std::nullopt;
        breaker.queue_.enqueue(std::move(waiter));
        return breaker.is_open() ? breaker.opens_again_ : TimePoint::max();
    }

    static void leave(CircuitBreaker& breaker, Waiter const& waiter) {
        std::scoped_lock lock{breaker.mutex_};
        breaker.queue_.leave(waiter);
    }

    /// Wakes another call in place of one that was woken and does not try again.
    static void wake_next(CircuitBreaker& breaker) {
        std::unique_lock lock{breaker.mutex_};
        if (breaker.has_place_for_trial()) breaker.queue_.wake_next(lock);
    }
};

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_BREAKER_DETAIL_CIRCUIT_BREAKER_QUEUE_HPP
