// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"

#include <zenoo_rpc/breaker/circuit_breaker.hpp>
#include <zenoo_rpc/breaker/circuit_breaker_options.hpp>
#include <zenoo_rpc/exceptions.hpp>

#include <chrono>
#include <stdexcept>
#include <string>

using namespace std::chrono_literals;
using namespace zenoo_rpc;

TEST_CASE("the default options of a breaker") {
    CircuitBreakerOptions const options;
    CHECK(options.failure_threshold == 5);
    CHECK(options.recovery_timeout == 30s);
    CHECK(options.half_open_max_calls == 1);
    CHECK(options.success_threshold == 1);
    CHECK(options.on_open == OnOpen::fail);
    CHECK(options.expected(Errc::network_error));
    CHECK_FALSE(options.expected(Errc::user_error));
    CHECK_NOTHROW(options.check());
}

TEST_CASE("designated initialisers of a breaker's options follow this order") {
    CircuitBreakerOptions const options{.failure_threshold = 10,
                                        .recovery_timeout = 60s,
                                        .half_open_max_calls = 3,
                                        .expected = failure_is<NetworkError, ServerError>,
                                        .success_threshold = 2,
                                        .on_open = OnOpen::wait};
    CHECK(options.expected(Errc::server_error));
    CHECK_FALSE(options.expected(Errc::timed_out));
    CHECK(options.on_open == OnOpen::wait);
}

TEST_CASE("unusable options are rejected by name and value") {
    CHECK_NOTHROW(CircuitBreakerOptions{.failure_threshold = 1, .recovery_timeout = 0s}.check());
    CHECK_THROWS_WITH(CircuitBreakerOptions{.failure_threshold = 0}.check(),
                      "CircuitBreakerOptions::failure_threshold is 0, but must be at least 1");
    CHECK_THROWS_WITH(CircuitBreakerOptions{.recovery_timeout = -1ns}.check(),
                      "CircuitBreakerOptions::recovery_timeout is -1, but must not be negative (nanoseconds)");
    CHECK_THROWS_WITH(CircuitBreakerOptions{.half_open_max_calls = 0}.check(),
                      "CircuitBreakerOptions::half_open_max_calls is 0, but must be at least 1");
    CHECK_THROWS_WITH(CircuitBreakerOptions{.success_threshold = -7}.check(),
                      "CircuitBreakerOptions::success_threshold is -7, but must be at least 1");
}

TEST_CASE("a breaker cannot be constructed with unusable options") {
    CHECK_THROWS_AS(CircuitBreaker{CircuitBreakerOptions{.failure_threshold = 0}}, std::invalid_argument);
}

TEST_CASE("each circuit state has a readable name") {
    CHECK(to_string(CircuitState::closed) == std::string{"closed"});
    CHECK(to_string(CircuitState::open) == std::string{"open"});
    CHECK(to_string(CircuitState::half_open) == std::string{"half-open"});
    CHECK(to_string(static_cast<CircuitState>(99)) == std::string{"?"});
}
