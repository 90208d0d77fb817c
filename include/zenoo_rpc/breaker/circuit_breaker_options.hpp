// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_BREAKER_CIRCUIT_BREAKER_OPTIONS_HPP
#define ZENOO_RPC_BREAKER_CIRCUIT_BREAKER_OPTIONS_HPP

#include <zenoo_rpc/core/detail/check.hpp>
#include <zenoo_rpc/retry/failure_predicate.hpp>

#include <chrono>

namespace zenoo_rpc {

/// What becomes of a call that an open circuit does not let in.
enum class OnOpen {
    fail,  ///< it fails at once with `CircuitBreakerOpenError`
    wait,  ///< it waits until it may be a trial, or until its deadline; that costs no attempt. All go on when it closes
};

struct CircuitBreakerOptions {
    int failure_threshold = 5;  ///< consecutive failures that open the circuit
    Duration recovery_timeout = std::chrono::seconds{30};
    int half_open_max_calls = 1;            ///< trials allowed at the same time
    AnyPredicate expected = IsTransient{};  ///< failures that count; all others are neutral
    int success_threshold = 1;              ///< successful trials that close the circuit again
    OnOpen on_open = OnOpen::fail;

    /// Throws `std::invalid_argument` that names what is unusable.
    void check() const {
        detail::check_each(detail::AtLeastOne{"CircuitBreakerOptions::failure_threshold", failure_threshold},
                           detail::NotNegative{"CircuitBreakerOptions::recovery_timeout", recovery_timeout},
                           detail::AtLeastOne{"CircuitBreakerOptions::half_open_max_calls", half_open_max_calls},
                           detail::AtLeastOne{"CircuitBreakerOptions::success_threshold", success_threshold});
    }
};

}  // namespace zenoo_rpc

#endif  // ZENOO_RPC_BREAKER_CIRCUIT_BREAKER_OPTIONS_HPP
