// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"

#include <zenoo_rpc/breaker/advanced_circuit_breaker.hpp>
#include <zenoo_rpc/exceptions.hpp>
#include <zenoo_rpc/retry/fixed_delay.hpp>

#include <chrono>
#include <limits>
#include <stdexcept>
#include <string>

using namespace std::chrono_literals;
using namespace zenoo_rpc;

namespace {

/// Returns the error about `options`, without the name of their type.
std::string refusal(AdvancedCircuitBreakerOptions const& options) {
    try {
        AdvancedCircuitBreaker{options};
    } catch (std::invalid_argument const& error) {
        std::string const text = error.what();
        return text.substr(std::string{"AdvancedCircuitBreakerOptions::"}.size());
    }
    return {};
}

}  // namespace

TEST_CASE("the basic options of an advanced breaker have the defaults of a basic breaker") {
    AdvancedCircuitBreakerOptions const options;
    CircuitBreakerOptions const basic;
    CHECK(options.failure_threshold == basic.failure_threshold);
    CHECK(options.recovery_timeout == basic.recovery_timeout);
    CHECK(options.half_open_max_calls == basic.half_open_max_calls);
    CHECK(options.expected.is_default() == basic.expected.is_default());
    CHECK(options.success_threshold == basic.success_threshold);
    CHECK(options.on_open == basic.on_open);
    CHECK(refusal(options).empty());
}

TEST_CASE("an advanced breaker takes the basic options") {
    AdvancedCircuitBreaker const breaker{{.failure_threshold = 10,
                                          .recovery_timeout = 60s,
                                          .half_open_max_calls = 3,
                                          .expected = failure_is<NetworkError, ServerError>,
                                          .success_threshold = 2,
                                          .on_open = OnOpen::wait}};
    CHECK(breaker.options().failure_threshold == 10);
    CHECK(breaker.options().recovery_timeout == 60s);
    CHECK(breaker.options().half_open_max_calls == 3);
    CHECK(breaker.options().expected(Errc::server_error));
    CHECK(breaker.options().success_threshold == 2);
    CHECK(breaker.options().on_open == OnOpen::wait);
}

TEST_CASE("unusable options of an advanced breaker are rejected by name and value") {
    auto const nan = std::numeric_limits<double>::quiet_NaN();
    CHECK(refusal({.failure_threshold = 0}) == "failure_threshold is 0, but must be at least 1");
    CHECK(refusal({.recovery_timeout = -1ns}) == "recovery_timeout is -1, but must not be negative (nanoseconds)");
    CHECK(refusal({.half_open_max_calls = 0}) == "half_open_max_calls is 0, but must be at least 1");
    CHECK(refusal({.success_threshold = 0}) == "success_threshold is 0, but must be at least 1");
    CHECK(refusal({.failure_rate_threshold = 1.5, .window_size = 20})
          == "failure_rate_threshold is 1.5, but must be between 0 and 1");
    CHECK(refusal({.slow_call_rate_threshold = nan, .window_size = 20})
          == "slow_call_rate_threshold is nan, but must be between 0 and 1");
    CHECK(refusal({.slow_call_duration = -5ns}) == "slow_call_duration is -5, but must not be negative (nanoseconds)");
    CHECK(refusal({.minimum_calls = 0}) == "minimum_calls is 0, but must be at least 1");
    CHECK(refusal({.window_size = -1}) == "window_size is -1, but must not be negative");
    CHECK(refusal({.window_duration = -3ns}) == "window_duration is -3, but must not be negative (nanoseconds)");
}

TEST_CASE("conflicting options of an advanced breaker are rejected") {
    CHECK(refusal({.window_size = 20, .window_duration = 1s})
          == "window_size is 20, but must not be combined with window_duration");
    CHECK(refusal({.failure_rate_threshold = 0.5})
          == "failure_rate_threshold is 0.5, but needs a window_size or a window_duration");
    CHECK(refusal({.slow_call_rate_threshold = 0.5})
          == "slow_call_rate_threshold is 0.5, but needs a window_size or a window_duration");
    CHECK(refusal({.failure_rate_threshold = 0.5, .minimum_calls = 6, .window_size = 5})
          == "minimum_calls is 6, but must not be more than window_size");
    CHECK(refusal({.failure_threshold = 6, .window_size = 5})
          == "failure_threshold is 6, but must not be more than window_size");
}

TEST_CASE("options of an advanced breaker at the limits are accepted") {
    CHECK(refusal({.failure_threshold = 5, .window_size = 5}).empty());
    CHECK(refusal({.failure_rate_threshold = 0.0, .minimum_calls = 5, .window_size = 5}).empty());
    CHECK(refusal({.failure_rate_threshold = 1.0, .minimum_calls = 99, .window_duration = 1ns}).empty());
    CHECK(refusal({.failure_threshold = 2, .window_size = 2}).empty());  // minimum_calls applies to rates only
}

TEST_CASE("a recovery strategy is checked together with the other options") {
    AdvancedCircuitBreakerOptions const options{.recovery_strategy = FixedDelayStrategy{.delay = -1s}};
    CHECK_THROWS_WITH(options.check(),
                      "FixedDelayStrategy::delay is -1000000000, but must not be negative (nanoseconds)");
}
