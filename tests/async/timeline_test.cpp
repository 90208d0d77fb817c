// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"
#include "support/run.hpp"

#include <zenoo_rpc/async/async_retry.hpp>
#include <zenoo_rpc/async/async_sleep.hpp>
#include <zenoo_rpc/async/circuit_breaker_layer.hpp>
#include <zenoo_rpc/exceptions.hpp>
#include <zenoo_rpc/retry/fixed_delay.hpp>

#include <chrono>
#include <memory>
#include <tuple>

using namespace std::chrono_literals;
using namespace zenoo_rpc;
using tests::World;

namespace {

/// Fails `failures` times, each time after two seconds.
auto failing_first(int failures, Errc code = Errc::network_error) {
    return [failures, code, calls = 0]() mutable -> asio::awaitable<int> {
        co_await async_sleep(2s);
        if (calls++ < failures && code == Errc::network_error) throw NetworkError{"no route"};
        if (calls <= failures) Failure{code}.raise();
        co_return calls;
    };
}

auto attempts(int max_attempts) {
    return RetryPolicy{.strategy = FixedDelayStrategy{.max_attempts = max_attempts, .delay = 10s}};
}

}  // namespace

TEST_CASE("a timeline records start, duration and outcome of each attempt") {
    World world;
    RetryTimeline timeline;
    CHECK(world.run(async_retry(attempts(5), failing_first(2), timeline)).value == 3);
    REQUIRE(timeline.attempts.size() == 3);
    auto const& [first, second, third] = std::tie(timeline.attempts[0], timeline.attempts[1], timeline.attempts[2]);
    CHECK(first.attempt == 1);
    CHECK(first.start == 0s);
    CHECK(first.duration == 2s);
    CHECK(first.delay == 10s);
    CHECK(first.retried);
    CHECK(first.code == Errc::network_error);
    CHECK(first.what == "no route");
    CHECK(second.start == 12s);
    CHECK(third.attempt == 3);
    CHECK(third.start == 24s);
    CHECK_FALSE(third.retried);
    CHECK_FALSE(third.code.failed());
    CHECK(timeline.ended_by == RetryOutcome::success);
    CHECK(timeline.elapsed == 26s);
    CHECK(to_string(timeline)
          == "1: no route after 2 s, retry in 10 s; 2: no route after 2 s, retry in 10 s; "
             "3: ok after 2 s; success in 26 s");
}

TEST_CASE("a timeline records the reason for the end of the execution") {
    World world;
    RetryTimeline timeline;
    SECTION("the number of attempts") {
        CHECK(world.run(async_retry(attempts(2), failing_first(9), timeline)).failure.is<RetryExhaustedError>());
        CHECK(timeline.ended_by == RetryOutcome::attempts);
        CHECK(timeline.attempts.size() == 2);
    }
    SECTION("the class of the failure") {
        CHECK(
            world.run(async_retry(attempts(2), failing_first(9, Errc::user_error), timeline)).failure.is<UserError>());
        CHECK(timeline.ended_by == RetryOutcome::not_retryable);
    }
    SECTION("the remaining time") {
        auto policy = attempts(9);
        policy.total_timeout = 13s;
        CHECK(world.run(async_retry(policy, failing_first(9), timeline)).failure.is<RetryTimeoutError>());
        CHECK(timeline.ended_by == RetryOutcome::total_timeout);
        CHECK(timeline.elapsed == 13s);
    }
    SECTION("the server's retry-after") {
        auto const overloaded = []() -> asio::awaitable<int> {
            RateLimitedError error{"later"};
            error.retry_after(1h);
            throw error;
            co_return 0;
        };
        CHECK(world.run(async_retry(attempts(9), overloaded, timeline)).failure.is<RetryExhaustedError>());
        CHECK(timeline.ended_by == RetryOutcome::retry_after);
    }
    SECTION("the caller, during a delay") {
        auto running = world.start(async_retry(attempts(9), failing_first(9), timeline));
        world.time.advance(5s);
        running.cancel();
        world.time.run();
        CHECK(running.outcome().failure.cancelled());
        CHECK(timeline.ended_by == RetryOutcome::cancelled);
        CHECK(timeline.elapsed == 5s);
    }
    SECTION("the caller, during an attempt") {
        auto running = world.start(async_retry(attempts(9), failing_first(9), timeline));
        world.time.advance(1s);
        running.cancel();
        world.time.run();
        CHECK(timeline.ended_by == RetryOutcome::cancelled);
        CHECK(timeline.attempts.back().duration == 1s);
    }
}

TEST_CASE("errors carry the timeline if the policy keeps one, also through layers") {
    World world;
    auto policy = attempts(2);
    policy.keep_timeline = true;
    auto const breaker = std::make_shared<CircuitBreaker>();
    auto const out = world.run(retry(policy) | circuit_breaker(breaker), failing_first(9));
    try {
        out.failure.raise();
    } catch (RetryExhaustedError const& error) {
        CHECK(error.timeline().attempts.size() == 2);
        CHECK(error.timeline().ended_by == RetryOutcome::attempts);
        CHECK(error.timeline().elapsed == 14s);
    }
    policy.total_timeout = 5s;
    auto const late = world.run(async_retry(policy, failing_first(9)));
    try {
        late.failure.raise();
    } catch (RetryTimeoutError const& error) {
        CHECK(error.timeline().attempts.size() == 1);
        CHECK(error.timeline().ended_by == RetryOutcome::total_timeout);
    }
}

TEST_CASE("a rejection by an open circuit ends the execution") {
    World world;
    auto policy = attempts(5);
    policy.keep_timeline = true;
    auto const breaker = std::make_shared<CircuitBreaker>(CircuitBreakerOptions{.failure_threshold = 1});
    RetryTimeline timeline;
    auto const guarded = circuit_breaker(breaker);
    auto const operation = failing_first(9);
    auto const inner = [&] { return guarded(operation); };
    CHECK(world.run(async_retry(policy, inner, timeline)).failure.is<CircuitBreakerOpenError>());
    CHECK(timeline.ended_by == RetryOutcome::not_retryable);  // here the operation returns the rejection
    CHECK(timeline.attempts.size() == 2);
}

TEST_CASE("no timeline is kept unless requested") {
    World world;
    auto const out = world.run(async_retry(attempts(2), failing_first(9)));
    try {
        out.failure.raise();
    } catch (RetryExhaustedError const& error) {
        CHECK(error.timeline().attempts.empty());
    }
}
