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

/// Options of an `AdvancedCircuitBreaker`. Without a window, consecutive failures open the circuit, as in a
/// `CircuitBreaker`; with one, the failures in the window do.
struct AdvancedCircuitBreakerOptions {
    int failure_threshold = 5;  ///< failures that open the circuit, unless there is a failure_rate_threshold
    Duration recovery_timeout = std::chrono::seconds{30};  ///< how long the circuit stays open before a trial
    int half_open_max_calls = 1;                           ///< trials allowed concurrently
    AnyPredicate expected = IsTransient{};                 ///< failures that count; all others are neutral
    int success_threshold = 1;                             ///< successful trials that close the circuit again
    OnOpen on_open = OnOpen::fail;                         ///< what happens to calls while the circuit is open

    std::optional<double> failure_rate_threshold = {};  ///< failed share of the calls in the window, 0 to 1
    /// Slow share of the calls in the window, 0 to 1, that opens the circuit as well. If set, a slow trial counts as a
    /// failed one.
    std::optional<double> slow_call_rate_threshold = {};
    Duration slow_call_duration = std::chrono::seconds{60};  ///< a call that takes this long or longer is slow
    int minimum_calls = 10;                                  ///< calls in the window before a rate is evaluated
    int window_size = 0;                                     ///< number of most recent calls in the window; 0 for none
    /// Length of a window of time, which moves in steps of a tenth; zero for none. The clock is then read for each
    /// call. Must not be combined with `window_size`.
    Duration window_duration = Duration::zero();
    /// Replaces `recovery_timeout`: `get_delay(n)` is the timeout after opening number n, regardless of the strategy's
    /// `max_attempts`. Starts again after the circuit has been closed for at least the last timeout. Must not use the
    /// circuit breaker.
    std::optional<AnyStrategy> recovery_strategy = {};

    /// Throws `std::invalid_argument` that names the invalid member.
    void check() const;
};

/// A circuit breaker with more criteria than consecutive failures: rates, slow calls, a window of calls or of time. Its
/// recovery timeout can grow with each opening.
class AdvancedCircuitBreaker : public CircuitBreaker {
public:
    /// Throws `std::invalid_argument` that names the invalid member of `options`.
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
                      "must not be combined with window_duration"},
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
