// SPDX-License-Identifier: BSL-1.0
#include "support/any_context.hpp"
#include "support/catch.hpp"
#include "support/run.hpp"

#include <zenoo_rpc/async/async_retry.hpp>
#include <zenoo_rpc/async/async_sleep.hpp>
#include <zenoo_rpc/exceptions.hpp>
#include <zenoo_rpc/retry/exponential_backoff.hpp>
#include <zenoo_rpc/retry/fixed_delay.hpp>
#include <zenoo_rpc/retry/jitter.hpp>

#include <boost/asio/error.hpp>

#include <chrono>

using namespace std::chrono_literals;
using namespace zenoo_rpc;
using tests::World;

TEST_CASE("a requested delay is never shortened and overrides the cap of the strategy") {
    World world{tests::any_context()};
    int calls = 0;
    auto const busy = [&]() -> asio::awaitable<int> {
        if (++calls > 1) co_return 42;
        RateLimitedError error{"slow down"};
        error.retry_after(7s);
        throw error;
    };
    auto const policy =
        RetryPolicy{.strategy = ExponentialBackoffStrategy{.base_delay = 1s, .max_delay = 2s, .jitter = NoJitter{}}};
    CHECK(world.run(async_retry(policy, busy)).elapsed == 7s);
}

TEST_CASE("a strategy delay longer than the requested delay is kept") {
    World world{tests::any_context()};
    int calls = 0;
    auto const busy = [&]() -> asio::awaitable<int> {
        if (++calls > 1) co_return 42;
        RateLimitedError error{"slow down"};
        error.retry_after(7s);
        throw error;
    };
    auto const policy = RetryPolicy{.strategy = FixedDelayStrategy{.delay = 9s}};
    CHECK(world.run(async_retry(policy, busy)).elapsed == 9s);
}

TEST_CASE("a requested delay beyond max_retry_after ends the retry immediately") {
    World world{tests::any_context()};
    int calls = 0;
    Duration requested_delay = 60s;
    auto const busy = [&]() -> asio::awaitable<int> {
        if (++calls > 1) co_return 42;
        RateLimitedError error{"slow down"};
        error.retry_after(requested_delay);
        throw error;
    };
    SECTION("the limit itself is accepted") { CHECK(world.run(async_retry(RetryPolicy{}, busy)).elapsed == 60s); }
    SECTION("a longer one is not") {
        requested_delay = 60s + 1ns;
        auto const out = world.run(async_retry(RetryPolicy{}, busy));
        CHECK(calls == 1);
        CHECK(out.failure.is<RetryExhaustedError>());
        CHECK(out.failure.retry_after() == requested_delay);
        CHECK(out.elapsed == 0s);
    }
    SECTION("a negative one is ignored") {
        requested_delay = -5s;
        auto const policy = RetryPolicy{.strategy = FixedDelayStrategy{.delay = 1s}};
        CHECK(world.run(async_retry(policy, busy)).elapsed == 1s);
    }
}

TEST_CASE("the error of the total limit adopts the retry-after of the attempt that was cut off") {
    World world;
    int calls = 0;
    auto const operation = [&]() -> asio::awaitable<int> {
        if (++calls == 1) throw NetworkError{"down"};
        try {
            co_await async_sleep(1h);
        } catch (...) {
        }
        ZenooError error{make_error_code(asio::error::operation_aborted), "cut off"};
        error.retry_after(7s);
        error.delivery(Delivery::rejected);
        throw error;
        co_return 0;
    };
    RetryPolicy const policy{.strategy = FixedDelayStrategy{.delay = 1s}, .total_timeout = 5s};
    auto const failure = world.run(async_retry(policy, operation)).failure;
    CHECK(failure.is<RetryTimeoutError>());
    CHECK(failure.retry_after() == 7s);
    CHECK(failure.delivery() == Delivery::rejected);
}
