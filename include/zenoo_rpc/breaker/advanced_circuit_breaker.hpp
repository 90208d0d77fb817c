// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_BREAKER_ADVANCED_CIRCUIT_BREAKER_HPP
#define ZENOO_RPC_BREAKER_ADVANCED_CIRCUIT_BREAKER_HPP

#include <zenoo_rpc/breaker/circuit_breaker.hpp>
#include <zenoo_rpc/core/detail/check.hpp>
#include <zenoo_rpc/retry/any_strategy.hpp>

#include <chrono>
#include <optional>
#include <string>
#include <utility>

namespace zenoo_rpc {

/// Without a window, failures in a row open the circuit, as in a `CircuitBreaker`; with one, those that are in it.
struct AdvancedCircuitBreakerOptions {
    int failure_threshold = 5;  ///< failures that open the circuit, unless there is a failure_rate_threshold
    Duration recovery_timeout = std::chrono::seconds{30};
    int half_open_max_calls = 1;            ///< trials allowed at the same time
    AnyPredicate expected = IsTransient{};  ///< failures that count; all others are neutral
    int success_threshold = 1;              ///< successful trials that close the circuit again
    OnOpen on_open = OnOpen::fail;

    std::optional<double> failure_rate_threshold = {};  ///< share of the calls in the window, 0 to 1
    /// The same of slow calls, whatever else opens the circuit. If set, a slow trial is a failed one.
    std::optional<double> slow_call_rate_threshold = {};
    Duration slow_call_duration = std::chrono::seconds{60};  ///< a call that takes as long or longer is slow
    int minimum_calls = 10;                                  ///< in the window, before a rate says anything
    int window_size = 0;                                     ///< the last so many calls
    /// Or the calls of the last while, which moves on in tenths. The clock is then read at each call.
    Duration window_duration = Duration::zero();
    /// In place of recovery_timeout: `get_delay(n)` is that of the opening number n, however many attempts it allows.
    /// It starts again after a recovery at least as long as the delay before. Must not use the breaker.
    std::optional<AnyStrategy> recovery_strategy = {};

    /// Throws `std::invalid_argument` that names what is unusable.
    void check() const;
};

/// A circuit breaker that can look at more than failures in a row: at shares, at slow calls, at the last calls or the
/// last minutes; and that can stay open longer each time.
class AdvancedCircuitBreaker : public CircuitBreaker {
public:
    /// Throws `std::invalid_argument` that names what is unusable in `options`.
    explicit AdvancedCircuitBreaker(AdvancedCircuitBreakerOptions const& options = {},
                                    std::string name = "circuit breaker")
        : CircuitBreaker{basic(detail::checked(options)), thresholds(options), options.recovery_strategy,
                         std::move(name)} {}

private:
    static CircuitBreakerOptions basic(AdvancedCircuitBreakerOptions const& options) {
        return {options.failure_threshold, options.recovery_timeout,  options.half_open_max_calls,
                options.expected,          options.success_threshold, options.on_open};
    }
    static detail::OpeningThresholds thresholds(AdvancedCircuitBreakerOptions const& options) {
        return {.failures = options.failure_threshold,
                .failure_rate = options.failure_rate_threshold,
                .slow_call_rate = options.slow_call_rate_threshold,
                .slow_call_duration = options.slow_call_duration,
                .minimum_calls = options.minimum_calls,
                .window_size = options.window_size,
                .window_duration = options.window_duration};
    }
};

inline void AdvancedCircuitBreakerOptions::check() const {
    using namespace detail;
    check_each(
        AtLeastOne{"AdvancedCircuitBreakerOptions::failure_threshold", failure_threshold},
        NotNegative{"AdvancedCircuitBreakerOptions::recovery_timeout", recovery_timeout},
        AtLeastOne{"AdvancedCircuitBreakerOptions::half_open_max_calls", half_open_max_calls},
        AtLeastOne{"AdvancedCircuitBreakerOptions::success_threshold", success_threshold},
        Fraction{"AdvancedCircuitBreakerOptions::failure_rate_threshold", failure_rate_threshold.value_or(0)},
        Fraction{"AdvancedCircuitBreakerOptions::slow_call_rate_threshold", slow_call_rate_threshold.value_or(0)},
        NotNegative{"AdvancedCircuitBreakerOptions::slow_call_duration", slow_call_duration},
        AtLeastOne{"AdvancedCircuitBreakerOptions::minimum_calls", minimum_calls},
        Demand{"AdvancedCircuitBreakerOptions::window_size", window_size, window_size >= 0, "must not be negative"},
        NotNegative{"AdvancedCircuitBreakerOptions::window_duration", window_duration});

    bool const counts = window_size > 0;
    bool const times = window_duration > Duration::zero();
    bool const rates = failure_rate_threshold || slow_call_rate_threshold;
    check_each(Demand{"AdvancedCircuitBreakerOptions::window_size", window_size, !counts || !times,
                      "must not be set beside window_duration"},
               Demand{"AdvancedCircuitBreakerOptions::failure_rate_threshold", failure_rate_threshold.value_or(0),
                      !failure_rate_threshold || counts || times, "needs a window_size or a window_duration"},
               Demand{"AdvancedCircuitBreakerOptions::slow_call_rate_threshold", slow_call_rate_threshold.value_or(0),
                      !slow_call_rate_threshold || counts || times, "needs a window_size or a window_duration"},
               Demand{"AdvancedCircuitBreakerOptions::minimum_calls", minimum_calls,
                      !counts || !rates || minimum_calls <= window_size, "must not be more than window_size"},
               Demand{"AdvancedCircuitBreakerOptions::failure_threshold", failure_threshold,
                      !counts || failure_rate_threshold || failure_threshold <= window_size,
                      "must not be more than window_size"});
    if (recovery_strategy) recovery_strategy->check();
}

}  // namespace zenoo_rpc

#endif  // ZENOO_RPC_BREAKER_ADVANCED_CIRCUIT_BREAKER_HPP
