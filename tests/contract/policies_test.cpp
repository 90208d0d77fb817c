// SPDX-License-Identifier: BSL-1.0
// The programs of the contract's page on policies and async_retry.
#include "support/catch.hpp"
#include "support/run.hpp"

#include <zenoo_rpc/exceptions.hpp>
#include <zenoo_rpc/retry.hpp>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/use_future.hpp>
#include <boost/system/result.hpp>

#include <algorithm>
#include <chrono>
#include <future>
#include <memory>
#include <string>
#include <utility>

using namespace std::chrono_literals;
using namespace zenoo_rpc;
using tests::World;

namespace {

/// A substitute for a client: fails every other call.
class Server {
public:
    asio::awaitable<int> create(std::string, std::string name) {
        std::string const kept = std::move(name);
        co_await async_sleep(1ms);
        if (++calls_ % 2 == 1) throw NetworkError{"refused"};
        co_return calls_;
    }
    int calls() const { return calls_; }

private:
    int calls_ = 0;
};

class Patient final : public RetryStrategy {
public:
    bool should_retry(int attempt, Failure const& failure) override {
        return attempt < 9 && failure.is<NetworkError>();
    }
    Duration get_delay(int) override { return 1ms; }

private:
    std::shared_ptr<int> owned_ = std::make_shared<int>(1);
};

}  // namespace

TEST_CASE("async_retry retries a failed operation") {
    World world;
    Server client;
    auto const program = [&]() -> asio::awaitable<int> {
        auto const policy =
            RetryPolicy{.strategy = ExponentialBackoffStrategy{.max_attempts = 5}, .total_timeout = 60s};
        auto const id = co_await async_retry(policy, [&] { return client.create("res.partner", "Test Partner"); });
        co_return id;
    };
    CHECK(world.run(program()).value == 2);
}

TEST_CASE("a policy may be created in the expression that awaits it if it is a preset or owns nothing") {
    World world;
    Server client;
    auto const program = [&]() -> asio::awaitable<int> {
        int sum = 0;
        sum += co_await async_retry(DefaultRetryPolicy{}, [&] { return client.create("res.partner", "Ada"); });
        sum += co_await async_retry(NetworkRetryPolicy{}, [&] { return client.create("res.partner", "Ada"); });
        sum += co_await async_retry(RetryPolicy{}, [&] { return client.create("res.partner", "Ada"); });
        sum += co_await async_retry(RetryPolicy{.strategy = FixedDelay{.delay = 1s}},
                                    [&] { return client.create("res.partner", "Ada"); });
        sum += co_await async_retry(DefaultRetryPolicy(), [&](RetryContext const&) {
            return client.create("res.partner", "a name that is too long for any small buffer");
        });
        co_return sum;
    };
    CHECK(world.run(program()).value == 2 + 4 + 6 + 8 + 10);
}

namespace {

/// A custom preset that owns memory. Its constructor makes it safe beside co_await, on g++ 12 too.
struct OwningPreset : AnyRetryPolicy {
    explicit OwningPreset(std::shared_ptr<int> const& owned) {
        strategy = Patient{};
        retry_if = [owned](Failure const& failure) { return owned && failure.is<NetworkError>(); };
        on_event = [owned](RetryEvent const&) { ++*owned; };
    }
};

}  // namespace

TEST_CASE("a preset that owns memory may be created in the expression that awaits it") {
    World world;
    Server client;
    auto const owned = std::make_shared<int>(0);
    auto const program = [&]() -> asio::awaitable<int> {
        int const first =
            co_await async_retry(OwningPreset{owned}, [&] { return client.create("res.partner", "Ada"); });
        int const second =
            co_await async_retry(OwningPreset(owned), [&] { return client.create("res.partner", "Ada"); });
        co_return first + second;
    };
    CHECK(world.run(program()).value == 2 + 4);
    CHECK(owned.use_count() == 1);  // each copy was destroyed once
    CHECK(*owned == 4);
}

TEST_CASE("a preset that owns memory may be named, copied and passed on") {
    World world;
    Server client;
    auto const program = [&]() -> asio::awaitable<int> {
        DefaultRetryPolicy policy;
        policy.strategy = Patient{};
        auto const owned = std::make_shared<int>(1);
        policy.retry_if = [owned](Failure const& failure) { return *owned == 1 && failure.is<NetworkError>(); };
        policy.on_event = [owned](RetryEvent const&) {
            ++*owned;
            --*owned;
        };
        int const first = co_await async_retry(policy, [&] { return client.create("res.partner", "Ada"); });
        int const second = co_await async_retry(std::move(policy), [&] { return client.create("res.partner", "Ada"); });
        co_return first + second;
    };
    CHECK(world.run(program()).value == 2 + 4);
}

TEST_CASE("a preset takes any strategy") {
    DefaultRetryPolicy p;
    p.strategy = LinearBackoffStrategy{};
    CHECK(p.strategy.max_attempts() == 3);
    p.strategy = Patient{};
    CHECK(p.strategy.decides_alone({}));
}

TEST_CASE("async_retry takes any completion token") {
    World world;
    Server client;
    auto const executor = world.io.get_executor();
    auto const policy = RetryPolicy{.strategy = FixedDelay{.delay = 1s}};
    auto const operation = [&] { return client.create("res.partner", "Ada"); };
    std::future<int> f = async_retry(executor, policy, operation, asio::use_future);
    world.time.run();
    CHECK(f.get() == 2);
    auto const program = [&]() -> asio::awaitable<int> {
        auto const [error, id] = co_await async_retry(executor, policy, operation, asio::as_tuple(asio::use_awaitable));
        co_return error ? 0 : id;
    };
    CHECK(world.run(program()).value == 4);
}

TEST_CASE("the members of a policy are in this order") {
    auto const everything = RetryPolicy{.strategy = ExponentialBackoff{},
                                        .retry_if = failure_is<NetworkError, TimeoutError> && !failure_is<ServerError>,
                                        .total_timeout = 60s,
                                        .attempt_timeout = 5s,
                                        .on_event = observers([](RetryEvent const&) {}, [](RetryEvent const&) {}),
                                        .operation = "create partner",
                                        .max_retry_after = 60s};
    CHECK(everything.retry_if(Errc::network_error));
    CHECK_FALSE(everything.retry_if(Errc::access_denied));
    CHECK((failure_is<AccessError> || IsTransient{})(Errc::access_denied));
}

TEST_CASE("a result is returned without a throw, whatever its error type") {
    World world;
    int calls = 0;
    auto const with_failure = [&]() -> asio::awaitable<boost::system::result<int, Failure>> {
        if (++calls % 2 == 1) co_return Failure{Errc::network_error};
        co_return calls;
    };
    auto const with_code = [&]() -> asio::awaitable<boost::system::result<int, error_code>> {
        if (++calls % 2 == 1) co_return error_code{Errc::network_error};
        co_return calls;
    };
    CHECK(world.run(async_retry(RetryPolicy{}, with_failure)).value->value() == 2);
    CHECK(world.run(async_retry(RetryPolicy{}, with_code)).value->value() == 4);
}

TEST_CASE("presets have these attempts, delays and total timeouts") {
    auto const undelayed = [](auto policy, int attempt) {
        Duration longest = 0s;
        for (int i = 0; i < 200; ++i) longest = std::max(longest, policy.strategy.get_delay(attempt));
        return longest;
    };
    CHECK(DefaultRetryPolicy{}.strategy.max_attempts() == 3);
    CHECK(DefaultRetryPolicy{}.total_timeout == 60s);
    CHECK(undelayed(DefaultRetryPolicy{}, 20) <= 30s);
    CHECK(undelayed(DefaultRetryPolicy{}, 20) > 15s);
    CHECK(NetworkRetryPolicy{}.strategy.max_attempts() == 5);
    CHECK(NetworkRetryPolicy{}.total_timeout == 30s);
    CHECK(undelayed(NetworkRetryPolicy{}, 20) <= 10s);
    CHECK(DatabaseRetryPolicy{}.strategy.max_attempts() == 3);
    CHECK(DatabaseRetryPolicy{}.total_timeout == 120s);
    CHECK(QuickRetryPolicy{}.strategy.max_attempts() == 2);
    CHECK(QuickRetryPolicy{}.total_timeout == 5s);
    CHECK(QuickRetryPolicy{}.strategy.get_delay(1) == 100ms);
    CHECK(QuickRetryPolicy{}.strategy.get_delay(9) == 1s);
    CHECK(AggressiveRetryPolicy{}.strategy.max_attempts() == 10);
    CHECK(AggressiveRetryPolicy{}.total_timeout == 300s);
}
