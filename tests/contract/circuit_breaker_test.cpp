// SPDX-License-Identifier: BSL-1.0
// The programs of the contract's page on circuit breakers.
#include "support/catch.hpp"

#include <zenoo_rpc/retry.hpp>

#include <chrono>
#include <memory>

using namespace std::chrono_literals;
using namespace zenoo_rpc;

TEST_CASE("a circuit breaker is created from options, shared, and can be opened and closed manually") {
    auto breaker =
        std::make_shared<CircuitBreaker>(CircuitBreakerOptions{.failure_threshold = 5, .recovery_timeout = 30s});
    CHECK(breaker->is_closed());
    breaker->open();
    CHECK(breaker->is_open());
    CHECK_FALSE(breaker->is_half_open());
    CHECK(breaker->state() == CircuitState::open);
    CHECK(breaker->retry_after() == Duration::max());
    breaker->close();
    breaker->reset();
    CHECK(breaker->retry_after() == 0s);
}

TEST_CASE("an advanced circuit breaker is a circuit breaker with further options in this order") {
    auto advanced = std::make_shared<AdvancedCircuitBreaker>(
        AdvancedCircuitBreakerOptions{.failure_threshold = 10,
                                      .recovery_timeout = 60s,
                                      .half_open_max_calls = 3,
                                      .expected = failure_is<NetworkError, ServerError>,
                                      .success_threshold = 2,
                                      .on_open = OnOpen::wait,
                                      .failure_rate_threshold = 0.5,
                                      .slow_call_rate_threshold = 0.8,
                                      .slow_call_duration = 5s,
                                      .minimum_calls = 20,
                                      .window_size = 100,
                                      .recovery_strategy = ExponentialBackoffStrategy{.base_delay = 5s}});
    std::shared_ptr<CircuitBreaker> const breaker = advanced;
    CHECK(breaker->is_closed());
    CHECK_NOTHROW(AdvancedCircuitBreakerOptions{.failure_threshold = 10, .window_duration = 1min}.check());
}

TEST_CASE("the options of a circuit breaker are in this order and have these defaults") {
    auto const options = CircuitBreakerOptions{.failure_threshold = 10,
                                               .recovery_timeout = 60s,
                                               .half_open_max_calls = 3,
                                               .expected = failure_is<NetworkError, ServerError>,
                                               .success_threshold = 2,
                                               .on_open = OnOpen::wait};
    CHECK(options.expected(Errc::server_error));
    CHECK_FALSE(options.expected(Errc::access_denied));
    CircuitBreakerOptions const defaults;
    CHECK(defaults.failure_threshold == 5);
    CHECK(defaults.recovery_timeout == 30s);
    CHECK(defaults.half_open_max_calls == 1);
    CHECK(defaults.expected(Errc::network_error));
    CHECK_FALSE(defaults.expected(Errc::server_error));
    CHECK(defaults.success_threshold == 1);
    CHECK(defaults.on_open == OnOpen::fail);
}
