// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"
#include "support/run.hpp"

#include <zenoo_rpc/cache.hpp>
#include <zenoo_rpc/retry.hpp>
#include <zenoo_rpc/testing/scripted_operation.hpp>

#include <chrono>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

using namespace std::chrono_literals;
using namespace zenoo_rpc;
using testing::ScriptedOperation;
using tests::World;

namespace {

constexpr CacheTimes minute_and_hour{.time_to_live = 1min, .stale_if_error = 1h};

/// A cache in virtual time.
struct Cached {
    World world;
    CacheManager cache;
    explicit Cached(CacheOptions const& options = {}) : cache{world.io.get_executor(), options} {}
};

/// Counts its calls, each of which takes ten seconds and yields its number.
struct Numbered {
    int calls = 0;
    auto operation() {
        return [this]() -> asio::awaitable<int> {
            int const number = ++calls;
            co_await async_sleep(10s);
            co_return number;
        };
    }
};

}  // namespace

TEST_CASE("a value is loaded once and given until it expires") {
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

TEST_CASE("a value is fresh from when it came, not from when it was asked for") {
    Cached c;
    Numbered numbers;
    auto const layer = c.cache.cached("key", 15s);
    c.world.run(layer, numbers.operation());
    c.world.time.advance(14s);
    CHECK(c.world.run(layer, numbers.operation()).value == 1);
}

TEST_CASE("callers at the same time share one load") {
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

TEST_CASE("other keys, and other types under the same key, have loads of their own") {
    Cached c;
    Numbered numbers;
    auto const text = []() -> asio::awaitable<std::string> { co_return "text"; };
    CHECK(c.world.run(c.cache.cached("a", 1min), numbers.operation()).value == 1);
    CHECK(c.world.run(c.cache.cached("b", 1min), numbers.operation()).value == 2);
    CHECK(c.world.run(c.cache.cached("a", 1min), text).value == "text");
    CHECK(c.cache.get<int>("a") == 1);
    CHECK(c.cache.get<std::string>("a") == "text");
}

TEST_CASE("a failure is shared by those who wait, and not kept") {
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

TEST_CASE("whoever waits and is cancelled leaves at once, and alone") {
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

TEST_CASE("if the caller that loads is cancelled, the next one calls by itself") {
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

TEST_CASE("a value that arrives over the cancellation of who loads it is everyone's") {
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

TEST_CASE("an operation that gives itself up as cancelled gives nobody else up") {
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

TEST_CASE("the time that is up of the caller that loads is not that of the others") {
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

TEST_CASE("where the refresh gives up, an expired value is given for as long as it may be stale") {
    Cached c;
    ScriptedOperation<int> server;
    server.returns(7);
    for (int i = 0; i < 4; ++i) server.fails(NetworkError{"down"});
    auto const twice = RetryPolicy{.strategy = FixedDelayStrategy{.max_attempts = 2, .delay = 1s}};
    auto const breaker = std::make_shared<CircuitBreaker>();
    auto const layers = c.cache.cached("key", minute_and_hour) | retry(twice) | circuit_breaker(breaker);
    CHECK(c.world.run(layers, server.operation()).value == 7);
    c.world.time.advance(1min);
    CHECK(c.world.run(layers, server.operation()).value == 7);
    CHECK(server.calls() == 3);
    breaker->open();
    CHECK(c.world.run(layers, server.operation()).value == 7);
    CHECK(server.calls() == 3);
    breaker->close();
    c.world.time.advance(1h - 2s);
    CHECK(c.cache.get_stale<int>("key") == 7);
    c.world.time.advance(1s);
    CHECK(c.world.run(layers, server.operation()).failure.is<RetryExhaustedError>());
    CHECK_FALSE(c.cache.get_stale<int>("key"));
    CHECK(c.cache.statistics().stale == 3);
}

TEST_CASE("an expired value is given to all who wait for the load that gave up") {
    Cached c;
    ScriptedOperation<int> server;
    server.returns(7).fails(Errc::timed_out, 10s);
    auto const layer = c.cache.cached("key", minute_and_hour);
    c.world.run(layer, server.operation());
    c.world.time.advance(1min);
    auto first = c.world.start(layer, server.operation());
    auto second = c.world.start(layer, server.operation());
    c.world.time.run();
    CHECK(first.outcome().value == 7);
    CHECK(second.outcome().value == 7);
    CHECK(server.calls() == 2);
    CHECK(c.cache.statistics() == CacheStatistics{.misses = 2, .shared = 1, .stale = 2, .entries = 1});
}

TEST_CASE("an expired value stands in for nothing that is permanent, unknown or cancelled") {
    auto const after_expiry = [](auto failure) {
        Cached c;
        ScriptedOperation<int> server;
        server.returns(7).fails(failure);
        auto const layer = c.cache.cached("key", minute_and_hour);
        c.world.run(layer, server.operation());
        c.world.time.advance(1min);
        return c.world.run(layer, server.operation()).failure;
    };
    CHECK(after_expiry(ValidationError{"no"}).is<ValidationError>());
    CHECK(after_expiry(OutcomeUnknownError{"?"}).is<OutcomeUnknownError>());
    CHECK(after_expiry(AuthenticationError{"no"}).is<AuthenticationError>());
    CHECK(after_expiry(std::logic_error{"bug"}).is<std::logic_error>());
    CHECK(after_expiry(boost::system::system_error{asio::error::operation_aborted}).cancelled());
}

TEST_CASE("who says that a record is gone, or not to be seen, has what was kept of it forgotten") {
    auto const kept_after = [](auto failure) {
        Cached c;
        ScriptedOperation<int> server;
        server.returns(7).fails(failure).fails(NetworkError{"down"});
        auto const layer = c.cache.cached("key", minute_and_hour);
        c.world.run(layer, server.operation());
        c.world.time.advance(1min);
        c.world.run(layer, server.operation());
        return c.world.run(layer, server.operation()).value;
    };
    CHECK_FALSE(kept_after(MissingError{"gone"}));
    CHECK_FALSE(kept_after(AccessError{"not yours"}));
    CHECK_FALSE(kept_after(AuthenticationError{"who are you?"}));
    CHECK(kept_after(ValidationError{"no"}) == 7);
}

TEST_CASE("results are kept as their values, and failed ones come as they are") {
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

TEST_CASE("a cache is shared by contexts, of which one may go") {
    auto other = std::make_unique<World>();
    Cached c;
    Numbered numbers;
    auto const layer = c.cache.cached("key", 1min);
    SECTION("with the caller that loads: the next one calls") {
        auto first = other->start(layer, numbers.operation());
        other->time.advance(1s);
        auto second = c.world.start(layer, numbers.operation());
        c.world.time.advance(1s);
        CHECK(numbers.calls == 1);
        other.reset();
        c.world.time.run();
        CHECK(second.outcome().value == 2);
    }
    SECTION("with one that waits") {
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

TEST_CASE("what is removed or set while it is being loaded is not overwritten by the load") {
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

TEST_CASE("what is set while a load finds out that its record is gone stays") {
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

TEST_CASE("a fallback outside a cache is for what is not even kept") {
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

TEST_CASE("an operation may be given along with its key") {
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

TEST_CASE("a load sees the context of the retry that it is in") {
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

TEST_CASE("a cache of values that live for no time still shares loads") {
    Cached c;
    Numbered numbers;
    auto const layer = c.cache.cached("key", 0s);
    auto first = c.world.start(layer, numbers.operation());
    auto second = c.world.start(layer, numbers.operation());
    c.world.time.run();
    CHECK(second.outcome().value == 1);
    CHECK(c.world.run(layer, numbers.operation()).value == 2);
}

TEST_CASE("unusable times are named before anything is called") {
    Cached c;
    CHECK_THROWS_AS(c.cache.cached("key", -1s), std::invalid_argument);
    CHECK_THROWS_AS(c.cache.cached("key", CacheTimes{.stale_if_error = -1s}), std::invalid_argument);
    CHECK_THROWS_AS(c.cache.set("key", 1, -1s), std::invalid_argument);
    CHECK_THROWS_AS(Cached{CacheOptions{.max_entries = 0}}, std::invalid_argument);
    CHECK_THROWS_AS(Cached{CacheOptions{.time_to_live = -1s}}, std::invalid_argument);
    CHECK_THROWS_AS(Cached{CacheOptions{.stale_if_error = -1s}}, std::invalid_argument);
}
