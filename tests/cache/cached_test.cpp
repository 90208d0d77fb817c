// SPDX-License-Identifier: BSL-1.0
#include "cache/cached_fixture.hpp"
#include "support/catch.hpp"
#include "support/run.hpp"

#include <zenoo_rpc/cache.hpp>
#include <zenoo_rpc/exceptions.hpp>
#include <zenoo_rpc/retry.hpp>
#include <zenoo_rpc/testing/scripted_operation.hpp>

#include <chrono>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>

using namespace std::chrono_literals;
using namespace zenoo_rpc;
using testing::ScriptedOperation;
using tests::Cached;
using tests::minute_and_hour;
using tests::Numbered;
using tests::World;

TEST_CASE("a value is loaded once and returned until it expires") {
    Cached c;
    Numbered numbers;
    auto const layer = c.cache.cached("key", 1min);
    CHECK(c.world.run(layer, numbers.operation()).value == 1);
    auto const again = c.world.run(layer, numbers.operation());
    CHECK(again.value == 1);
    CHECK(again.elapsed == 0s);
    c.world.time.advance(59s);
    CHECK(c.world.run(layer, numbers.operation()).value == 1);
    c.world.time.advance(1s);
    CHECK(c.world.run(layer, numbers.operation()).value == 2);
    CHECK(c.cache.statistics() == CacheStatistics{.hits = 2, .misses = 2, .entries = 1});
}

TEST_CASE("the time to live begins when the load ends") {
    Cached c;
    Numbered numbers;
    auto const layer = c.cache.cached("key", 15s);
    c.world.run(layer, numbers.operation());
    c.world.time.advance(14s);
    CHECK(c.world.run(layer, numbers.operation()).value == 1);
}

TEST_CASE("concurrent callers share one load") {
    Cached c;
    Numbered numbers;
    auto const layer = c.cache.cached("key", 1min);
    auto first = c.world.start(layer, numbers.operation());
    c.world.time.advance(4s);
    auto second = c.world.start(layer, numbers.operation());
    auto third = c.world.start(layer, numbers.operation());
    c.world.time.run();
    CHECK(first.outcome().value == 1);
    CHECK(second.outcome().value == 1);
    CHECK(third.outcome().value == 1);
    CHECK(second.outcome().elapsed == 6s);
    CHECK(numbers.calls == 1);
    CHECK(c.cache.statistics() == CacheStatistics{.misses = 1, .shared = 2, .entries = 1});
}

TEST_CASE("each key, and each type under a key, has its own load") {
    Cached c;
    Numbered numbers;
    auto const text = []() -> asio::awaitable<std::string> { co_return "text"; };
    CHECK(c.world.run(c.cache.cached("a", 1min), numbers.operation()).value == 1);
    CHECK(c.world.run(c.cache.cached("b", 1min), numbers.operation()).value == 2);
    CHECK(c.world.run(c.cache.cached("a", 1min), text).value == "text");
    CHECK(c.cache.get<int>("a") == 1);
    CHECK(c.cache.get<std::string>("a") == "text");
}

TEST_CASE("a failure is shared by the waiting callers and not cached") {
    Cached c;
    ScriptedOperation<int> server;
    server.fails(ValidationError{"no"}, 10s).returns(7);
    auto const layer = c.cache.cached("key", minute_and_hour);
    auto first = c.world.start(layer, server.operation());
    auto second = c.world.start(layer, server.operation());
    c.world.time.run();
    CHECK(first.outcome().failure.is<ValidationError>());
    CHECK(second.outcome().failure.is<ValidationError>());
    CHECK(server.calls() == 1);
    CHECK(c.cache.statistics().shared == 1);
    CHECK(c.world.run(layer, server.operation()).value == 7);
}

TEST_CASE("a Result is cached as its value, and a failed Result is returned unchanged") {
    Cached c;
    int calls = 0;
    auto const call = [&]() -> asio::awaitable<Result<int>> {
        ++calls;
        if (calls == 1) co_return Failure{Errc::access_denied};
        if (calls == 2) co_return 7;
        co_return Failure{Errc::network_error};
    };
    auto const layer = c.cache.cached("key", minute_and_hour);
    CHECK(c.world.run(layer, call).value.value().error().code() == Errc::access_denied);
    CHECK(c.world.run(layer, call).value.value().value() == 7);
    CHECK(c.cache.get<int>("key") == 7);
    c.world.time.advance(1min);
    CHECK(c.world.run(layer, call).value.value().value() == 7);
    c.world.time.advance(1h);
    CHECK(c.world.run(layer, call).value.value().error().code() == Errc::network_error);
}

TEST_CASE("a cache may be shared by contexts, one of which is destroyed") {
    auto other = std::make_unique<World>();
    Cached c;
    Numbered numbers;
    auto const layer = c.cache.cached("key", 1min);
    SECTION("with the loading caller: the next caller makes the call") {
        auto first = other->start(layer, numbers.operation());
        other->time.advance(1s);
        auto second = c.world.start(layer, numbers.operation());
        c.world.time.advance(1s);
        CHECK(numbers.calls == 1);
        other.reset();
        c.world.time.run();
        CHECK(second.outcome().value == 2);
    }
    SECTION("with a waiting caller") {
        auto first = c.world.start(layer, numbers.operation());
        c.world.time.advance(1s);
        auto second = other->start(layer, numbers.operation());
        other->time.advance(1s);
        other.reset();
        c.world.time.run();
        CHECK(first.outcome().value == 1);
        CHECK(numbers.calls == 1);
    }
}

TEST_CASE("a load does not overwrite a key that was removed or set meanwhile") {
    Cached c;
    Numbered numbers;
    auto const layer = c.cache.cached("key", 1min);
    auto const change = GENERATE(0, 1, 2);
    auto first = c.world.start(layer, numbers.operation());
    c.world.time.advance(1s);
    if (change == 0) CHECK_FALSE(c.cache.remove("key"));
    if (change == 1) c.cache.clear();
    if (change == 2) c.cache.set("key", 42);
    auto second = c.world.start(layer, numbers.operation());
    c.world.time.advance(9s);
    CHECK(first.outcome().value == 1);
    CHECK(c.cache.get<int>("key") == (change == 2 ? std::optional{42} : std::nullopt));
    auto third = c.world.start(layer, numbers.operation());
    c.world.time.run();
    CHECK(second.outcome().value == (change == 2 ? 42 : 2));
    CHECK(third.outcome().value == second.outcome().value);
    CHECK(numbers.calls == (change == 2 ? 1 : 2));
    CHECK(c.cache.get<int>("key") == (change == 2 ? 42 : 2));
}

TEST_CASE("a value set during a load stays when the load finds the record missing") {
    Cached c;
    ScriptedOperation<int> server;
    server.fails(MissingError{"gone"}, 10s);
    auto first = c.world.start(c.cache.cached("key", 1min), server.operation());
    c.world.time.advance(1s);
    c.cache.set("key", 42);
    c.world.time.run();
    CHECK(first.outcome().failure.is<MissingError>());
    CHECK(c.cache.get<int>("key") == 42);
}

TEST_CASE("a fallback outside a cache applies if no value is cached") {
    Cached c;
    ScriptedOperation<std::string> server;
    server.returns("Ada").fails(NetworkError{"down"}).fails(NetworkError{"down"});
    auto const layers = fallback(std::string{"Unknown"}) | c.cache.cached("key", minute_and_hour);
    CHECK(c.world.run(layers, server.operation()).value == "Ada");
    c.world.time.advance(30min);
    CHECK(c.world.run(layers, server.operation()).value == "Ada");
    c.world.time.advance(1h);
    CHECK(c.world.run(layers, server.operation()).value == "Unknown");
}

TEST_CASE("an operation may be passed together with its key") {
    Cached c;
    Numbered numbers;
    auto const load = numbers.operation();
    auto const program = [&]() -> asio::awaitable<int> {
        int const first = co_await c.cache.cached("key_" + std::to_string(7), 1min, load);
        int const second = co_await c.cache.cached("key_7", minute_and_hour, [&] { return load(); });
        co_return first + second;
    };
    CHECK(c.world.run(program()).value == 2);
}

TEST_CASE("a load gets the context of the enclosing retry") {
    Cached c;
    auto const policy = RetryPolicy{.strategy = FixedDelayStrategy{.max_attempts = 4, .delay = 1s}};
    auto const layers = retry(policy) | c.cache.cached("key", 1min);
    auto const operation = [](RetryContext const& context) -> asio::awaitable<int> {
        int const attempt = context.attempt;
        if (attempt < 3) throw NetworkError{"down"};
        co_return attempt;
    };
    CHECK(c.world.run(layers, operation).value == 3);
}

TEST_CASE("a cache with a time to live of zero still shares loads") {
    Cached c;
    Numbered numbers;
    auto const layer = c.cache.cached("key", 0s);
    auto first = c.world.start(layer, numbers.operation());
    auto second = c.world.start(layer, numbers.operation());
    c.world.time.run();
    CHECK(second.outcome().value == 1);
    CHECK(c.world.run(layer, numbers.operation()).value == 2);
}

TEST_CASE("invalid times are rejected before anything is called") {
    Cached c;
    CHECK_THROWS_AS(c.cache.cached("key", -1s), std::invalid_argument);
    CHECK_THROWS_AS(c.cache.cached("key", CacheTimes{.stale_if_error = -1s}), std::invalid_argument);
    CHECK_THROWS_AS(c.cache.set("key", 1, -1s), std::invalid_argument);
    CHECK_THROWS_AS(Cached{CacheOptions{.max_entries = 0}}, std::invalid_argument);
    CHECK_THROWS_AS(Cached{CacheOptions{.time_to_live = -1s}}, std::invalid_argument);
    CHECK_THROWS_AS(Cached{CacheOptions{.stale_if_error = -1s}}, std::invalid_argument);
}
