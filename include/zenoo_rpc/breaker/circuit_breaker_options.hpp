// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_BREAKER_CIRCUIT_BREAKER_OPTIONS_HPP
#define ZENOO_RPC_BREAKER_CIRCUIT_BREAKER_OPTIONS_HPP

#include <zenoo_rpc/core/detail/check.hpp>
#include <zenoo_rpc/retry/failure_predicate.hpp>

#include <chrono>

namespace zenoo_rpc {

/// Selects what happens to a call that a circuit breaker does not admit.
enum class OnOpen {
    fail,  ///< it fails at once with `CircuitBreakerOpenError`
    wait,  ///< it waits, without using an attempt, until it may be a trial, the circuit closes, or its deadline passes
};

/// Options of a `CircuitBreaker`.
struct CircuitBreakerOptions {
    int failure_threshold = 5;                             ///< consecutive failures that open the circuit
    Duration recovery_timeout = std::chrono::seconds{30};  ///< how long the circuit stays open before a trial
    int half_open_max_calls = 1;                           ///< trials allowed concurrently
    AnyPredicate expected = IsTransient{};                 ///< failures that count; all others are neutral
    int success_threshold = 1;                             ///< successful trials that close the circuit again
    OnOpen on_open = OnOpen::fail;                         ///< what happens to calls while the circuit is open

    /// Throws `std::invalid_argument` that names the invalid member.
    void check() const {
        detail::check_each(detail::AtLeastOne{"CircuitBreakerOptions::failure_threshold", failure_threshold},
                           detail::NotNegative{"CircuitBreakerOptions::recovery_timeout", recovery_timeout},
                           detail::AtLeastOne{"CircuitBreakerOptions::half_open_max_calls", half_open_max_calls},
                           detail::AtLeastOne{"CircuitBreakerOptions::success_threshold", success_threshold});
    }
};

}  // namespace zenoo_rpc

#endif  // ZENOO_RPC_BREAKER_CIRCUIT_BREAKER_OPTIONS_HPP
