// SPDX-License-Identifier: BSL-1.0
#include "breaker/circuit_world.hpp"
#include "support/catch.hpp"
#include "support/failures.hpp"

#include <zenoo_rpc/breaker/circuit_breaker.hpp>

#include <chrono>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

using namespace std::chrono_literals;
using namespace zenoo_rpc;
using tests::CircuitWorld;
using tests::network;
using tests::user;

namespace {

/// Records the events of a breaker as text.
struct Witness {
    std::vector<std::string> heard;

    auto observer() {
        return [this](RetryEvent const& event) {
            heard.push_back(to_string(event.type) + std::string{" "} + std::string{event.operation});
        };
    }
};

}  // namespace

TEST_CASE("concurrent failures open the circuit once") {
    CircuitWorld world{{.failure_threshold = 2}};
    Witness witness;
    auto const watching = world.breaker.observe(witness.observer());
    std::vector<CircuitBreaker::Permit> calls;
    for (int i = 0; i < 5; ++i) calls.push_back(world.permit());
    for (auto& call : calls) {
        call.settle(network);
        world.clock.advance(1s);
    }
    CHECK(witness.heard == std::vector<std::string>{"circuit_breaker_opened orders"});
    CHECK(world.breaker.retry_after() == 30s - 4s);
}

TEST_CASE("observers receive each transition once and in order") {
    CircuitWorld world;
    Witness witness;
    auto const watching = world.breaker.observe(witness.observer());
    world.succeed();
    world.fail(user);
    world.fail();
    CHECK(witness.heard.empty());
    world.fail();
    CHECK(world.refuses());
    world.clock.advance(30s);
    CHECK(witness.heard.size() == 1);
    auto trial = world.permit();
    CHECK(witness.heard.size() == 2);
    trial.settle(network);
    CHECK(witness.heard.size() == 3);
    world.clock.advance(30s);
    world.succeed();
    world.breaker.close();
    world.breaker.open();
    world.breaker.open();
    world.breaker.reset();
    CHECK(witness.heard
          == std::vector<std::string>{"circuit_breaker_opened orders", "circuit_breaker_half_opened orders",
                                      "circuit_breaker_opened orders", "circuit_breaker_half_opened orders",
                                      "circuit_breaker_closed orders", "circuit_breaker_opened orders",
                                      "circuit_breaker_closed orders"});
}

TEST_CASE("an event contains the duration of the open state and its reason") {
    CircuitWorld world{{.failure_threshold = 1}};
    std::vector<RetryEventType> types;
    std::vector<Duration> delays;
    std::vector<error_code> reasons;
    auto const watching = world.breaker.observe([&](RetryEvent const& event) {
        types.push_back(event.type);
        delays.push_back(event.delay);
        reasons.push_back(event.failure.code());
        CHECK(event.attempt == 0);
    });
    world.fail(Errc::rate_limited);
    world.clock.advance(30s);
    world.succeed();
    world.breaker.open();
    CHECK(types
          == std::vector{RetryEventType::circuit_breaker_opened, RetryEventType::circuit_breaker_half_opened,
                         RetryEventType::circuit_breaker_closed, RetryEventType::circuit_breaker_opened});
    CHECK(delays == std::vector<Duration>{30s, 0s, 0s, Duration::max()});
    CHECK(reasons.front() == Errc::rate_limited);
    CHECK_FALSE(reasons[2].failed());
    CHECK_FALSE(reasons.back().failed());
}

TEST_CASE("an observer may query and change the breaker, and all observers see the changes in order") {
    CircuitWorld world{{.failure_threshold = 1}};
    Witness first;
    Witness second;
    auto const meddling = world.breaker.observe([&, report = first.observer()](RetryEvent const& event) {
        report(event);
        if (event.type == RetryEventType::circuit_breaker_opened) {
            CHECK(world.breaker.is_open());
            CHECK(world.refuses());
            world.breaker.close();
        }
    });
    auto const watching = world.breaker.observe(second.observer());
    world.fail();
    CHECK(world.breaker.is_closed());
    CHECK(first.heard == std::vector<std::string>{"circuit_breaker_opened orders", "circuit_breaker_closed orders"});
    CHECK(second.heard == first.heard);
}

TEST_CASE("an observer that throws affects neither the breaker nor other observers") {
    CircuitWorld world{{.failure_threshold = 1}};
    Witness witness;
    auto const throwing = world.breaker.observe([](RetryEvent const&) { throw std::runtime_error{"text"}; });
    auto const watching = world.breaker.observe(witness.observer());
    CHECK_NOTHROW(world.trip_and_recover());
    CHECK_NOTHROW(world.succeed());
    CHECK(world.breaker.is_closed());
    CHECK(witness.heard.size() == 3);
}

TEST_CASE("an observer receives events only from its registration until its handle is dropped") {
    CircuitWorld world{{.failure_threshold = 1}};
    world.breaker.open();
    Witness witness;
    auto watching = world.breaker.observe(witness.observer());
    world.breaker.close();
    CHECK(witness.heard.size() == 1);
    watching.reset();
    world.breaker.open();
    CHECK(witness.heard.size() == 1);
    watching = world.breaker.observe(witness.observer());
    world.breaker.close();
    CHECK(witness.heard.size() == 2);
}

TEST_CASE("an observer's handle may outlive the breaker and does not keep it alive") {
    Witness witness;
    std::shared_ptr<void const> watching;
    {
        CircuitWorld world;
        watching = world.breaker.observe(witness.observer());
    }
    CHECK(witness.heard.empty());
}
