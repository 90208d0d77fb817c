// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"
#include "support/run.hpp"

#include <zenoo_rpc/async/async_retry.hpp>
#include <zenoo_rpc/async/circuit_breaker_layer.hpp>
#include <zenoo_rpc/async/fallback.hpp>
#include <zenoo_rpc/async/timeout.hpp>
#include <zenoo_rpc/exceptions.hpp>
#include <zenoo_rpc/retry/fixed_delay.hpp>

#include <chrono>
#include <memory>
#include <type_traits>
#include <utility>

using namespace std::chrono_literals;
using namespace zenoo_rpc;
using tests::World;

namespace {

/// Neither copyable nor default-constructible.
class Ticket {
public:
    explicit Ticket(int number) : number_{std::make_unique<int>(number)} {}
    int number() const { return *number_; }

private:
    std::unique_ptr<int> number_;
};
static_assert(!std::is_default_constructible_v<Ticket> && !std::is_copy_constructible_v<Ticket>);

constexpr auto fast = RetryPolicy{.strategy = FixedDelayStrategy{.max_attempts = 3, .delay = 1s}};
constexpr auto bounded = RetryPolicy{
    .strategy = FixedDelayStrategy{.max_attempts = 3, .delay = 1s}, .total_timeout = 1h, .attempt_timeout = 1min};

/// Throws if it is moved more often than allowed.
class Fragile {
public:
    explicit Fragile(int& moves_left) : moves_left_{&moves_left} {}
    Fragile(Fragile&& other) : moves_left_{other.moves_left_} {
        if (--*moves_left_ < 0) throw NetworkError{"broken on the way"};
    }

private:
    int* moves_left_;
};

}  // namespace

TEST_CASE("a value may be move-only and not default-constructible") {
    World world;
    int calls = 0;
    auto const operation = [&]() -> asio::awaitable<Ticket> {
        if (++calls % 2 == 1) throw NetworkError{"down"};
        co_return Ticket{calls};
    };
    CHECK(world.run(async_retry(fast, operation)).value.value().number() == 2);
    CHECK(world.run(async_retry(bounded, operation)).value.value().number() == 4);
    auto const pipeline = fallback([] { return Ticket{0}; }) | timeout(1h) | retry(bounded)
                          | circuit_breaker(std::make_shared<CircuitBreaker>()) | timeout(1s);
    CHECK(world.run(pipeline(operation)).value.value().number() == 6);
}

TEST_CASE("a result may hold a move-only value") {
    World world;
    int calls = 0;
    auto const operation = [&]() -> asio::awaitable<Result<Ticket>> {
        if (++calls % 2 == 1) co_return Failure{Errc::network_error};
        co_return Ticket{calls};
    };
    CHECK(world.run(async_retry(fast, operation)).value.value().value().number() == 2);
    CHECK(world.run(async_retry(bounded, operation)).value.value().value().number() == 4);
}

TEST_CASE("an operation may yield nothing") {
    World world;
    int calls = 0;
    auto const operation = [&]() -> asio::awaitable<void> {
        if (++calls % 2 == 1) throw NetworkError{"down"};
        co_return;
    };
    CHECK(world.run(async_retry(fast, operation)).value);
    CHECK(world.run(async_retry(bounded, operation)).value);
    auto const pipeline =
        fallback([] {}) | timeout(1h) | retry(fast) | circuit_breaker(std::make_shared<CircuitBreaker>()) | timeout(1s);
    CHECK(world.run(pipeline(operation)).value);
    CHECK(calls == 6);
}

TEST_CASE("an operation may yield a result of void") {
    World world;
    int calls = 0;
    auto const operation = [&]() -> asio::awaitable<Result<void>> {
        if (++calls % 2 == 1) co_return Failure{Errc::network_error};
        co_return Result<void>{};
    };
    CHECK(world.run(async_retry(fast, operation)).value.value().has_value());
    CHECK(world.run(async_retry(bounded, operation)).value.value().has_value());
}

TEST_CASE("an operation may be move-only if it is passed by take") {
    World world;
    auto const owning = [](int start) {
        return [count = std::make_unique<int>(start)]() -> asio::awaitable<int> {
            if (++*count % 2 == 1) throw NetworkError{"down"};
            co_return *count;
        };
    };
    auto first = owning(0);
    CHECK(world.run(async_retry(fast, take(std::move(first)))).value == 2);
    auto second = owning(10);
    CHECK(world.run(async_retry(bounded, take(std::move(second)))).value == 12);
    auto third = owning(20);
    auto const pipeline = timeout(1h) | retry(fast) | circuit_breaker(std::make_shared<CircuitBreaker>());
    CHECK(world.run(pipeline(take(std::move(third)))).value == 22);
}

TEST_CASE("an operation may be a function, or return the awaitable of another function") {
    World world;
    struct Server {
        static asio::awaitable<int> respond() { co_return 42; }
    };
    CHECK(world.run(async_retry(fast, Server::respond)).value == 42);
    CHECK(world.run(async_retry(fast, &Server::respond)).value == 42);
    CHECK(world.run(async_retry(fast, [] { return Server::respond(); })).value == 42);
    CHECK(world.run((timeout(1s) | retry(fast))(Server::respond)).value == 42);
}

TEST_CASE("an operation that throws before it returns an awaitable is retried like any other") {
    World world;
    int calls = 0;
    auto const operation = [&]() -> asio::awaitable<int> {
        struct Server {
            static asio::awaitable<int> respond(int number) { co_return number; }
        };
        if (++calls < 3) throw NetworkError{"not even a socket"};
        return Server::respond(calls);
    };
    CHECK(world.run(async_retry(fast, operation)).value == 3);
    calls = 0;
    CHECK(world.run(async_retry(bounded, operation)).value == 3);
}

TEST_CASE("a successful operation is not retried because moving its value to the caller throws") {
    constexpr int many = 1000;
    int moves_left = many;
    int calls = 0;
    auto const operation = [&]() -> asio::awaitable<Fragile> {
        ++calls;
        co_return Fragile{moves_left};
    };
    auto const discard = [](asio::awaitable<Fragile> call) -> asio::awaitable<void> { co_await std::move(call); };
    World world;
    REQUIRE(world.run(discard(operation())).value);
    int const moves_of_the_operation = many - moves_left;

    moves_left = moves_of_the_operation;
    calls = 0;
    auto const out = world.run(discard(async_retry(fast, operation)));
    CHECK(out.failure.is<NetworkError>());
    CHECK(calls == 1);
}
