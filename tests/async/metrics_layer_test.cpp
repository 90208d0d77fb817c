// SPDX-License-Identifier: BSL-1.0
#include "async/succeeding_at.hpp"
#include "support/catch.hpp"
#include "support/run.hpp"

#include <zenoo_rpc/async/async_retry.hpp>
#include <zenoo_rpc/async/async_sleep.hpp>
#include <zenoo_rpc/async/circuit_breaker_layer.hpp>
#include <zenoo_rpc/async/metrics_layer.hpp>
#include <zenoo_rpc/exceptions.hpp>
#include <zenoo_rpc/retry/fixed_delay.hpp>

#include <chrono>
#include <memory>

using namespace std::chrono_literals;
using namespace zenoo_rpc;
using tests::succeeding_at;
using tests::World;

namespace {

constexpr auto doubling =
    RetryPolicy{.strategy = ExponentialBackoffStrategy{.max_attempts = 3, .base_delay = 1s, .jitter = NoJitter{}}};

}  // namespace

TEST_CASE("a metrics layer needs a recorder") { CHECK_THROWS_AS(metrics(nullptr), std::invalid_argument); }

TEST_CASE("a new metrics recorder has counted nothing") {
    auto const m = MetricsRecorder{}.snapshot();
    CHECK(m.operations == 0);
    CHECK(m.total_attempts == 0);
    CHECK(m.average_delay == 0s);
}

TEST_CASE("operations, attempts and retries are counted exactly") {
    World world;
    auto const recorder = std::make_shared<MetricsRecorder>();
    auto const pipeline = retry(doubling) | metrics(recorder);
    world.run(pipeline, succeeding_at(1));  // 1 attempt
    world.run(pipeline, succeeding_at(2));  // 2, delay 1 s
    world.run(pipeline, succeeding_at(3));  // 3, delays 1 s and 2 s
    world.run(pipeline, succeeding_at(9));  // 3, delays 1 s and 2 s, failed
    auto const m = recorder->snapshot();
    CHECK(m.operations == 4);
    CHECK(m.total_attempts == 9);
    CHECK(m.retries == 5);
    CHECK(m.successful_retries == 2);
    CHECK(m.failed_retries == 1);
    CHECK(m.average_delay == 1400ms);
    CHECK(m.circuit_breaker_opens == 0);
    CHECK(m.circuit_breaker_rejections == 0);
}

TEST_CASE("openings and rejections are counted exactly") {
    World world;
    auto const recorder = std::make_shared<MetricsRecorder>();
    auto const breaker = std::make_shared<CircuitBreaker>(CircuitBreakerOptions{.failure_threshold = 2});
    auto const handle = breaker->observe([&](RetryEvent const& event) { recorder->on_event(event); });
    auto const pipeline = retry(doubling) | circuit_breaker(breaker) | metrics(recorder);
    world.run(pipeline, succeeding_at(9));  // 2 attempts, and the circuit opens
    world.run(pipeline, succeeding_at(1));  // rejected
    auto const m = recorder->snapshot();
    CHECK(m.operations == 1);
    CHECK(m.total_attempts == 2);
    CHECK(m.circuit_breaker_opens == 1);
    CHECK(m.circuit_breaker_rejections == 2);
}

TEST_CASE("a cancelled operation counts neither as success nor as failure") {
    World world;
    auto const recorder = std::make_shared<MetricsRecorder>();
    auto const operation = [calls = 0]() mutable -> asio::awaitable<void> {
        if (++calls == 1) throw NetworkError{"down"};
        co_await async_sleep(1h);
    };
    auto running = world.start(retry(doubling) | metrics(recorder), operation);
    world.time.advance(10s);
    running.cancel();
    world.time.run();
    auto const m = recorder->snapshot();
    CHECK(m.operations == 1);
    CHECK(m.total_attempts == 2);
    CHECK(m.retries == 1);
    CHECK(m.successful_retries == 0);
    CHECK(m.failed_retries == 0);
}

TEST_CASE("metrics without a retry count attempts") {
    World world;
    auto const recorder = std::make_shared<MetricsRecorder>();
    world.run(metrics(recorder), succeeding_at(1));
    world.run(metrics(recorder), succeeding_at(9));
    CHECK(recorder->snapshot().operations == 2);
    CHECK(recorder->snapshot().total_attempts == 2);
}
