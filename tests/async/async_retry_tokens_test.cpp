// SPDX-License-Identifier: BSL-1.0
#include "async/policies.hpp"
#include "support/catch.hpp"
#include "support/run.hpp"

#include <zenoo_rpc/async/async_retry.hpp>
#include <zenoo_rpc/async/async_sleep.hpp>
#include <zenoo_rpc/exceptions.hpp>
#include <zenoo_rpc/retry/fixed_delay.hpp>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/bind_executor.hpp>
#include <boost/asio/deferred.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/use_future.hpp>

#include <chrono>
#include <exception>
#include <future>
#include <stdexcept>
#include <tuple>

using namespace std::chrono_literals;
using namespace zenoo_rpc;
using tests::three_times;
using tests::World;

namespace {

auto third_time(int& calls) {
    return [&calls]() -> asio::awaitable<int> {
        if (++calls < 3) throw NetworkError{"down"};
        co_return calls;
    };
}

}  // namespace

TEST_CASE("a callback receives the result") {
    World world;
    int calls = 0;
    std::exception_ptr error;
    int value = 0;
    async_retry(world.io.get_executor(), three_times, third_time(calls), [&](std::exception_ptr thrown, int given) {
        error = thrown;
        value = given;
    });
    CHECK(calls == 0);  // nothing runs inside the initiating call
    world.time.run();
    CHECK_FALSE(error);
    CHECK(value == 3);
}

TEST_CASE("a callback receives a failure") {
    World world;
    std::exception_ptr error;
    auto const operation = []() -> asio::awaitable<void> {
        throw NetworkError{"down"};
        co_return;
    };
    async_retry(world.io.get_executor(), three_times, operation, [&](std::exception_ptr thrown) { error = thrown; });
    world.time.run();
    CHECK(Failure{error}.is<RetryExhaustedError>());
}

TEST_CASE("a callback runs on its own executor") {
    World world;
    int calls = 0;
    auto const strand = asio::make_strand(world.io);
    bool on_strand = false;
    async_retry(
        world.io.get_executor(), three_times, third_time(calls),
        asio::bind_executor(strand, [&](std::exception_ptr, int) { on_strand = strand.running_in_this_thread(); }));
    world.time.run();
    CHECK(on_strand);
}

TEST_CASE("a future receives the result") {
    World world;
    int calls = 0;
    std::future<int> future = async_retry(world.io.get_executor(), three_times, third_time(calls), asio::use_future);
    world.time.run();
    CHECK(future.get() == 3);
}

TEST_CASE("a future receives a failure") {
    World world;
    auto const operation = []() -> asio::awaitable<int> {
        throw ValidationError{"no"};
        co_return 0;
    };
    auto future = async_retry(world.io.get_executor(), three_times, operation, asio::use_future);
    world.time.run();
    CHECK_THROWS_AS(future.get(), ValidationError);
}

TEST_CASE("an unusable policy is reported through the completion token") {
    World world;
    int calls = 0;
    auto const unusable = RetryPolicy{.total_timeout = -1s};
    auto future = async_retry(world.io.get_executor(), unusable, third_time(calls), asio::use_future);
    world.time.run();
    CHECK_THROWS_AS(future.get(), std::invalid_argument);
    CHECK(calls == 0);
}

TEST_CASE("a coroutine receives the result, also as a tuple") {
    World world;
    int calls = 0;
    auto const operation = third_time(calls);
    auto const asking = [&]() -> asio::awaitable<int> {
        auto const executor = world.io.get_executor();
        int const first = co_await async_retry(executor, three_times, operation, asio::use_awaitable);
        calls = 0;
        auto const [error, second] =
            co_await async_retry(executor, three_times, operation, asio::as_tuple(asio::use_awaitable));
        CHECK_FALSE(error);
        co_return first + second;
    };
    CHECK(world.run(asking()).value == 6);
}

TEST_CASE("a deferred retry does not start before it is invoked") {
    World world;
    int calls = 0;
    auto later = async_retry(world.io.get_executor(), three_times, third_time(calls), asio::deferred);
    world.time.run();
    CHECK(calls == 0);
    int value = 0;
    std::move(later)([&](std::exception_ptr, int given) { value = given; });
    world.time.run();
    CHECK(value == 3);
}

TEST_CASE("a retry may be detached") {
    World world;
    int calls = 0;
    async_retry(world.io.get_executor(), three_times, third_time(calls), asio::detached);
    world.time.run();
    CHECK(calls == 3);
    CHECK(world.idle());
}

TEST_CASE("an execution stays on its strand") {
    World world;
    auto const strand = asio::make_strand(world.io);
    int calls = 0;
    auto const operation = [&]() -> asio::awaitable<int> {
        CHECK(strand.running_in_this_thread());
        co_await async_sleep(1s);
        CHECK(strand.running_in_this_thread());
        if (++calls < 3) throw NetworkError{"down"};
        co_return calls;
    };
    auto const limited = RetryPolicy{.strategy = FixedDelayStrategy{.delay = 1s}, .attempt_timeout = 1min};
    auto first = async_retry(strand, three_times, operation, asio::use_future);
    world.time.run();
    CHECK(first.get() == 3);
    calls = 0;
    auto second = async_retry(strand, limited, operation, asio::use_future);
    world.time.run();
    CHECK(second.get() == 3);
}
