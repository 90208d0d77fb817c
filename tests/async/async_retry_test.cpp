// SPDX-License-Identifier: BSL-1.0
#include "async/policies.hpp"
#include "async/succeeding_at.hpp"
#include "support/catch.hpp"
#include "support/run.hpp"

#include <zenoo_rpc/async/async_retry.hpp>
#include <zenoo_rpc/async/async_sleep.hpp>
#include <zenoo_rpc/exceptions.hpp>
#include <zenoo_rpc/retry/any_strategy.hpp>
#include <zenoo_rpc/retry/exponential_backoff.hpp>
#include <zenoo_rpc/retry/fixed_delay.hpp>
#include <zenoo_rpc/retry/jitter.hpp>
#include <zenoo_rpc/retry/presets.hpp>

#include <boost/system/system_error.hpp>

#include <chrono>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>

using namespace std::chrono_literals;
using namespace zenoo_rpc;
using tests::contains;
using tests::never;
using tests::succeeding_at;
using tests::three_times;
using tests::World;

TEST_CASE("a successful operation is called once, without delay") {
    World world;
    int calls = 0;
    auto const out = world.run(async_retry(three_times, succeeding_at(1, calls)));
    CHECK(out.value == 1);
    CHECK(calls == 1);
    CHECK(out.elapsed == 0s);
    CHECK(world.idle());
}

TEST_CASE("a transient failure is retried after the delay of the strategy") {
    World world;
    int calls = 0;
    auto const policy =
        RetryPolicy{.strategy = ExponentialBackoffStrategy{.max_attempts = 5, .base_delay = 1s, .jitter = NoJitter{}}};
    auto const out = world.run(async_retry(policy, succeeding_at(4, calls)));
    CHECK(out.value == 4);
    CHECK(out.elapsed == 1s + 2s + 4s);
}

TEST_CASE("exhausted attempts end with RetryExhaustedError, which nests the last failure") {
    World world;
    int calls = 0;
    auto const operation = [&]() -> asio::awaitable<int> {
        NetworkError error{"down for the " + std::to_string(++calls) + ". time"};
        error.delivery(Delivery::rejected);
        throw error;
        co_return 0;
    };
    auto const out = world.run(async_retry(three_times, operation));
    CHECK(calls == 3);
    CHECK(out.elapsed == 2s);
    REQUIRE(out.failure.is<RetryExhaustedError>());
    CHECK_FALSE(out.failure.is<NetworkError>());
    CHECK(out.failure.caused_by<NetworkError>());
    CHECK(out.failure.code() == Errc::network_error);
    CHECK(out.failure.delivery() == Delivery::rejected);
    CHECK_FALSE(out.failure.transient());
    try {
        out.failure.raise();
    } catch (RetryExhaustedError const& error) {
        CHECK(error.attempts() == 3);
        CHECK(error.elapsed() == 2s);
        CHECK(error.last_failure().is<NetworkError>());
        CHECK(error.last_exception());
        CHECK(contains(error.what(), "3 attempts"));
        CHECK(contains(out.failure.cause().what(), "down for the 3. time"));
    }
}

TEST_CASE("a single failed attempt is exhaustion as well") {
    World world;
    int calls = 0;
    auto const once = RetryPolicy{.strategy = FixedDelayStrategy{.max_attempts = 1}};
    auto const out = world.run(async_retry(once, succeeding_at(2, calls)));
    CHECK(calls == 1);
    CHECK(out.failure.is<RetryExhaustedError>());
    CHECK(out.elapsed == 0s);
}

TEST_CASE("a failure that is not transient reaches the caller unchanged") {
    World world;
    int calls = 0;
    auto const out = world.run(async_retry(three_times, succeeding_at<ValidationError>(2, calls)));
    CHECK(calls == 1);
    CHECK(out.failure.is<ValidationError>());
    CHECK(out.failure.what().find("down") == 0);
    CHECK_FALSE(out.failure.cause());
}

TEST_CASE("a permanent failure after a transient one reaches the caller unchanged") {
    World world;
    int calls = 0;
    auto const operation = [&]() -> asio::awaitable<void> {
        if (++calls == 1) throw NetworkError{"down"};
        throw AccessError{"not yours"};
        co_return;
    };
    auto const out = world.run(async_retry(three_times, operation));
    CHECK(calls == 2);
    CHECK(out.failure.is<AccessError>());
}

TEST_CASE("an exception whose code means success is still a failure") {
    World world;
    Duration const limit = GENERATE(Duration{unlimited}, Duration{1h});
    auto const operation = []() -> asio::awaitable<std::unique_ptr<int>> {
        throw boost::system::system_error{error_code{}, "odd"};
        co_return nullptr;
    };
    auto const out = world.run(async_retry(RetryPolicy{.total_timeout = limit}, operation));
    CHECK_FALSE(out.value);
    CHECK_THROWS_AS(out.failure.raise(), boost::system::system_error);
}

TEST_CASE("a thrown value that is not an exception class reaches the caller unchanged") {
    World world;
    auto const operation = []() -> asio::awaitable<void> {
        throw 42;
        co_return;
    };
    auto const out = world.run(async_retry(three_times, operation));
    CHECK_THROWS_AS(out.failure.raise(), int);
}

TEST_CASE("an unusable policy is rejected by name before the operation runs") {
    World world;
    int calls = 0;
    auto const operation = succeeding_at(1, calls);
    auto const refusal_of = [&](auto policy) {
        auto const out = world.run(async_retry(policy, operation));
        REQUIRE(out.failure.template is<std::invalid_argument>());
        return out.failure.what();
    };
    CHECK(contains(refusal_of(RetryPolicy{.strategy = FixedDelayStrategy{.max_attempts = 0}}), "max_attempts is 0"));
    CHECK(contains(refusal_of(RetryPolicy{.total_timeout = -1ns}), "total_timeout is -1"));
    CHECK(contains(refusal_of(RetryPolicy{.attempt_timeout = -1ns}), "attempt_timeout is -1"));
    CHECK(contains(refusal_of(RetryPolicy{.max_retry_after = -1ns}), "max_retry_after is -1"));
    CHECK(contains(refusal_of(RetryPolicy{.strategy = AnyStrategy{FixedDelayStrategy{.delay = -1s}}}), "delay is -1"));
    CHECK(calls == 0);
}

TEST_CASE("each execution works on its own copy of the policy") {
    struct Counting {
        int asked = 0;
        std::optional<Duration> next_delay(RetryContext const&) {
            return ++asked < 3 ? std::optional<Duration>{1s} : std::nullopt;
        }
    };
    World world;
    auto const policy = RetryPolicy{.strategy = Counting{}};
    for (int execution = 1; execution <= 2; ++execution) {
        int calls = 0;
        CHECK(world.run(async_retry(policy, succeeding_at(never, calls))).failure.is<RetryExhaustedError>());
        CHECK(calls == 3);
    }
}

TEST_CASE("an execution owns its policy and its operation from the call onwards") {
    World world;
    int calls = 0;
    auto awaiting = [&] {
        DefaultRetryPolicy policy;
        auto const owned = std::make_shared<int>(3);
        auto const operation = [owned, &calls]() -> asio::awaitable<int> {
            if (++calls < *owned) throw NetworkError{"down"};
            co_return *owned;
        };
        return async_retry(policy, operation);
    }();
    CHECK(world.run(std::move(awaiting)).value == 3);
}

TEST_CASE("the elapsed time of an exhaustion never includes time before the execution") {
    World world;
    int calls = 0;
    auto const slow = [&]() -> asio::awaitable<void> {
        ++calls;
        co_await async_sleep(10s);
        throw NetworkError{"down"};
    };
    auto const elapsed_of = [&](auto policy) {
        auto const out = world.run(async_retry(policy, slow));
        try {
            out.failure.raise();
        } catch (RetryExhaustedError const& error) {
            return error.elapsed();
        }
    };
    CHECK(elapsed_of(RetryPolicy{.strategy = FixedDelayStrategy{.delay = 1s}}) == 22s);  // since the first failure
    CHECK(elapsed_of(RetryPolicy{.strategy = FixedDelayStrategy{.delay = 1s}, .total_timeout = 1h}) == 32s);
}
