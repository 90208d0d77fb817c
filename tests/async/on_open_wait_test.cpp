// SPDX-License-Identifier: BSL-1.0
// Calls that wait at an open circuit instead of being rejected.
#include "async/breaker_fixture.hpp"
#include "support/catch.hpp"
#include "support/run.hpp"

#include <zenoo_rpc/async/async_retry.hpp>
#include <zenoo_rpc/async/async_sleep.hpp>
#include <zenoo_rpc/async/circuit_breaker_layer.hpp>
#include <zenoo_rpc/async/fallback.hpp>
#include <zenoo_rpc/async/metrics_layer.hpp>
#include <zenoo_rpc/async/timeout.hpp>
#include <zenoo_rpc/exceptions.hpp>
#include <zenoo_rpc/retry/fixed_delay.hpp>

#include <boost/asio/error.hpp>

#include <chrono>
#include <functional>
#include <memory>
#include <vector>

using namespace std::chrono_literals;
using namespace zenoo_rpc;
using tests::failing_call;
using tests::slow_call;
using tests::working_call;
using tests::World;

namespace {

auto make_waiting_breaker(int trials = 1) {
    return std::make_shared<CircuitBreaker>(CircuitBreakerOptions{
        .failure_threshold = 1, .recovery_timeout = 30s, .half_open_max_calls = trials, .on_open = OnOpen::wait});
}

}  // namespace

TEST_CASE("a call waits until the circuit admits a trial") {
    World world;
    auto const breaker = make_waiting_breaker();
    auto const layer = circuit_breaker(breaker);
    world.run(layer, failing_call);
    REQUIRE(breaker->is_open());
    auto const out = world.run(layer, working_call);
    CHECK(out.value);
    CHECK(out.elapsed == 30s);
    CHECK(breaker->is_closed());
    CHECK(world.idle());
}

TEST_CASE("a layer may override on_open of the breaker") {
    World world;
    auto const breaker = make_waiting_breaker();
    world.run(circuit_breaker(breaker), failing_call);
    CHECK(world.run(circuit_breaker(breaker, OnOpen::fail), working_call).failure.is<CircuitBreakerOpenError>());
    auto const failing_breaker = std::make_shared<CircuitBreaker>(CircuitBreakerOptions{.failure_threshold = 1});
    world.run(circuit_breaker(failing_breaker), failing_call);
    CHECK(world.run(circuit_breaker(failing_breaker, OnOpen::wait), working_call).value);
}

TEST_CASE("waiting consumes no attempt") {
    World world;
    auto const breaker = make_waiting_breaker();
    auto const recorder = std::make_shared<MetricsRecorder>();
    auto const policy = RetryPolicy{.strategy = FixedDelayStrategy{.max_attempts = 2, .delay = 1s}};
    std::vector<int> attempts;
    auto const operation = [&](RetryContext const& context) -> asio::awaitable<void> {
        attempts.push_back(context.attempt);
        if (attempts.size() == 1) throw NetworkError{"down"};
        co_return;
    };
    auto const out = world.run(retry(policy) | circuit_breaker(breaker) | metrics(recorder), operation);
    CHECK(out.value);
    CHECK(out.elapsed == 30s);
    CHECK(attempts == std::vector{1, 2});
    CHECK(recorder->snapshot().total_attempts == 2);
    CHECK(recorder->snapshot().circuit_breaker_rejections == 0);
}

TEST_CASE("a call waits no longer than its deadline") {
    World world;
    auto const breaker = make_waiting_breaker();
    world.run(circuit_breaker(breaker), failing_call);
    auto const policy = RetryPolicy{.total_timeout = 20s};
    int calls = 0;
    auto const operation = [&]() -> asio::awaitable<void> {
        ++calls;
        co_return;
    };
    auto const out = world.run(retry(policy) | circuit_breaker(breaker), operation);
    CHECK(out.failure.is<RetryTimeoutError>());
    CHECK(out.failure.delivery() == Delivery::not_sent);
    CHECK(out.elapsed == 20s);
    CHECK(calls == 0);
    SECTION("the deadline of an outer retry applies as well") {
        auto const late = world.run(retry(policy) | retry(RetryPolicy{}) | circuit_breaker(breaker), operation);
        CHECK(late.value);  // 10 s of the 30 s remain
        CHECK(late.elapsed == 10s);
    }
    SECTION("the deadline of a timeout") {
        auto const cut = world.run(timeout(5s) | circuit_breaker(breaker), operation);
        CHECK(cut.failure.is<TimeoutError>());
        CHECK(cut.failure.delivery() == Delivery::not_sent);
        CHECK(cut.elapsed == 5s);
    }
    CHECK(world.idle());
}

TEST_CASE("waiting calls are admitted as trials one by one, and all together when the circuit closes") {
    World world;
    auto const breaker = make_waiting_breaker();
    auto const layer = circuit_breaker(breaker);
    world.run(layer, failing_call);
    auto first = world.start(layer, slow_call);
    auto second = world.start(layer, slow_call);
    auto third = world.start(layer, slow_call);
    world.time.advance(35s);
    CHECK(breaker->is_half_open());
    world.time.run();
    CHECK(first.outcome().elapsed == 40s);
    CHECK(second.outcome().elapsed == 50s);
    CHECK(third.outcome().elapsed == 50s);
    CHECK(breaker->is_closed());
}

TEST_CASE("a trial that fails leaves the others waiting for the next recovery") {
    World world;
    auto const breaker = make_waiting_breaker();
    auto const layer = circuit_breaker(breaker);
    world.run(layer, failing_call);
    auto const failing_slowly = []() -> asio::awaitable<void> {
        co_await async_sleep(10s);
        throw NetworkError{"still down"};
    };
    auto trial = world.start(layer, failing_slowly);
    auto other = world.start(layer, slow_call);
    world.time.run();
    CHECK(trial.outcome().failure.is<NetworkError>());
    CHECK(other.outcome().value);
    CHECK(other.outcome().elapsed == 30s + 10s + 30s + 10s);
}

TEST_CASE("the place of a cancelled trial goes to the next call in the queue") {
    World world;
    auto const breaker = make_waiting_breaker();
    auto const layer = circuit_breaker(breaker);
    world.run(layer, failing_call);
    auto trial = world.start(layer, [] { return async_sleep(1h); });
    auto next = world.start(layer, slow_call);
    auto last = world.start(layer, slow_call);
    world.time.advance(31s);
    trial.cancel();
    world.time.run();
    CHECK(next.outcome().elapsed == 41s);
    CHECK(last.outcome().elapsed == 51s);
    CHECK(world.idle());
}

TEST_CASE("the place of a woken call that is cancelled before it runs goes to the next in the queue") {
    World world;
    auto const breaker = make_waiting_breaker();
    auto const layer = circuit_breaker(breaker);
    world.run(layer, failing_call);
    std::function<void()> cancel_next;
    auto const trial = [&]() -> asio::awaitable<void> {
        try {
            auto const neutral = []() -> asio::awaitable<void> {
                co_await async_sleep(10s);
                throw AccessError{"no"};
            };
            co_await layer(neutral);
        } catch (AccessError const&) {
            cancel_next();  // has just been woken, but has not run yet
        }
    };
    auto first = world.start(trial());
    auto next = world.start(layer, slow_call);
    auto last = world.start(layer, slow_call);
    cancel_next = [&] { next.cancel(); };
    world.time.run();
    CHECK(first.outcome().value);
    CHECK(next.outcome().failure.code() == asio::error::operation_aborted);
    REQUIRE(last.ended());
    CHECK(last.outcome().value);
    CHECK(world.idle());
}

TEST_CASE("a call that is cancelled in the queue leaves nothing of its context with the breaker") {
    auto const breaker = make_waiting_breaker();
    breaker->open();
    {
        World world;
        auto waiting = world.start(timeout(1h) | circuit_breaker(breaker), working_call);
        world.time.advance(1s);
        waiting.cancel();
        world.time.run();
        CHECK(waiting.ended());
    }
    breaker->close();  // would release the strand that the call waited on
    CHECK(breaker->is_closed());
}

TEST_CASE("a waiting call is cancelled immediately, before anything is sent, and without side effects") {
    using enum asio::cancellation_type;
    for (auto const type : {terminal, partial, total}) {
        World world;
        auto const breaker = make_waiting_breaker();
        world.run(circuit_breaker(breaker), failing_call);
        int calls = 0;
        auto const operation = [&]() -> asio::awaitable<int> { co_return ++calls; };
        std::vector<RetryEventType> events;
        auto const note = [&](RetryEvent const& event) { events.push_back(event.type); };
        auto const policy = RetryPolicy{.total_timeout = 1h, .on_event = note};
        auto waiting = world.start(fallback(7) | retry(policy) | circuit_breaker(breaker), operation);
        auto bare = world.start(circuit_breaker(breaker), operation);
        world.time.advance(10s);
        waiting.cancel(type);
        bare.cancel(type);
        world.time.advance(0s);
        REQUIRE(waiting.ended());
        REQUIRE(bare.ended());
        CHECK(waiting.outcome().failure.code() == asio::error::operation_aborted);
        CHECK(waiting.outcome().failure.delivery() == Delivery::not_sent);
        CHECK(bare.outcome().failure.code() == asio::error::operation_aborted);
        CHECK(bare.outcome().failure.delivery() == Delivery::not_sent);
        CHECK(waiting.outcome().elapsed == 10s);
        CHECK(events.empty());
        CHECK(calls == 0);
        CHECK(world.idle());
        breaker->close();  // no call is left to wake
        CHECK(world.idle());
    }
}

TEST_CASE("a call that is cancelled in the queue nests the failure before it") {
    World world;
    auto const breaker = make_waiting_breaker();
    auto const policy = RetryPolicy{.strategy = FixedDelayStrategy{.delay = 1s}};
    auto waiting = world.start(retry(policy) | circuit_breaker(breaker), failing_call);
    world.time.advance(10s);
    waiting.cancel();
    world.time.advance(0s);
    REQUIRE(waiting.ended());
    CHECK(waiting.outcome().failure.code() == asio::error::operation_aborted);
    CHECK(waiting.outcome().failure.cause().code() == Errc::network_error);
}

TEST_CASE("a call at a manually opened circuit waits until it is closed") {
    World world;
    auto const breaker = make_waiting_breaker();
    breaker->open();
    auto waiting = world.start(circuit_breaker(breaker), working_call);
    world.time.advance(1000h);
    CHECK_FALSE(waiting.ended());
    breaker->close();
    world.time.advance(0s);
    CHECK(waiting.outcome().value);
}

TEST_CASE("a wait that times out is reported in the result of an operation that returns results") {
    World world;
    auto const breaker = make_waiting_breaker();
    breaker->open();
    auto const operation = []() -> asio::awaitable<Result<int>> { co_return 1; };
    auto const policy = RetryPolicy{.total_timeout = 5s};
    auto const out = world.run(retry(policy) | circuit_breaker(breaker), operation);
    CHECK(out.value.value().error().code() == Errc::retry_timeout);
}

TEST_CASE("waiting calls are destroyed with their execution context, and the breaker remains usable") {
    auto const breaker = make_waiting_breaker();
    auto const witness = std::make_shared<int>();
    {
        World world;
        breaker->open();
        auto const operation = [witness]() -> asio::awaitable<void> { co_return; };
        world.start(circuit_breaker(breaker), operation);
        world.start(retry(RetryPolicy{.total_timeout = 1h}) | circuit_breaker(breaker), operation);
        world.time.advance(1s);
        CHECK(witness.use_count() > 1);
    }
    CHECK(witness.use_count() == 1);
    breaker->close();
    CHECK(breaker->is_closed());
}
