// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_BREAKER_CIRCUIT_BREAKER_STATISTICS_HPP
#define ZENOO_RPC_BREAKER_CIRCUIT_BREAKER_STATISTICS_HPP

#include <zenoo_rpc/core/clock.hpp>

#include <cstdint>

namespace zenoo_rpc {

enum class CircuitState {
    closed,     ///< calls pass, failures are counted
    open,       ///< calls are refused until the recovery timeout has passed
    half_open,  ///< a few trial calls pass; they decide what comes next
};

constexpr char const* to_string(CircuitState state) noexcept {
    switch (state) {
        case CircuitState::closed: return "closed";
        case CircuitState::open: return "open";
        case CircuitState::half_open: return "half-open";
    }
    return "?";
}

/// What a breaker has seen since it was made or reset. Each permit that was settled or dropped is one of `calls`,
/// `ignored` and `stale`.
struct CircuitBreakerStatistics {
    CircuitState state = CircuitState::closed;
    Duration time_in_state = Duration::zero();  ///< since the last transition; zero if there was none
    std::uint64_t calls = 0;                    ///< that gave a verdict
    std::uint64_t failures = 0;
    std::uint64_t slow_calls = 0;  ///< failed ones too
    std::uint64_t ignored = 0;     ///< without a verdict: not expected, cancelled, dropped
    std::uint64_t stale = 0;       ///< ended after the state that they were admitted in
    std::uint64_t rejected = 0;    ///< told so by `refusal`
    std::uint64_t openings = 0;
    double failure_rate = 0.0;    ///< in the window; of all calls where there is none
    double slow_call_rate = 0.0;  ///< likewise
};

}  // namespace zenoo_rpc

#endif  // ZENOO_RPC_BREAKER_CIRCUIT_BREAKER_STATISTICS_HPP
