// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"
#include "support/run.hpp"

#include <zenoo_rpc/async/async_retry.hpp>
#include <zenoo_rpc/async/async_sleep.hpp>
#include <zenoo_rpc/async/circuit_breaker_layer.hpp>
#include <zenoo_rpc/retry/fixed_delay.hpp>
#include <zenoo_rpc/retry/retry_metrics.hpp>

#include <chrono>
#include <memory>
#include <vector>

using namespace std::chrono_literals;
using namespace zenoo_rpc;
using tests::World;

namespace {

/// Yields 1, 2, 3, ...; the job is done at 3.
auto counting(int& calls) {
    return [&calls]() -> asio::awaitable<int> {
        co_await async_sleep(1s);
        co_return ++calls;
    };
}
constexpr auto not_done = [](int state) { return state < 3; };
constexpr auto never_done = [](int) { return true; };

}  // namespace

TEST_CASE("an unwanted result is retried") {
    World world;
    int calls = 0;
    std::vector<RetryEventType> events;
    auto const policy = RetryPolicy{
        .strategy = FixedDelayStrategy{.max_attempts = 9, .delay = 10s},
        .on_event =
            [&](RetryEvent const& event) {
                events.push_back(event.type);
                CHECK((event.failure.code() == Errc::unwanted_result) == (event.type == RetryEventType::retry_attempt));
            },
        .retry_if_result = not_done};
    auto const out = world.run(async_retry(policy, counting(calls)));
    CHECK(out.value == 3);
    CHECK(out.elapsed == 23s);
    CHECK(events
          == std::vector{RetryEventType::retry_attempt, RetryEventType::retry_attempt, RetryEventType::retry_success});
}

TEST_CASE("if no attempt is left, the caller gets the last result") {
    World world;
    int calls = 0;
    SECTION("attempts exhausted") {
        auto const policy =
            RetryPolicy{.strategy = FixedDelayStrategy{.max_attempts = 4, .delay = 1s}, .retry_if_result = never_done};
        CHECK(world.run(async_retry(policy, counting(calls))).value == 4);
    }
    SECTION("out of time") {
        auto const policy = RetryPolicy{.strategy = FixedDelayStrategy{.max_attempts = 9, .delay = 10s},
                                        .total_timeout = 20s,
                                        .retry_if_result = never_done};
        auto const out = world.run(async_retry(policy, counting(calls)));
        CHECK(out.value == 2);
        CHECK(out.elapsed == 12s);
    }
}

TEST_CASE("retry_if_result is independent of retry_if") {
    World world;
    int calls = 0;
    auto const policy = RetryPolicy{.strategy = FixedDelayStrategy{.max_attempts = 9, .delay = 1s},
                                    .retry_if = [](Failure const&) { return false; },
                                    .retry_if_result = not_done};
    CHECK(world.run(async_retry(policy, counting(calls))).value == 3);
}

TEST_CASE("retry_if_result receives the value of a result, unless it takes the result itself") {
    World world;
    int calls = 0;
    auto const operation = [&]() -> asio::awaitable<Result<int>> {
        if (++calls == 1) co_return Failure{Errc::network_error};
        co_return calls;
    };
    auto const strategy = FixedDelayStrategy{.max_attempts = 9, .delay = 1s};
    auto const by_value = RetryPolicy{.strategy = strategy, .retry_if_result = not_done};
    CHECK(world.run(async_retry(by_value, operation)).value.value().value() == 3);
    calls = 0;
    auto const by_result =
        RetryPolicy{.strategy = strategy, .retry_if_result = [](Result<int> const& result) { return *result < 5; }};
    CHECK(world.run(async_retry(by_result, operation)).value.value().value() == 5);
}

TEST_CASE("a retry cancelled during a delay after an unwanted result reports a cancellation") {
    World world;
    int calls = 0;
    auto const policy =
        RetryPolicy{.strategy = FixedDelayStrategy{.max_attempts = 9, .delay = 10s}, .retry_if_result = never_done};
    auto running = world.start(async_retry(policy, counting(calls)));
    world.time.advance(5s);
    running.cancel();
    world.time.run();
    CHECK(running.outcome().failure.cancelled());
    CHECK(calls == 1);
}

TEST_CASE("unwanted results do not count as failures in a circuit breaker") {
    World world;
    int calls = 0;
    auto const breaker = std::make_shared<CircuitBreaker>(CircuitBreakerOptions{.failure_threshold = 1});
    auto const policy =
        RetryPolicy{.strategy = FixedDelayStrategy{.max_attempts = 3, .delay = 1s}, .retry_if_result = never_done};
    CHECK(world.run(retry(policy) | circuit_breaker(breaker), counting(calls)).value == 3);
    CHECK(breaker->is_closed());
}
