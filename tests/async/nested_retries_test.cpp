// SPDX-License-Identifier: BSL-1.0
#include "async/breaker_fixture.hpp"
#include "async/policies.hpp"
#include "support/catch.hpp"
#include "support/run.hpp"

#include <zenoo_rpc/async/async_retry.hpp>
#include <zenoo_rpc/async/async_sleep.hpp>
#include <zenoo_rpc/exceptions.hpp>
#include <zenoo_rpc/retry/fixed_delay.hpp>

#include <boost/asio/error.hpp>

#include <chrono>
#include <vector>

using namespace std::chrono_literals;
using namespace zenoo_rpc;
using tests::failing;
using tests::three_times;
using tests::World;

TEST_CASE("a retry of three attempts within another makes three calls, not nine") {
    World world;
    int calls = 0;
    SECTION("as layers") {
        auto const out = world.run((retry(three_times) | retry(three_times))(failing(calls)));
        CHECK(out.failure.is<RetryExhaustedError>());
        CHECK(out.failure.cause().is<NetworkError>());
    }
    SECTION("as functions") {
        auto const inner = [&] { return async_retry(three_times, failing(calls)); };
        auto const out = world.run(async_retry(three_times, inner));
        CHECK(out.failure.is<RetryExhaustedError>());
        CHECK(out.failure.cause().is<NetworkError>());
    }
    CHECK(calls == 3);
}

TEST_CASE("an outer retry repeats an exhausted inner retry only if its predicate names RetryExhaustedError") {
    World world;
    int calls = 0;
    auto outer = RetryPolicy{.strategy = FixedDelayStrategy{.max_attempts = 3, .delay = 1s},
                             .retry_if = failure_is<RetryExhaustedError>};
    CHECK(world.run((retry(outer) | retry(three_times))(failing(calls))).failure.is<RetryExhaustedError>());
    CHECK(calls == 9);
    calls = 0;
    auto const networks = RetryPolicy{.strategy = FixedDelayStrategy{}, .retry_if = failure_is<NetworkError>};
    world.run((retry(networks) | retry(three_times))(failing(calls)));
    CHECK(calls == 3);
}

TEST_CASE("an inner retry that runs out of time is not retried by the outer one") {
    World world;
    int calls = 0;
    auto const short_one = RetryPolicy{.strategy = FixedDelayStrategy{.delay = 10s}, .total_timeout = 5s};
    auto const timeouts = RetryPolicy{.strategy = FixedDelayStrategy{}, .retry_if = failure_is<TimeoutError>};
    auto const out = world.run((retry(timeouts) | retry(short_one))(failing(calls)));
    CHECK(out.failure.is<RetryTimeoutError>());
    CHECK(calls == 1);
}

TEST_CASE("an inner retry knows the deadline of the outer one and starts no delay that exceeds it") {
    World world;
    int calls = 0;
    auto const outer = RetryPolicy{.strategy = FixedDelayStrategy{.delay = 1s}, .total_timeout = 5s};
    auto const inner = RetryPolicy{.strategy = FixedDelayStrategy{.max_attempts = 9, .delay = 3s}};
    auto const out = world.run((retry(outer) | retry(inner))(failing(calls)));
    CHECK(calls == 2);
    CHECK(out.elapsed == 3s);  // not 5 s
    CHECK(out.failure.is<RetryTimeoutError>());
    CHECK(out.failure.caused_by<NetworkError>());
}

TEST_CASE("an operation sees the earlier of two deadlines") {
    World world;
    auto const start = world.time.now();
    std::vector<Duration> seen;
    auto const operation = [&](RetryContext const& context) -> asio::awaitable<void> {
        seen.push_back(context.deadline - start);
        co_return;
    };
    auto const early = RetryPolicy{.total_timeout = 5s};
    auto const late = RetryPolicy{.total_timeout = 9s};
    world.run((retry(early) | retry(late))(operation));
    world.run((retry(late) | retry(early))(operation));
    world.run((retry(early) | retry(three_times))(operation));
    CHECK(seen == std::vector<Duration>{5s, 5s, 5s});
}

TEST_CASE("a retry that does not know the outer retry is ended by cancellation") {
    World world;
    int calls = 0;
    auto const outer = RetryPolicy{.total_timeout = 5s};
    auto const inner = RetryPolicy{.strategy = FixedDelayStrategy{.max_attempts = 9, .delay = 3s}};
    auto const operation = [&] { return async_retry(inner, failing(calls)); };
    auto const out = world.run(async_retry(outer, operation));
    CHECK(out.elapsed == 5s);
    CHECK(calls == 2);
    CHECK(out.failure.is<RetryTimeoutError>());
    CHECK(out.failure.caused_by<NetworkError>());
    CHECK(world.idle());
}

TEST_CASE("the limit of an outer attempt ends an inner retry, and the outer one continues") {
    World world;
    int calls = 0;
    auto const outer =
        RetryPolicy{.strategy = FixedDelayStrategy{.max_attempts = 2, .delay = 1s}, .attempt_timeout = 5s};
    auto const inner = RetryPolicy{.strategy = FixedDelayStrategy{.max_attempts = 9, .delay = 3s}};
    auto const out = world.run((retry(outer) | retry(inner))(failing(calls)));
    CHECK(calls == 4);
    CHECK(out.elapsed == 5s + 1s + 5s);
    CHECK(out.failure.is<RetryExhaustedError>());
    CHECK(out.failure.cause().is<TimeoutError>());
}

TEST_CASE("cancellation reaches the innermost of three retries") {
    World world;
    auto const sleeping = []() -> asio::awaitable<void> { co_await async_sleep(unlimited); };
    auto const limited = RetryPolicy{.total_timeout = 1h, .attempt_timeout = 1min};
    auto running = world.start((retry(limited) | retry(three_times) | retry(limited))(sleeping));
    world.time.advance(1s);
    running.cancel();
    world.time.advance(0s);
    REQUIRE(running.ended());
    CHECK(running.outcome().failure.code() == asio::error::operation_aborted);
    CHECK(world.idle());
}
