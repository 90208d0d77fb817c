// SPDX-License-Identifier: BSL-1.0
#include "breaker/circuit_world.hpp"
#include "support/catch.hpp"
#include "support/failures.hpp"

#include <zenoo_rpc/breaker/circuit_breaker.hpp>

#include <boost/system/errc.hpp>

#include <chrono>
#include <memory>

using namespace std::chrono_literals;
using namespace zenoo_rpc;
using tests::CircuitWorld;
using tests::network;
using tests::user;

TEST_CASE("an open circuit rejects calls until the recovery timeout has passed") {
    CircuitWorld world{{.failure_threshold = 2, .recovery_timeout = 30s}};
    world.trip();
    CHECK(world.refuses());
    CHECK(world.breaker.retry_after() == 30s);
    world.clock.advance(30s - 1ns);
    CHECK(world.refuses());
    CHECK(world.breaker.retry_after() == 1ns);
    world.clock.advance(1ns);
    CHECK(world.breaker.is_open());
    CHECK(world.breaker.retry_after() == 0s);
    auto const trial = world.permit();
    CHECK(world.breaker.is_half_open());
    CHECK(world.breaker.retry_after() == 0s);
}

TEST_CASE("the recovery timeout starts at the failure, not at the start of the call") {
    CircuitWorld world{{.failure_threshold = 1, .recovery_timeout = 30s}};
    auto slow = world.permit();
    world.clock.advance(10s);
    slow.settle(network);
    CHECK(world.breaker.retry_after() == 30s);
}

TEST_CASE("only a call ends the open state") {
    CircuitWorld world;
    world.trip_and_recover();
    world.clock.advance(1h);
    CHECK(world.breaker.is_open());
    CHECK(world.breaker.retry_after() == 0s);
    CHECK(world.breaker.refusal().retry_after() == 0s);
    CHECK(world.breaker.is_open());
}

TEST_CASE("with a recovery timeout of zero the next call is a trial") {
    CircuitWorld world{{.failure_threshold = 1, .recovery_timeout = 0s}};
    world.fail();
    CHECK(world.breaker.is_open());
    world.succeed();
    CHECK(world.breaker.is_closed());
}

TEST_CASE("an unlimited or huge recovery timeout does not overflow") {
    auto const timeout = GENERATE(Duration{unlimited}, Duration{unlimited - 1ns});
    CircuitWorld world{{.failure_threshold = 1, .recovery_timeout = timeout}};
    world.fail();
    world.clock.advance(24h * 365);
    CHECK(world.refuses());
    CHECK(world.breaker.retry_after() == Duration::max());
    world.breaker.close();
    world.succeed();
}

TEST_CASE("a half-open circuit admits only as many concurrent trials as allowed") {
    CircuitWorld world{{.failure_threshold = 1, .half_open_max_calls = 2, .success_threshold = 10}};
    world.trip_and_recover();
    auto first = world.permit();
    auto second = std::optional{world.permit()};
    CHECK(world.refuses());
    first.settle();
    auto third = world.permit();
    CHECK(world.refuses());
    second.reset();
    auto fourth = world.permit();
    CHECK(world.refuses());
    fourth.settle(user);
    auto const fifth = world.permit();
    CHECK(world.refuses());
    CHECK(world.breaker.is_half_open());
}

TEST_CASE("one successful trial closes the circuit") {
    CircuitWorld world;
    world.trip_and_recover();
    world.succeed();
    CHECK(world.breaker.is_closed());
    CHECK(world.breaker.retry_after() == 0s);
    world.fail();
    CHECK(world.breaker.is_closed());
    world.fail();
    CHECK(world.breaker.is_open());
}

TEST_CASE("success_threshold successful trials close the circuit") {
    CircuitWorld world{{.failure_threshold = 1, .half_open_max_calls = 2, .success_threshold = 3}};
    world.trip_and_recover();
    world.succeed();
    world.succeed();
    CHECK(world.breaker.is_half_open());
    world.fail(user);
    {
        auto const dropped = world.permit();
    }
    CHECK(world.breaker.is_half_open());
    world.succeed();
    CHECK(world.breaker.is_closed());
}

TEST_CASE("one failed trial opens the circuit again for the whole recovery timeout and clears the successes") {
    CircuitWorld world{{.failure_threshold = 3, .recovery_timeout = 30s, .success_threshold = 2}};
    world.trip_and_recover();
    world.succeed();
    world.clock.advance(5s);
    world.fail();
    CHECK(world.breaker.is_open());
    CHECK(world.breaker.retry_after() == 30s);
    world.clock.advance(30s);
    world.succeed();
    CHECK(world.breaker.is_half_open());
    world.succeed();
    CHECK(world.breaker.is_closed());
}

TEST_CASE("a neutral trial releases its place and changes nothing") {
    CircuitWorld world;
    world.trip_and_recover();
    world.fail(user);
    CHECK(world.breaker.is_half_open());
    {
        auto const dropped = world.permit();
    }
    CHECK(world.breaker.is_half_open());
    world.fail(make_error_code(boost::system::errc::operation_canceled));
    CHECK(world.breaker.is_half_open());
    world.succeed();
    CHECK(world.breaker.is_closed());
}

TEST_CASE("the outcome of a call from before the opening has no effect") {
    CircuitWorld world{{.failure_threshold = 1, .half_open_max_calls = 1}};
    auto late_success = world.permit();
    auto late_failure = world.permit();
    auto late_drop = std::make_unique<CircuitBreaker::Permit>(world.permit());
    auto later_still = world.permit();
    world.trip_and_recover();

    late_success.settle();
    CHECK(world.breaker.is_open());
    auto trial = world.permit();
    late_failure.settle(network);
    CHECK(world.breaker.is_half_open());
    late_drop.reset();
    CHECK(world.refuses());
    trial.settle();
    CHECK(world.breaker.is_closed());
    later_still.settle(network);
    CHECK(world.breaker.is_closed());
}

TEST_CASE("the outcome of an earlier trial has no effect") {
    CircuitWorld world{{.failure_threshold = 1, .half_open_max_calls = 3, .success_threshold = 1}};
    world.trip_and_recover();
    auto failing = world.permit();
    auto late_success = world.permit();
    auto late_failure = world.permit();
    failing.settle(network);
    CHECK(world.breaker.is_open());
    late_success.settle();
    CHECK(world.breaker.is_open());
    world.clock.advance(30s);
    world.succeed();
    CHECK(world.breaker.is_closed());
    late_failure.settle(network);
    CHECK(world.breaker.is_closed());
}

TEST_CASE("trials of an earlier half-open state occupy no place in later ones") {
    CircuitWorld world{{.failure_threshold = 1, .half_open_max_calls = 2}};
    world.trip_and_recover();
    auto failing = world.permit();
    auto const lingering = world.permit();
    failing.settle(network);
    world.clock.advance(30s);
    auto const first = world.permit();
    auto const second = world.permit();
    CHECK(world.refuses());
}
