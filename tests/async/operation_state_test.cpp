// SPDX-License-Identifier: BSL-1.0
// An operation runs in the coroutine of its caller and may change state of the whole coroutine.
#include "support/catch.hpp"
#include "support/run.hpp"

#include <zenoo_rpc/async/async_retry.hpp>
#include <zenoo_rpc/async/async_sleep.hpp>
#include <zenoo_rpc/async/circuit_breaker_layer.hpp>
#include <zenoo_rpc/async/fallback.hpp>
#include <zenoo_rpc/exceptions.hpp>
#include <zenoo_rpc/retry/fixed_delay.hpp>

#include <boost/asio/error.hpp>

#include <chrono>
#include <memory>

using namespace std::chrono_literals;
using namespace zenoo_rpc;
using tests::World;

namespace {

/// A filter with a large state, so that the state of the coroutine must be reallocated.
struct LargeFilter {
    char ballast[512] = {};
    asio::cancellation_type operator()(asio::cancellation_type type) const noexcept { return type; }
};

auto moving_the_state(int& calls) {
    return [&calls]() -> asio::awaitable<int> {
        if (++calls % 2 == 1) {
            co_await asio::this_coro::reset_cancellation_state(LargeFilter());
        } else {
            co_await asio::this_coro::reset_cancellation_state(asio::enable_total_cancellation());
        }
        co_await async_sleep(1s);
        throw NetworkError{"down"};
    };
}

}  // namespace

TEST_CASE("an operation may reset the cancellation state of its caller's coroutine") {
    World world;
    int calls = 0;
    auto const policy = RetryPolicy{.strategy = FixedDelayStrategy{.max_attempts = 4, .delay = 1s}};
    auto const breaker = std::make_shared<CircuitBreaker>();
    SECTION("retry") {
        CHECK(world.run(async_retry(policy, moving_the_state(calls))).failure.is<RetryExhaustedError>());
        CHECK(calls == 4);
    }
    SECTION("fallback") { CHECK(world.run(fallback(7), moving_the_state(calls)).value == 7); }
    SECTION("breaker") {
        CHECK(world.run(circuit_breaker(breaker), moving_the_state(calls)).failure.is<NetworkError>());
    }
    SECTION("all") {
        CHECK(world.run(fallback(7) | retry(policy) | circuit_breaker(breaker), moving_the_state(calls)).value == 7);
        CHECK(calls == 4);
    }
}

TEST_CASE("cancellation is noticed after the operation reset that state") {
    World world;
    int calls = 0;
    auto const policy = RetryPolicy{.strategy = FixedDelayStrategy{.max_attempts = 9, .delay = 1h}};
    auto running = world.start(async_retry(policy, moving_the_state(calls)));
    world.time.advance(1min);
    running.cancel();
    world.time.advance(0s);
    REQUIRE(running.ended());
    CHECK(running.outcome().failure.code() == asio::error::operation_aborted);
    CHECK(calls == 1);
}
