// SPDX-License-Identifier: BSL-1.0
// The programs of the contract's page on layers and on the context of a retry.
#include "support/catch.hpp"
#include "support/run.hpp"

#include <zenoo_rpc/retry.hpp>

#include <chrono>
#include <memory>
#include <string>
#include <utility>
#include <vector>

using namespace std::chrono_literals;
using namespace zenoo_rpc;
using tests::World;

namespace {

asio::awaitable<std::vector<std::string>> unreachable() {
    co_await async_sleep(1s);
    throw NetworkError{"no route"};
}

}  // namespace

TEST_CASE("layers compose, outermost first") {
    World world;
    auto const program = [&]() -> asio::awaitable<std::vector<std::string>> {
        auto const policy = RetryPolicy{.strategy = ExponentialBackoff{.max_attempts = 3}};
        auto const breaker = std::make_shared<CircuitBreaker>();
        auto const value_or_factory = std::vector<std::string>(1, "nobody");
        auto const operation = unreachable;
        auto const resilient =
            fallback(value_or_factory) | timeout(30s) | retry(policy) | circuit_breaker(breaker) | timeout(5s);
        auto response = co_await resilient(operation);
        auto again = co_await resilient([&] { return unreachable(); });
        response.insert(response.end(), again.begin(), again.end());
        co_return response;
    };
    CHECK(world.run(program()).value == std::vector<std::string>{"nobody", "nobody"});
}

TEST_CASE("layers are created before the expression that awaits them, from any rvalue") {
    World world;
    auto const program = [&]() -> asio::awaitable<std::string> {
        auto const owned = std::make_shared<std::string>("a text that is too long for any small buffer");
        auto const layered = fallback([owned] { return *owned; })
                             | retry(RetryPolicy{.strategy = AnyStrategy{FixedDelay{.delay = 1s}},
                                                 .retry_if = [owned](Failure const&) { return owned != nullptr; }})
                             | circuit_breaker(std::make_shared<CircuitBreaker>(), OnOpen::wait)
                             | metrics(std::make_shared<MetricsRecorder>());
        auto operation = [owned]() -> asio::awaitable<std::string> {
            co_await async_sleep(1s);
            throw NetworkError{*owned};
        };
        std::string const first = co_await layered(operation);
        auto moved = layered;
        std::string const second = co_await moved(take(std::move(operation)));
        co_return first == second ? first : "";
    };
    CHECK(world.run(program()).value == "a text that is too long for any small buffer");
}

TEST_CASE("an operation with a context parameter receives attempt, last failure, elapsed time and deadline") {
    World world;
    std::vector<int> attempts;
    auto const program = [&]() -> asio::awaitable<int> {
        auto const policy = RetryPolicy{.strategy = FixedDelay{.max_attempts = 4, .delay = 1s}, .total_timeout = 60s};
        co_return co_await async_retry(policy, [&](RetryContext const& context) -> asio::awaitable<int> {
            attempts.push_back(context.attempt);
            CHECK(context.max_attempts == 4);
            CHECK(static_cast<bool>(context.last_failure) == (context.attempt > 1));
            CHECK(context.elapsed() == (context.attempt - 1) * 1s);
            CHECK(context.deadline == context.started + 60s);
            if (context.attempt < 3) throw TimeoutError{"slow"};
            co_return context.attempt;
        });
    };
    CHECK(world.run(program()).value == 3);
    CHECK(attempts == std::vector{1, 2, 3});
}
