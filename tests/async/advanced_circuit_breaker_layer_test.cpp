// SPDX-License-Identifier: BSL-1.0
// Rules that read a clock on every call use the clock of the executor, which may be virtual.
#include "async/breaker_fixture.hpp"
#include "support/catch.hpp"
#include "support/run.hpp"

#include <zenoo_rpc/async/async_retry.hpp>
#include <zenoo_rpc/async/async_sleep.hpp>
#include <zenoo_rpc/async/circuit_breaker_layer.hpp>
#include <zenoo_rpc/breaker/advanced_circuit_breaker.hpp>
#include <zenoo_rpc/exceptions.hpp>
#include <zenoo_rpc/retry/fixed_delay.hpp>

#include <chrono>
#include <memory>
#include <utility>

using namespace std::chrono_literals;
using namespace zenoo_rpc;
using tests::failing_call;
using tests::slow_call;
using tests::working_call;
using tests::World;

namespace {

auto make_advanced_breaker(AdvancedCircuitBreakerOptions options) {
    return std::make_shared<AdvancedCircuitBreaker>(std::move(options));
}

auto const one_attempt = RetryPolicy{.strategy = FixedDelayStrategy{.max_attempts = 1}};

}  // namespace

TEST_CASE("slow attempts of a retry open the circuit by the time they took") {
    World world;
    auto const breaker = make_advanced_breaker({.failure_threshold = 2,
                                                .slow_call_rate_threshold = 1.0,
                                                .slow_call_duration = 10s,
                                                .minimum_calls = 2,
                                                .window_size = 2});
    auto const layer = retry(one_attempt) | circuit_breaker(breaker);
    world.run(layer, working_call);
    world.run(layer, slow_call);
    CHECK(breaker->is_closed());
    world.run(layer, slow_call);
    CHECK(breaker->is_open());
    CHECK(breaker->retry_after() == 30s);
}

TEST_CASE("failures of a retry's attempts leave the window as time passes") {
    World world;
    auto const breaker = make_advanced_breaker({.failure_threshold = 2, .window_duration = 1min});
    auto const layer = retry(one_attempt) | circuit_breaker(breaker);
    world.run(layer, failing_call);
    world.time.advance(1min);
    world.run(layer, failing_call);
    CHECK(breaker->is_closed());
    world.time.advance(50s);
    world.run(layer, failing_call);
    CHECK(breaker->is_open());
}

TEST_CASE("calls wait at an open advanced circuit breaker and are admitted as trials one after another") {
    World world;
    auto const breaker = make_advanced_breaker({.failure_threshold = 1,
                                                .success_threshold = 2,
                                                .on_open = OnOpen::wait,
                                                .recovery_strategy = FixedDelayStrategy{.delay = 20s}});
    auto const layer = circuit_breaker(breaker);
    world.run(layer, failing_call);
    auto first = world.start(layer, slow_call);
    auto second = world.start(layer, slow_call);
    auto third = world.start(layer, slow_call);
    world.time.run();
    CHECK(first.outcome().elapsed == 30s);
    CHECK(second.outcome().elapsed == 40s);
    CHECK(third.outcome().elapsed == 50s);
    CHECK(breaker->is_closed());
    CHECK(breaker->statistics().rejected == 0);
}

TEST_CASE("a rejected call counts as one rejection") {
    World world;
    auto const breaker = make_advanced_breaker({.failure_threshold = 1});
    auto const layer = retry(one_attempt) | circuit_breaker(breaker);
    world.run(layer, failing_call);
    CHECK(world.run(layer, working_call).failure.is<CircuitBreakerOpenError>());
    CHECK(breaker->statistics().rejected == 1);
    CHECK(breaker->statistics().calls == 1);
}
