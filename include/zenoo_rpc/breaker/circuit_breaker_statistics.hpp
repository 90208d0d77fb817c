// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_BREAKER_CIRCUIT_BREAKER_STATISTICS_HPP
#define ZENOO_RPC_BREAKER_CIRCUIT_BREAKER_STATISTICS_HPP

#include <zenoo_rpc/core/clock.hpp>

#include <cstdint>

namespace zenoo_rpc {

/// States of a circuit breaker.
enum class CircuitState {
    closed,     ///< calls pass, failures are counted
    open,       ///< calls are rejected until the recovery timeout has passed
    half_open,  ///< a few trial calls pass; their outcome closes or reopens the circuit
};

constexpr char const* to_string(CircuitState state) noexcept {
    switch (state) {
        case CircuitState::closed: return "closed";
        case CircuitState::open: return "open";
        case CircuitState::half_open: return "half-open";
    }
    return "?";
}

/// Counters of a circuit breaker since it was created or reset. Each permit that was settled or dropped is counted in
/// one of `calls`, `ignored` and `stale`.
struct CircuitBreakerStatistics {
    CircuitState state = CircuitState::closed;
    Duration time_in_state = Duration::zero();  ///< time since the last transition; zero if there was none
    std::uint64_t calls = 0;                    ///< calls that counted as success or failure
    std::uint64_t failures = 0;
    std::uint64_t slow_calls = 0;  ///< calls that were slow, including failed ones
    std::uint64_t ignored = 0;     ///< calls neither success nor failure: failure not `expected`, cancelled, dropped
    std::uint64_t stale = 0;       ///< calls settled after the state in which they were admitted
    std::uint64_t rejected = 0;    ///< calls rejected with `refusal`
    std::uint64_t openings = 0;
    double failure_rate = 0.0;    ///< failed share of the calls in the window; of all calls if there is no window
    double slow_call_rate = 0.0;  ///< slow share of the calls in the window; of all calls if there is no window
};

}  // namespace zenoo_rpc

#endif  // ZENOO_RPC_BREAKER_CIRCUIT_BREAKER_STATISTICS_HPP
