// SPDX-License-Identifier: BSL-1.0
#include "breaker/circuit_world.hpp"
#include "support/catch.hpp"
#include "support/failures.hpp"

#include <zenoo_rpc/breaker/circuit_breaker.hpp>

#include <chrono>

using namespace std::chrono_literals;
using namespace zenoo_rpc;
using tests::CircuitWorld;
using tests::network;

TEST_CASE("a manually opened circuit stays open until it is closed manually") {
    CircuitWorld world;
    world.breaker.open();
    CHECK(world.breaker.is_open());
    CHECK(world.breaker.retry_after() == Duration::max());
    CHECK(world.breaker.refusal().retry_after() == Duration::max());
    CHECK_FALSE(world.breaker.refusal().last_failure());
    world.clock.advance(24h * 365);
    CHECK(world.refuses());
    SECTION("close") { world.breaker.close(); }
    SECTION("reset") { world.breaker.reset(); }
    CHECK(world.breaker.is_closed());
    CHECK(world.breaker.retry_after() == 0s);
    world.succeed();
}

TEST_CASE("a circuit opened by failures and then manually stays open beyond the recovery timeout") {
    CircuitWorld world;
    world.trip();
    world.breaker.open();
    auto const reads = world.clock.reads();
    CHECK(world.breaker.retry_after() == Duration::max());
    world.clock.advance(1h);
    CHECK(world.refuses());
    CHECK(world.clock.reads() == reads);
}

TEST_CASE("a manual opening does not affect a later opening by failures") {
    CircuitWorld world;
    world.breaker.open();
    world.breaker.close();
    world.trip();
    CHECK(world.breaker.retry_after() == 30s);
    world.clock.advance(30s);
    world.succeed();
    CHECK(world.breaker.is_closed());
}

TEST_CASE("a half-open circuit can be opened and closed manually and discards its trials") {
    CircuitWorld world{{.failure_threshold = 2, .success_threshold = 2}};
    world.trip_and_recover();
    auto trial = world.permit();
    SECTION("opened") {
        world.breaker.open();
        CHECK_FALSE(world.breaker.refusal().last_failure());
        trial.settle();
        CHECK(world.breaker.is_open());
        CHECK(world.refuses());
    }
    SECTION("closed") {
        world.breaker.close();
        trial.settle(network);
        world.fail();
        CHECK(world.breaker.is_closed());
    }
}

TEST_CASE("closing manually clears the failure count") {
    CircuitWorld world{{.failure_threshold = 2}};
    world.fail();
    SECTION("close") { world.breaker.close(); }
    SECTION("reset") { world.breaker.reset(); }
    CHECK(world.breaker.is_closed());
    world.fail();
    CHECK(world.breaker.is_closed());
    world.fail();
    CHECK(world.breaker.is_open());
}
