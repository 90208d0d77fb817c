// SPDX-License-Identifier: BSL-1.0
#include "async/breaker_fixture.hpp"
#include "support/catch.hpp"
#include "support/run.hpp"

#include <zenoo_rpc/async/async_retry.hpp>
#include <zenoo_rpc/async/async_sleep.hpp>
#include <zenoo_rpc/async/circuit_breaker_layer.hpp>
#include <zenoo_rpc/async/timeout.hpp>
#include <zenoo_rpc/exceptions.hpp>
#include <zenoo_rpc/retry/fixed_delay.hpp>

#include <boost/asio/error.hpp>

#include <chrono>
#include <stdexcept>
#include <string>
#include <vector>

using namespace std::chrono_literals;
using namespace zenoo_rpc;
using tests::failing;
using tests::make_breaker;
using tests::working;
using tests::World;

namespace {

template <class E>
E thrown(Failure const& failure) {
    try {
        failure.raise();
    } catch (E const& error) {
        return error;
    }
}

}  // namespace

TEST_CASE("a circuit opens at its threshold and rejects calls from then on") {
    World world;
    int calls = 0;
    auto const breaker = make_breaker({.failure_threshold = 2, .recovery_timeout = 30s});
    auto const layer = circuit_breaker(breaker);
    CHECK(world.run(layer(failing(calls))).failure.is<NetworkError>());
    CHECK(breaker->is_closed());
    CHECK(world.run(layer(failing(calls))).failure.is<NetworkError>());
    CHECK(breaker->is_open());
    world.time.advance(10s);

    auto const out = world.run(layer(failing(calls)));
    CHECK(calls == 2);
    auto const error = thrown<CircuitBreakerOpenError>(out.failure);
    CHECK(error.breaker() == "odoo");
    CHECK(error.retry_after() == 20s);
    CHECK(out.failure.retry_after() == 20s);
    CHECK(error.last_failure().is<NetworkError>());
    CHECK(error.delivery() == Delivery::not_sent);
}

TEST_CASE("after its recovery timeout a circuit admits a trial, whose success closes it") {
    World world;
    int calls = 0;
    auto const breaker = make_breaker({.failure_threshold = 1, .recovery_timeout = 30s});
    auto const layer = circuit_breaker(breaker);
    world.run(layer(failing(calls)));
    world.time.advance(30s);
    CHECK(breaker->is_open());
    CHECK(breaker->retry_after() == 0s);
    CHECK(world.run(layer(working(calls))).value == 2);
    CHECK(breaker->is_closed());
}

TEST_CASE("a trial that fails opens the circuit again") {
    World world;
    int calls = 0;
    auto const breaker = make_breaker({.failure_threshold = 1, .recovery_timeout = 30s});
    auto const layer = circuit_breaker(breaker);
    world.run(layer(failing(calls)));
    world.time.advance(31s);
    world.run(layer(failing(calls)));
    CHECK(breaker->is_open());
    CHECK(breaker->retry_after() == 30s);
}

TEST_CASE("an operation that returns a failed result is counted") {
    World world;
    auto const breaker = make_breaker({.failure_threshold = 1});
    auto const layer = circuit_breaker(breaker);
    auto const operation = []() -> asio::awaitable<Result<int>> { co_return Failure{Errc::network_error}; };
    CHECK(world.run(layer(operation)).value.value().error().code() == Errc::network_error);
    CHECK(breaker->is_open());
    auto const refused = world.run(layer(operation)).value.value().error();
    CHECK(refused.is<CircuitBreakerOpenError>());
    CHECK(refused.code() == Errc::circuit_open);
}

TEST_CASE("an attempt that times out counts, a cancelled one does not") {
    World world;
    auto const hanging = []() -> asio::awaitable<void> { co_await async_sleep(1h); };
    auto const breaker = make_breaker({.failure_threshold = 1});
    SECTION("a timeout of the attempt") {
        auto const policy = RetryPolicy{.strategy = FixedDelayStrategy{.max_attempts = 1}, .attempt_timeout = 5s};
        world.run(retry(policy) | circuit_breaker(breaker), hanging);
        CHECK(breaker->is_open());
    }
    SECTION("a timeout inside the breaker") {
        world.run(circuit_breaker(breaker) | timeout(5s), hanging);
        CHECK(breaker->is_open());
    }
    SECTION("a timeout outside the breaker cancels") {
        world.run(timeout(5s) | circuit_breaker(breaker), hanging);
        CHECK(breaker->is_closed());
    }
    SECTION("cancellation by the caller") {
        auto running = world.start(retry(RetryPolicy{}) | circuit_breaker(breaker), hanging);
        world.time.advance(1s);
        running.cancel();
        world.time.run();
        CHECK(breaker->is_closed());
    }
    SECTION("the total timeout counts neither for the current attempt nor again for the previous one") {
        auto const breaker_of_two = make_breaker({.failure_threshold = 2});
        auto const operation = [calls = 0]() mutable -> asio::awaitable<void> {
            if (++calls == 1) throw NetworkError{"down"};
            co_await async_sleep(1h);
        };
        auto const policy = RetryPolicy{.strategy = FixedDelayStrategy{.delay = 1s}, .total_timeout = 5s};
        world.run(retry(policy) | circuit_breaker(breaker_of_two), operation);
        CHECK(breaker_of_two->is_closed());
    }
}

TEST_CASE("an unexpected failure is neutral") {
    World world;
    auto const breaker = make_breaker({.failure_threshold = 1});
    auto const operation = []() -> asio::awaitable<void> {
        throw ValidationError{"no"};
        co_return;
    };
    CHECK(world.run(circuit_breaker(breaker), operation).failure.is<ValidationError>());
    CHECK(breaker->is_closed());
}

TEST_CASE("a half-open circuit admits half_open_max_calls concurrent trials, and a cancelled one releases its place") {
    World world;
    int calls = 0;
    auto const breaker = make_breaker(
        {.failure_threshold = 1, .recovery_timeout = 30s, .half_open_max_calls = 2, .success_threshold = 3});
    auto const layer = circuit_breaker(breaker);
    world.run(layer(failing(calls)));
    world.time.advance(30s);
    auto const slow = []() -> asio::awaitable<int> {
        co_await async_sleep(10s);
        co_return 0;
    };
    auto first = world.start(layer(slow));
    auto second = world.start(layer(slow));
    auto third = world.start(layer(slow));
    world.time.advance(1s);
    CHECK(third.outcome().failure.is<CircuitBreakerOpenError>());
    first.cancel();
    world.time.advance(0s);
    CHECK(first.outcome().failure.code() == asio::error::operation_aborted);
    auto fourth = world.start(layer(slow));
    world.time.advance(1s);
    CHECK_FALSE(fourth.ended());
    world.time.run();
    CHECK(second.outcome().value);
    CHECK(fourth.outcome().value);
    CHECK(breaker->is_half_open());  // two of three
    CHECK(world.run(layer(working(calls))).value);
    CHECK(breaker->is_closed());
}

TEST_CASE("transitions are reported in order, once each, even if an observer throws") {
    World world;
    int calls = 0;
    std::vector<std::string> events;
    auto const breaker = make_breaker({.failure_threshold = 1, .recovery_timeout = 30s});
    auto const broken = breaker->observe([](RetryEvent const&) { throw std::runtime_error{"trouble"}; });
    auto const handle = breaker->observe([&](RetryEvent const& event) {
        events.push_back(std::string{event.operation} + " " + to_string(event.type) + " "
                         + std::to_string(std::chrono::duration_cast<std::chrono::seconds>(event.delay).count()));
        breaker->is_open();  // no lock is held
    });
    auto const layer = circuit_breaker(breaker);
    world.run(layer(failing(calls)));
    world.run(layer(failing(calls)));
    world.time.advance(30s);
    world.run(layer(working(calls)));
    CHECK(events
          == std::vector<std::string>{"odoo circuit_breaker_opened 30", "odoo circuit_breaker_half_opened 0",
                                      "odoo circuit_breaker_closed 0"});
}

TEST_CASE("a layer needs a breaker") {
    CHECK_THROWS_AS(circuit_breaker(nullptr), std::invalid_argument);
    CHECK_THROWS_AS(circuit_breaker(nullptr, OnOpen::wait), std::invalid_argument);
}
