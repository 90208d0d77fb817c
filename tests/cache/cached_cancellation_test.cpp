// SPDX-License-Identifier: BSL-1.0
#include "cache/cached_fixture.hpp"
#include "support/catch.hpp"

#include <zenoo_rpc/cache.hpp>
#include <zenoo_rpc/exceptions.hpp>
#include <zenoo_rpc/retry.hpp>

#include <boost/asio/error.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/system/system_error.hpp>

#include <chrono>

using namespace std::chrono_literals;
using namespace zenoo_rpc;
using tests::Cached;
using tests::minute_and_hour;
using tests::Numbered;

TEST_CASE("a waiting caller that is cancelled ends at once, and the others continue") {
    using enum asio::cancellation_type;
    for (auto const type : {terminal, partial, total}) {
        Cached c;
        Numbered numbers;
        auto const layer = c.cache.cached("key", 1min);
        auto first = c.world.start(layer, numbers.operation());
        auto second = c.world.start(layer, numbers.operation());
        auto third = c.world.start(layer, numbers.operation());
        c.world.time.advance(1s);
        second.cancel(type);
        c.world.time.advance(0s);
        REQUIRE(second.ended());
        CHECK(second.outcome().failure.code() == asio::error::operation_aborted);
        CHECK_FALSE(first.ended());
        c.world.time.run();
        CHECK(first.outcome().value == 1);
        CHECK(third.outcome().value == 1);
        CHECK(third.outcome().elapsed == 10s);
    }
}

TEST_CASE("if the loading caller is cancelled, the next caller makes the call") {
    Cached c;
    Numbered numbers;
    Numbered others;
    auto const layer = c.cache.cached("key", 1min);
    auto first = c.world.start(layer, numbers.operation());
    c.world.time.advance(1s);
    auto second = c.world.start(layer, others.operation());
    auto third = c.world.start(layer, others.operation());
    c.world.time.advance(1s);
    first.cancel();
    c.world.time.advance(0s);
    REQUIRE(first.ended());
    CHECK(first.outcome().failure.cancelled());
    CHECK_FALSE(second.ended());
    c.world.time.run();
    CHECK(second.outcome().value == 1);
    CHECK(third.outcome().value == 1);
    CHECK(second.outcome().elapsed == 11s);
    CHECK(numbers.calls == 1);
    CHECK(others.calls == 1);
}

TEST_CASE("a value that arrives despite the cancellation of the loading caller is shared") {
    Cached c;
    auto const deaf = []() -> asio::awaitable<int> {
        co_await asio::this_coro::throw_if_cancelled(false);
        boost::system::error_code ignored;
        auto const executor = co_await asio::this_coro::executor;
        co_await async_sleep(executor, 10s, asio::redirect_error(asio::use_awaitable, ignored));
        co_return 7;
    };
    auto const layer = c.cache.cached("key", 1min);
    auto first = c.world.start(layer, deaf);
    auto second = c.world.start(layer, deaf);
    c.world.time.advance(1s);
    first.cancel();
    c.world.time.run();
    CHECK(first.outcome().value == 7);
    CHECK(second.outcome().value == 7);
    CHECK(c.cache.get<int>("key") == 7);
}

TEST_CASE("an operation that fails as cancelled does not cancel the other callers") {
    Cached c;
    auto const gives_up = []() -> asio::awaitable<int> {
        co_await async_sleep(1s);
        throw boost::system::system_error{asio::error::operation_aborted};
    };
    Numbered numbers;
    auto const layer = c.cache.cached("key", 1min);
    auto first = c.world.start(layer, gives_up);
    auto second = c.world.start(layer, numbers.operation());
    c.world.time.run();
    CHECK(first.outcome().failure.cancelled());
    CHECK(second.outcome().value == 1);
}

TEST_CASE("the deadline of the loading caller does not fail the other callers") {
    Cached c;
    Numbered numbers;
    auto const hurried = RetryPolicy{.strategy = FixedDelayStrategy{.delay = 10s}, .total_timeout = 5s};
    auto const layer = c.cache.cached("key", 1min);
    auto const inner = RetryPolicy{.strategy = FixedDelayStrategy{.delay = 10s}};
    auto const down = []() -> asio::awaitable<int> {
        co_await async_sleep(1s);
        throw NetworkError{"down"};
    };
    auto first = c.world.start(retry(hurried) | layer | retry(inner), down);
    auto second = c.world.start(layer, numbers.operation());
    c.world.time.run();
    CHECK(first.outcome().failure.is<RetryTimeoutError>());
    CHECK(second.outcome().value == 1);
    CHECK(numbers.calls == 1);

    c.cache.set("key", 7, minute_and_hour);
    c.world.time.advance(1min);
    CHECK(c.world.run(retry(hurried) | c.cache.cached("key", minute_and_hour) | retry(inner), down).value == 7);
}
