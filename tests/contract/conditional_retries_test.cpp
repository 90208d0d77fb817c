// SPDX-License-Identifier: BSL-1.0
// The programs of the contract's page on conditional retries, fallback, timeout and context.
#include "support/catch.hpp"
#include "support/run.hpp"

#include <zenoo_rpc/exceptions.hpp>
#include <zenoo_rpc/retry.hpp>

#include <chrono>
#include <memory>
#include <string>
#include <vector>

using namespace std::chrono_literals;
using namespace zenoo_rpc;
using tests::World;

namespace {

using Names = std::vector<std::string>;

/// A substitute for a client: fails `failures` times, then succeeds.
class Client {
public:
    explicit Client(int failures, Errc code = Errc::network_error) : failures_{failures}, code_{code} {}

    asio::awaitable<Names> search(std::string model) {
        std::string const kept = std::move(model);
        co_await async_sleep(10ms);
        if (calls++ < failures_) Failure{code_}.raise();
        co_return Names(1, kept);
    }
    int calls = 0;

private:
    int failures_;
    Errc code_;
};

}  // namespace

TEST_CASE("retry on specific exceptions") {
    World world;
    auto const program = [](Client& client) -> asio::awaitable<Names> {
        auto const on_network = retry_on_exceptions<NetworkError, TimeoutError>({.max_attempts = 3, .base_delay = 2s});
        auto partners = co_await on_network([&] { return client.search("res.partner"); });
        co_return partners;
    };
    Client network{2};
    CHECK(world.run(program(network)).value == Names{"res.partner"});
    CHECK(network.calls == 3);

    Client server{2, Errc::bad_gateway};
    CHECK(world.run(program(server)).failure.is<ServerError>());
    CHECK(server.calls == 1);
}

TEST_CASE("a condition decides by failure and attempt") {
    World world;
    bool const weekend = GENERATE(false, true);
    auto const program = [weekend](Client& client) -> asio::awaitable<Names> {
        auto const conditional =
            ConditionalRetry{.condition =
                                 [weekend](Failure const& failure, int attempt) {
                                     if (failure.is<ValidationError>()) return false;
                                     if (weekend && attempt >= 3) return false;
                                     return failure.is<NetworkError>() || failure.is<TimeoutError>();
                                 },
                             .max_attempts = 5,
                             .base_delay = 1s};
        auto partners = co_await conditional([&] { return client.search("res.partner"); });
        co_return partners;
    };
    Client client{4};
    auto const out = world.run(program(client));
    CHECK(out.value.has_value() == !weekend);
    CHECK(out.failure.is<NetworkError>() == weekend);
    CHECK(client.calls == (weekend ? 3 : 5));
}

TEST_CASE("retry on any failure except permanent ones") {
    World world;
    auto const program = [](Client& client) -> asio::awaitable<Names> {
        auto const any_failure = retry_on_failure({.max_attempts = 3});
        auto partners = co_await any_failure([&] { return client.search("res.partner"); });
        co_return partners;
    };
    Client odd{2, Errc::server_error};
    CHECK(world.run(program(odd)).value.has_value());
    Client wrong{2, Errc::validation_failed};
    CHECK(world.run(program(wrong)).failure.is<ValidationError>());
    CHECK(wrong.calls == 1);
}

TEST_CASE("retry with a fallback") {
    World world;
    Client client{9};
    auto const program = [&]() -> asio::awaitable<Names> {
        auto const or_empty = retry_with_fallback({.max_attempts = 3}, Names{});
        auto partners = co_await or_empty([&] { return client.search("res.partner"); });
        co_return partners;
    };
    CHECK(world.run(program()).value == Names{});
    CHECK(client.calls == 3);
}

TEST_CASE("retry with a timeout") {
    World world;
    Client client{99};
    auto const program = [&]() -> asio::awaitable<Names> {
        auto const bounded = retry_with_timeout({.max_attempts = 50, .base_delay = 10s, .total_timeout = 30s});
        try {
            co_return co_await bounded([&] { return client.search("res.partner"); });
        } catch (TimeoutError const&) {
        }
        co_return Names(1, "timed out");
    };
    auto const out = world.run(program());
    CHECK(out.value == Names{"timed out"});
    CHECK(out.elapsed <= 30s);
    CHECK_THROWS_WITH(retry_with_timeout({.max_attempts = 3}), Catch::Matchers::ContainsSubstring("total_timeout"));
}

TEST_CASE("with_retry returns a function that is called like the original") {
    World world;
    Client client{2};
    auto const program = [&]() -> asio::awaitable<Names> {
        auto const search = with_retry(DefaultRetryPolicy{}, [&](std::string model) { return client.search(model); });
        auto other = co_await search("a model whose name is too long for any small buffer");
        co_return other;
    };
    CHECK(world.run(program()).value == Names{"a model whose name is too long for any small buffer"});
    CHECK(client.calls == 3);
}

TEST_CASE("layers around a function pass its arguments on") {
    World world;
    Client client{1};
    auto const program = [&]() -> asio::awaitable<Names> {
        auto const breaker = std::make_shared<CircuitBreaker>();
        auto const policy = RetryPolicy{.strategy = FixedDelay{.delay = 1s}};
        auto const resilient = timeout(30s) | retry(policy) | circuit_breaker(breaker);
        auto const find = decorate(resilient, [&](int id) { return client.search(std::to_string(id)); });
        auto found = co_await find(7);
        co_return found;
    };
    CHECK(world.run(program()).value == Names{"7"});
}

TEST_CASE("the context of a retry is found at any depth") {
    World world;
    std::vector<int> attempts;
    auto const deep = [&]() -> asio::awaitable<void> {
        co_await async_sleep(1ms);
        if (auto const* context = co_await RetryContext::current()) attempts.push_back(context->attempt);
    };
    auto const program = [&]() -> asio::awaitable<int> {
        auto const policy = RetryPolicy{.strategy = FixedDelay{.max_attempts = 3, .delay = 1s}};
        auto const operation = ambient([&]() -> asio::awaitable<int> {
            co_await deep();
            if (attempts.size() < 3) throw NetworkError{"down"};
            co_return 7;
        });
        CHECK(co_await RetryContext::current() == nullptr);
        co_return co_await async_retry(policy, operation);
    };
    CHECK(world.run(program()).value == 7);
    CHECK(attempts == std::vector<int>{1, 2, 3});
}

TEST_CASE("an operation may keep state between attempts") {
    World world;
    struct StatefulRetry {
        int attempt_count = 0;
        asio::awaitable<int> operation() {
            ++attempt_count;
            co_await async_sleep(1ms);
            if (attempt_count < 3) throw NetworkError{"down"};
            co_return attempt_count;
        }
    } state;
    auto const program = [&]() -> asio::awaitable<int> {
        auto const layer = retry_on_failure({.max_attempts = 5, .base_delay = 1s});
        auto const made = co_await layer([&] { return state.operation(); });
        co_return made;
    };
    CHECK(world.run(program()).value == 3);
}
