// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_TESTS_BREAKER_CIRCUIT_WORLD_HPP
#define ZENOO_RPC_TESTS_BREAKER_CIRCUIT_WORLD_HPP

#include "support/catch.hpp"
#include "support/failures.hpp"
#include "support/manual_clock.hpp"

#include <zenoo_rpc/breaker/circuit_breaker.hpp>

#include <optional>
#include <utility>

namespace zenoo_rpc::tests {

/// A breaker with a clock of its own.
class CircuitWorld {
public:
    explicit CircuitWorld(CircuitBreakerOptions options = {.failure_threshold = 2})
        : breaker{std::move(options), "orders"} {}

    ManualClock clock;
    CircuitBreaker breaker;

    std::optional<CircuitBreaker::Permit> ask() { return breaker.try_acquire(clock); }
    CircuitBreaker::Permit permit() {
        auto granted = ask();
        REQUIRE(granted);
        return std::move(*granted);
    }
    bool refuses() { return !ask(); }

    void succeed() { permit().settle(); }
    void fail(Failure const& failure = network) { permit().settle(failure); }
    /// Opens the circuit by failures, whatever its state was.
    void trip() {
        breaker.reset();
        for (int i = 0; i < breaker.options().failure_threshold; ++i) fail();
        REQUIRE(breaker.is_open());
    }
    /// Opens the circuit and lets the recovery timeout pass, so that the next call is a trial.
    void trip_and_recover() {
        trip();
        clock.advance(breaker.options().recovery_timeout);
    }
};

}  // namespace zenoo_rpc::tests

#endif  // ZENOO_RPC_TESTS_BREAKER_CIRCUIT_WORLD_HPP
