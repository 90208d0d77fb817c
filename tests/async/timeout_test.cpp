// SPDX-License-Identifier: BSL-1.0
#include "async/slow_operations.hpp"
#include "support/any_context.hpp"
#include "support/catch.hpp"
#include "support/run.hpp"

#include <zenoo_rpc/async/async_retry.hpp>
#include <zenoo_rpc/async/async_sleep.hpp>
#include <zenoo_rpc/async/timeout.hpp>
#include <zenoo_rpc/exceptions.hpp>
#include <zenoo_rpc/retry/fixed_delay.hpp>

#include <boost/asio/error.hpp>

#include <chrono>
#include <functional>
#include <memory>
#include <stdexcept>

using namespace std::chrono_literals;
using namespace zenoo_rpc;
using tests::deaf;
using tests::World;

namespace {

asio::awaitable<int> taking(Duration duration) {
    co_await async_sleep(duration);
    co_return 42;
}

}  // namespace

TEST_CASE("an operation that is fast enough is not affected") {
    World world{tests::any_context()};
    auto const out = world.run(timeout(5s), [] { return taking(4s); });
    CHECK(out.value == 42);
    CHECK(out.elapsed == 4s);
    CHECK(world.idle());
}

TEST_CASE("an operation that takes too long ends with a transient TimeoutError") {
    World world{tests::any_context()};
    auto const out = world.run(timeout(5s), [] { return taking(6s); });
    CHECK(out.failure.is<TimeoutError>());
    CHECK(out.failure.transient());
    CHECK(out.failure.code() == Errc::timed_out);
    CHECK(tests::contains(out.failure.what(), "5"));
    CHECK(out.elapsed == 5s);
    CHECK(world.idle());
}

TEST_CASE("a value that arrives after the limit is returned") {
    World world{tests::any_context()};
    auto const out = world.run(timeout(5s), [] { return deaf(6s); });
    CHECK(out.value == 42);
    CHECK(out.elapsed == 6s);
}

TEST_CASE("a failure of the operation passes unchanged, before and after the limit") {
    World world{tests::any_context()};
    auto const failing = [](Duration after) {
        return [after]() -> asio::awaitable<int> {
            co_await deaf(after);
            throw AccessError{"no"};
        };
    };
    CHECK(world.run(timeout(5s), failing(1s)).failure.is<AccessError>());
    CHECK(world.run(timeout(5s), failing(6s)).failure.is<AccessError>());
}

TEST_CASE("a timeout adopts delivery, retry-after and cause of the operation it ended") {
    World world{tests::any_context()};
    auto const failing = []() -> asio::awaitable<int> {
        RateLimitedError error{"slow down"};
        error.delivery(Delivery::rejected);
        error.retry_after(30s);
        throw error;
        co_return 0;
    };
    auto const out = world.run(timeout(5s) | retry(RetryPolicy{}), failing);
    CHECK(out.failure.is<TimeoutError>());
    CHECK(out.failure.delivery() == Delivery::rejected);
    CHECK(out.failure.retry_after() == 30s);
    CHECK(out.failure.cause().code() == Errc::rate_limited);
}

TEST_CASE("a timeout inside a retry is retried, one around it is not") {
    World world{tests::any_context()};
    int calls = 0;
    auto const hanging = [&] {
        ++calls;
        return taking(1h);
    };
    auto const policy = RetryPolicy{.strategy = FixedDelayStrategy{.max_attempts = 3, .delay = 1s}};
    auto const inside = world.run(retry(policy) | timeout(5s), hanging);
    CHECK(inside.failure.is<RetryExhaustedError>());
    CHECK(inside.elapsed == 3 * 5s + 2 * 1s);
    CHECK(calls == 3);
    auto const around = world.run(timeout(5s) | retry(policy), hanging);
    CHECK(around.failure.is<TimeoutError>());
    CHECK(calls == 4);
}

TEST_CASE("the shorter of two timeouts applies") {
    World world{tests::any_context()};
    auto const inner = world.run(timeout(9s) | timeout(5s), [] { return taking(1h); });
    CHECK(inner.elapsed == 5s);
    auto const outer = world.run(timeout(5s) | timeout(9s), [] { return taking(1h); });
    CHECK(outer.failure.is<TimeoutError>());
    CHECK(outer.elapsed == 5s);
}

TEST_CASE("a timeout of zero expires unless the value is available immediately") {
    World world{tests::any_context()};
    CHECK(world.run(timeout(0s), [] { return taking(1ns); }).failure.is<TimeoutError>());
    CHECK(world.run(timeout(0s), []() -> asio::awaitable<int> { co_return 42; }).value == 42);
}

TEST_CASE("an unlimited timeout is no limit") {
    World world{tests::any_context()};
    CHECK(world.run(timeout(unlimited), [] { return taking(10000h); }).value == 42);
}

TEST_CASE("a negative timeout is rejected") { CHECK_THROWS_AS(timeout(-1s), std::invalid_argument); }

TEST_CASE("cancellation of a limited operation is reported as cancellation, whatever its type") {
    using enum asio::cancellation_type;
    for (auto const type : {terminal, partial, total}) {
        World world{tests::any_context()};
        auto running = world.start(timeout(1h), [] { return taking(2h); });
        world.time.advance(1min);
        running.cancel(type);
        world.time.advance(0s);
        REQUIRE(running.ended());
        CHECK(running.outcome().failure.code() == asio::error::operation_aborted);
        CHECK(running.outcome().elapsed == 1min);
        CHECK(world.idle());
    }
}

TEST_CASE("a value takes precedence over cancellation inside a timeout") {
    World world{tests::any_context()};
    auto running = world.start(timeout(1h), [] { return deaf(10s); });
    world.time.advance(1s);
    running.cancel();
    world.time.run();
    CHECK(running.outcome().value == 42);
}

TEST_CASE("a timeout that coincides with a cancellation is reported as cancellation") {
    World world{tests::any_context()};
    auto running = world.start(timeout(5s), [] { return taking(1h); });
    world.time.advance(5s - 1ns);
    running.cancel();
    world.time.run();
    CHECK(running.outcome().failure.code() == asio::error::operation_aborted);
}

TEST_CASE("an operation may cancel its own caller, and its value is still returned") {
    World world{tests::any_context()};
    std::function<void()> cancel;
    auto const operation = [&]() -> asio::awaitable<int> {
        cancel();
        co_return 42;
    };
    auto running = world.start(timeout(5s), operation);
    cancel = [&] { running.cancel(); };
    world.time.run();
    CHECK(running.outcome().value == 42);
}

TEST_CASE("a failed result passes a timeout as a result") {
    World world{tests::any_context()};
    auto const failing = []() -> asio::awaitable<Result<int>> { co_return Failure{Errc::access_denied}; };
    CHECK(world.run(timeout(5s), failing).value.value().error().code() == Errc::access_denied);
    auto const hanging = []() -> asio::awaitable<Result<int>> {
        co_await async_sleep(1h);
        co_return 1;
    };
    auto const failure = world.run(timeout(5s), hanging).value.value().error();
    CHECK(failure.is<TimeoutError>());
    CHECK(failure.transient());
}

TEST_CASE("an operation and its timeout are destroyed with their context") {
    auto const witness = std::make_shared<int>();
    {
        World world{tests::any_context()};
        auto const operation = [witness]() -> asio::awaitable<int> { return taking(2h); };
        world.start(timeout(1h) | retry(RetryPolicy{.attempt_timeout = 1h}), operation);
        world.time.advance(1s);
        CHECK(witness.use_count() > 1);
    }
    CHECK(witness.use_count() == 1);
}
