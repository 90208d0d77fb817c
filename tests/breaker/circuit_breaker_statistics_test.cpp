// SPDX-License-Identifier: BSL-1.0
// circuit_model_test.cpp compares the figures themselves with a model.
#include "support/catch.hpp"
#include "support/failures.hpp"
#include "support/manual_clock.hpp"

#include <zenoo_rpc/breaker/circuit_breaker.hpp>

#include <chrono>

using namespace std::chrono_literals;
using namespace zenoo_rpc;
using tests::network;

TEST_CASE("a new breaker has counted nothing") {
    CircuitBreaker const breaker;
    auto const statistics = breaker.statistics();
    CHECK(statistics.state == CircuitState::closed);
    CHECK(statistics.time_in_state == 0s);
    CHECK(statistics.calls == 0);
    CHECK(statistics.failure_rate == 0.0);
    CHECK(statistics.openings == 0);
}

TEST_CASE("without a window the rates cover all calls") {
    tests::ManualClock clock;
    CircuitBreaker breaker;
    for (int i = 0; i < 3; ++i) breaker.try_acquire(clock)->settle();
    breaker.try_acquire(clock)->settle(network);
    CHECK(breaker.statistics().failure_rate == 0.25);
    CHECK(breaker.statistics().slow_call_rate == 0.0);
}

TEST_CASE("the statistics contain the time in the current state") {
    tests::ManualClock clock;
    CircuitBreaker breaker{{.failure_threshold = 1, .recovery_timeout = 30s}};
    auto const time_in_state = [&] { return breaker.statistics().time_in_state; };
    breaker.try_acquire(clock)->settle(network);
    CHECK(time_in_state() == 0s);
    clock.advance(40s);
    CHECK(time_in_state() == 40s);
    auto trial = breaker.try_acquire(clock);
    clock.advance(5s);
    CHECK(time_in_state() == 5s);
    trial->settle();
    clock.advance(1h);
    CHECK(time_in_state() == 1h);
    breaker.open();
    clock.advance(3s);
    CHECK(time_in_state() == 3s);
}

TEST_CASE("reset clears the statistics, close does not") {
    tests::ManualClock clock;
    CircuitBreaker breaker{{.failure_threshold = 1}};
    breaker.try_acquire(clock)->settle();
    auto late = breaker.try_acquire(clock);
    breaker.try_acquire(clock)->settle(network);
    static_cast<void>(breaker.refusal());
    breaker.close();
    CHECK(breaker.statistics().calls == 2);
    CHECK(breaker.statistics().rejected == 1);
    CHECK(breaker.statistics().openings == 1);
    breaker.reset();
    late->settle();
    auto const statistics = breaker.statistics();
    CHECK(statistics.calls == 0);
    CHECK(statistics.failures == 0);
    CHECK(statistics.rejected == 0);
    CHECK(statistics.openings == 0);
    CHECK(statistics.failure_rate == 0.0);
    CHECK(statistics.stale == 1);
}
