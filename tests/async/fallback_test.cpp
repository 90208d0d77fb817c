// SPDX-License-Identifier: BSL-1.0
#include "async/policies.hpp"
#include "async/slow_operations.hpp"
#include "support/catch.hpp"
#include "support/run.hpp"

#include <zenoo_rpc/async/async_retry.hpp>
#include <zenoo_rpc/async/async_sleep.hpp>
#include <zenoo_rpc/async/circuit_breaker_layer.hpp>
#include <zenoo_rpc/async/fallback.hpp>
#include <zenoo_rpc/async/timeout.hpp>
#include <zenoo_rpc/exceptions.hpp>
#include <zenoo_rpc/retry/fixed_delay.hpp>

#include <boost/asio/error.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/system/system_error.hpp>

#include <chrono>
#include <initializer_list>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

using namespace std::chrono_literals;
using namespace zenoo_rpc;
using tests::hanging;
using tests::twice;
using tests::World;

namespace {

template <class E>
auto failing_with(E error) {
    return [error]() -> asio::awaitable<int> {
        throw error;
        co_return 0;
    };
}

}  // namespace

TEST_CASE("a successful operation is not replaced") {
    World world;
    CHECK(world.run(fallback(7), []() -> asio::awaitable<int> { co_return 42; }).value == 42);
}

TEST_CASE("an exhausted, late or rejected operation is replaced") {
    World world;
    auto const late = RetryPolicy{.strategy = FixedDelayStrategy{.delay = 9s}, .total_timeout = 5s};
    auto const breaker = std::make_shared<CircuitBreaker>();
    breaker->open();
    auto const down = failing_with(NetworkError{"down"});
    CHECK(world.run(fallback(7), down).value == 7);
    CHECK(world.run(fallback(7) | retry(twice), down).value == 7);
    CHECK(world.run(fallback(7) | retry(late), down).value == 7);
    CHECK(world.run(fallback(7) | timeout(5s), hanging).value == 7);
    CHECK(world.run(fallback(7) | circuit_breaker(breaker), down).value == 7);
    CHECK(world.run(fallback(7), failing_with(TimeoutError{"late"})).value == 7);
}

TEST_CASE("a permanent failure is not replaced") {
    World world;
    CHECK(world.run(fallback(7), failing_with(ValidationError{"no"})).failure.is<ValidationError>());
    CHECK(world.run(fallback(7), failing_with(AuthenticationError{"no"})).failure.is<AuthenticationError>());
    CHECK(world.run(fallback(7), failing_with(OutcomeUnknownError{"?"})).failure.is<OutcomeUnknownError>());
    CHECK(world.run(fallback(7), failing_with(std::logic_error{"bug"})).failure.is<std::logic_error>());
}

TEST_CASE("a predicate widens the set of replaced failures") {
    World world;
    auto const layer = fallback(7, failure_is<MissingError>);
    CHECK(world.run(layer, failing_with(MissingError{"gone"})).value == 7);
    CHECK(world.run(layer, failing_with(NetworkError{"down"})).value == 7);
    CHECK(world.run(layer, failing_with(AccessError{"no"})).failure.is<AccessError>());
}

TEST_CASE("a factory creates each substitute anew") {
    World world;
    auto const down = failing_with(NetworkError{"down"});
    int made = 0;
    auto const counting = fallback([&] { return ++made; });
    CHECK(world.run(counting, down).value == 1);
    CHECK(world.run(counting, down).value == 2);
    auto const asking = fallback([](Failure const& failure) { return failure.is<NetworkError>() ? 3 : 4; });
    CHECK(world.run(asking, down).value == 3);
    auto const awaiting = fallback([&]() -> asio::awaitable<int> {
        co_await async_sleep(5s);
        co_return 5;
    });
    auto const out = world.run(awaiting, down);
    CHECK(out.value == 5);
    CHECK(out.elapsed == 5s);
    auto const asking_and_awaiting = fallback([](Failure const& failure) -> asio::awaitable<int> {
        auto const code = failure.code();
        co_await async_sleep(1s);
        co_return code == Errc::network_error ? 6 : 0;
    });
    CHECK(world.run(asking_and_awaiting, down).value == 6);
}

TEST_CASE("an exception of the factory is the resulting failure") {
    World world;
    auto const layer = fallback([]() -> int { throw MissingError{"nor in the cache"}; });
    CHECK(world.run(layer, failing_with(NetworkError{"down"})).failure.is<MissingError>());
}

TEST_CASE("a value is copied for each call") {
    World world;
    auto const names = std::vector<std::string>{"nobody"};
    auto const layer = fallback(names);
    auto const down = []() -> asio::awaitable<std::vector<std::string>> {
        throw NetworkError{"down"};
        co_return std::vector<std::string>();
    };
    CHECK(world.run(layer, down).value == names);
    CHECK(world.run(layer, down).value == names);
}

namespace {

/// Like JSON, distinguishes a list of one element from that element.
struct Tree {
    int depth = 0;
    Tree() = default;
    Tree(std::initializer_list<Tree> children) : depth{children.begin()->depth + 1} {}
};

}  // namespace

TEST_CASE("a value constructible from a list is not wrapped in a list") {
    World world;
    auto const down = []() -> asio::awaitable<Tree> {
        throw NetworkError{"down"};
        co_return Tree();
    };
    CHECK(world.run(fallback(Tree()), down).value->depth == 0);
}

TEST_CASE("a failed result is replaced by a successful one") {
    World world;
    auto const failing = [](Errc code) {
        return [code]() -> asio::awaitable<Result<int>> { co_return Failure{code}; };
    };
    CHECK(world.run(fallback(7), failing(Errc::network_error)).value.value().value() == 7);
    CHECK(world.run(fallback(7), failing(Errc::access_denied)).value.value().has_error());
    CHECK(world.run(fallback(7) | retry(twice), failing(Errc::network_error)).value.value().value() == 7);
}

TEST_CASE("cancellation is never replaced") {
    using enum asio::cancellation_type;
    auto const anything = [](Failure const&) { return true; };
    for (auto const type : {terminal, partial, total}) {
        World world;
        int made = 0;
        auto const make = [&] { return ++made; };
        auto during_operation = world.start(fallback(make, anything) | timeout(1h), hanging);
        auto during_delay =
            world.start(fallback(make, anything) | retry(RetryPolicy{.strategy = FixedDelayStrategy{.delay = 1h}}),
                        failing_with(NetworkError{"down"}));
        world.time.advance(1min);
        during_operation.cancel(type);
        during_delay.cancel(type);
        world.time.advance(0s);
        REQUIRE(during_operation.ended());
        REQUIRE(during_delay.ended());
        CHECK(during_operation.outcome().failure.code() == asio::error::operation_aborted);
        CHECK(during_delay.outcome().failure.code() == asio::error::operation_aborted);
        CHECK(made == 0);
        CHECK(world.idle());
    }
}

TEST_CASE("an operation that reports itself as cancelled is not replaced, whatever the predicate says") {
    World world;
    auto const anything = [](Failure const&) { return true; };
    auto const operation = failing_with(boost::system::system_error{asio::error::operation_aborted});
    CHECK(world.run(fallback(7, anything), operation).failure.code() == asio::error::operation_aborted);
}

TEST_CASE("a failure that arrives despite a cancellation is not replaced either") {
    World world;
    auto const operation = []() -> asio::awaitable<int> {
        co_await asio::this_coro::throw_if_cancelled(false);
        boost::system::error_code ignored;
        auto const executor = co_await asio::this_coro::executor;
        co_await async_sleep(executor, 1h, asio::redirect_error(asio::use_awaitable, ignored));
        throw NetworkError{"down"};
    };
    auto running = world.start(fallback(7), operation);
    world.time.advance(1s);
    running.cancel();
    world.time.advance(0s);
    CHECK(running.outcome().failure.code() == asio::error::operation_aborted);
    CHECK(running.outcome().failure.cause().is<NetworkError>());
}

TEST_CASE("an awaited fallback can be cancelled") {
    World world;
    auto const slow = fallback([]() -> asio::awaitable<int> {
        co_await async_sleep(1h);
        co_return 5;
    });
    auto running = world.start(slow, failing_with(NetworkError{"down"}));
    world.time.advance(1s);
    running.cancel();
    world.time.advance(0s);
    REQUIRE(running.ended());
    CHECK(running.outcome().failure.code() == asio::error::operation_aborted);
    CHECK(world.idle());
}

TEST_CASE("an awaited fallback is cut off by a timeout around it") {
    World world;
    auto const slow = fallback([]() -> asio::awaitable<int> {
        co_await async_sleep(1h);
        co_return 5;
    });
    auto const out = world.run(timeout(5s) | slow, failing_with(NetworkError{"down"}));
    CHECK(out.failure.is<TimeoutError>());
    CHECK(out.elapsed == 5s);
}
