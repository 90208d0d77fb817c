// SPDX-License-Identifier: BSL-1.0
#include "async/policies.hpp"
#include "async/slow_operations.hpp"
#include "support/any_context.hpp"
#include "support/catch.hpp"
#include "support/run.hpp"

#include <zenoo_rpc/async/async_retry.hpp>
#include <zenoo_rpc/async/async_sleep.hpp>
#include <zenoo_rpc/exceptions.hpp>
#include <zenoo_rpc/retry/fixed_delay.hpp>

#include <chrono>
#include <vector>

using namespace std::chrono_literals;
using namespace zenoo_rpc;
using tests::deaf;
using tests::everything;
using tests::hanging;
using tests::World;

namespace {

/// Runs for `duration`, then fails with `error` even if it is cancelled meanwhile.
template <class E>
asio::awaitable<int> deaf_failure(Duration duration, E error) {
    co_await asio::this_coro::reset_cancellation_state(asio::disable_cancellation());
    co_await async_sleep(duration);
    throw error;
    co_return 0;
}

template <class E>
E nested_in(Failure const& failure) {
    try {
        failure.raise();
    } catch (E const& error) {
        return error;
    }
}

}  // namespace

TEST_CASE("an attempt that takes too long fails with a transient TimeoutError and is retried") {
    World world{tests::any_context()};
    int calls = 0;
    auto const operation = [&]() -> asio::awaitable<int> { return ++calls < 3 ? hanging() : deaf(0s); };
    auto const policy =
        RetryPolicy{.strategy = FixedDelayStrategy{.max_attempts = 3, .delay = 1s}, .attempt_timeout = 5s};
    auto const out = world.run(async_retry(policy, operation));
    CHECK(out.value == 42);
    CHECK(calls == 3);
    CHECK(out.elapsed == 5s + 1s + 5s + 1s);
    CHECK(world.idle());
}

TEST_CASE("attempts that all take too long are exhausted, with the last timeout nested") {
    World world{tests::any_context()};
    auto const policy =
        RetryPolicy{.strategy = FixedDelayStrategy{.max_attempts = 2, .delay = 1s}, .attempt_timeout = 5s};
    auto const out = world.run(async_retry(policy, hanging));
    CHECK(out.elapsed == 11s);
    CHECK(out.failure.is<RetryExhaustedError>());
    CHECK(out.failure.cause().is<TimeoutError>());
    CHECK(out.failure.code() == Errc::timed_out);
}

TEST_CASE("an attempt with a limit of zero starts and times out") {
    World world{tests::any_context()};
    int calls = 0;
    auto const operation = [&] {
        ++calls;
        return hanging();
    };
    auto const policy =
        RetryPolicy{.strategy = FixedDelayStrategy{.max_attempts = 2, .delay = 1s}, .attempt_timeout = 0s};
    auto const out = world.run(async_retry(policy, operation));
    CHECK(calls == 2);
    CHECK(out.failure.is<RetryExhaustedError>());
    CHECK(out.failure.cause().is<TimeoutError>());
}

TEST_CASE("a value that arrives after the limit of its attempt is returned") {
    World world{tests::any_context()};
    auto const policy = RetryPolicy{.attempt_timeout = 5s};
    auto const out = world.run(async_retry(policy, [] { return deaf(7s); }));
    CHECK(out.value == 42);
    CHECK(out.elapsed == 7s);
}

TEST_CASE("a value that arrives after the total limit is returned") {
    World world{tests::any_context()};
    auto const policy = RetryPolicy{.total_timeout = 5s};
    auto const out = world.run(async_retry(policy, [] { return deaf(7s); }));
    CHECK(out.value == 42);
    CHECK(out.elapsed == 7s);
}

TEST_CASE("a failure that arrives after the limit of its attempt is treated like any failure") {
    World world{tests::any_context()};
    int calls = 0;
    auto const policy =
        RetryPolicy{.strategy = FixedDelayStrategy{.max_attempts = 2, .delay = 1s}, .attempt_timeout = 5s};
    SECTION("a transient one is retried") {
        auto const operation = [&] { return ++calls == 1 ? deaf_failure(7s, NetworkError{"late"}) : deaf(0s); };
        CHECK(world.run(async_retry(policy, operation)).value == 42);
    }
    SECTION("a permanent one is not") {
        auto const operation = [&] { return deaf_failure(7s, ValidationError{"late"}); };
        auto const out = world.run(async_retry(policy, operation));
        CHECK(out.failure.is<ValidationError>());
        CHECK(out.elapsed == 7s);
    }
}

TEST_CASE("an attempt that is running at the total limit is cut off there") {
    World world{tests::any_context()};
    int calls = 0;
    auto const operation = [&]() -> asio::awaitable<int> {
        if (++calls == 1) {
            NetworkError error{"down"};
            error.delivery(Delivery::rejected);
            throw error;
        }
        return hanging();
    };
    auto const policy = RetryPolicy{.strategy = FixedDelayStrategy{.delay = 1s}, .total_timeout = 10s};
    auto const out = world.run(async_retry(policy, operation));
    CHECK(out.elapsed == 10s);
    auto const error = nested_in<RetryTimeoutError>(out.failure);
    CHECK(error.attempts() == 2);
    CHECK(error.elapsed() == 10s);
    CHECK(error.last_failure().is<NetworkError>());
    CHECK(error.code() == Errc::network_error);
    CHECK(error.delivery() == Delivery::unknown);  // of the attempt that was cut off
    CHECK(out.failure.cause().is<NetworkError>());
    CHECK_FALSE(out.failure.transient());
    CHECK_FALSE(out.failure.is<TimeoutError>());
    CHECK_THROWS_AS(out.failure.raise(), TimeoutError);
    CHECK(world.idle());
}

TEST_CASE("a first attempt cut off at the total limit gives a RetryTimeoutError that nests nothing") {
    World world{tests::any_context()};
    auto const out = world.run(async_retry(RetryPolicy{.total_timeout = 10s}, hanging));
    CHECK(out.failure.is<RetryTimeoutError>());
    CHECK(out.failure.code() == Errc::retry_timeout);
    CHECK_FALSE(out.failure.cause());
}

TEST_CASE("a failure that arrives after the total limit") {
    World world{tests::any_context()};
    auto const policy = RetryPolicy{.total_timeout = 10s};
    SECTION("is nested in RetryTimeoutError if it is transient") {
        auto const out = world.run(async_retry(policy, [] { return deaf_failure(12s, NetworkError{"late"}); }));
        CHECK(out.failure.is<RetryTimeoutError>());
        CHECK(out.failure.cause().is<NetworkError>());
        CHECK(out.failure.code() == Errc::network_error);
    }
    SECTION("passes unchanged if it is not") {
        auto const out = world.run(async_retry(policy, [] { return deaf_failure(12s, AccessError{"late"}); }));
        CHECK(out.failure.is<AccessError>());
        CHECK(out.elapsed == 12s);
    }
}

TEST_CASE("of two equal limits the total one counts") {
    World world{tests::any_context()};
    auto const policy =
        RetryPolicy{.strategy = FixedDelayStrategy{.delay = 0s}, .total_timeout = 5s, .attempt_timeout = 5s};
    auto const out = world.run(async_retry(policy, hanging));
    CHECK(out.failure.is<RetryTimeoutError>());
    CHECK(out.elapsed == 5s);
}

TEST_CASE("the total limit ends the execution even if everything is retried") {
    World world{tests::any_context()};
    int calls = 0;
    auto const operation = [&] {
        ++calls;
        return hanging();
    };
    SECTION("with attempts left") {
        auto const policy =
            RetryPolicy{.strategy = FixedDelayStrategy{.delay = 0s}, .retry_if = everything, .total_timeout = 5s};
        auto const out = world.run(async_retry(policy, operation));
        CHECK(out.failure.is<RetryTimeoutError>());
        CHECK_FALSE(out.failure.cause());
    }
    SECTION("with none left") {
        auto const policy =
            RetryPolicy{.strategy = FixedDelayStrategy{.max_attempts = 1}, .retry_if = everything, .total_timeout = 5s};
        CHECK(world.run(async_retry(policy, operation)).failure.is<RetryTimeoutError>());
    }
    CHECK(calls == 1);
}

TEST_CASE("an attempt is limited by the remaining total time") {
    World world{tests::any_context()};
    std::vector<Duration> begun;
    auto const start = world.time.now();
    auto const operation = [&] {
        begun.push_back(world.time.now() - start);
        return hanging();
    };
    auto const policy = RetryPolicy{
        .strategy = FixedDelayStrategy{.max_attempts = 9, .delay = 1s}, .total_timeout = 10s, .attempt_timeout = 4s};
    auto const out = world.run(async_retry(policy, operation));
    CHECK(begun == std::vector<Duration>{0s, 5s});
    CHECK(out.elapsed == 9s);  // the next delay would end with the limit
    CHECK(nested_in<RetryTimeoutError>(out.failure).attempts() == 2);
    CHECK(out.failure.cause().is<TimeoutError>());
}

TEST_CASE("no delay starts that would end after the deadline") {
    World world{tests::any_context()};
    int calls = 0;
    auto const failing = [&]() -> asio::awaitable<void> {
        ++calls;
        co_await async_sleep(1s);
        throw NetworkError{"down"};
    };
    auto const policy = RetryPolicy{.strategy = FixedDelayStrategy{.delay = 10s}, .total_timeout = 10s};
    auto const out = world.run(async_retry(policy, failing));
    CHECK(calls == 1);
    CHECK(out.elapsed == 1s);
    auto const error = nested_in<RetryTimeoutError>(out.failure);
    CHECK(error.attempts() == 1);
    CHECK(error.last_failure().is<NetworkError>());
}

TEST_CASE("a delay that ends before the deadline starts") {
    World world{tests::any_context()};
    int calls = 0;
    auto const failing = [&]() -> asio::awaitable<void> {
        ++calls;
        throw NetworkError{"down"};
        co_return;
    };
    auto const policy =
        RetryPolicy{.strategy = FixedDelayStrategy{.max_attempts = 2, .delay = 10s}, .total_timeout = 10s + 1ns};
    CHECK(world.run(async_retry(policy, failing)).failure.is<RetryExhaustedError>());
    CHECK(calls == 2);
}

TEST_CASE("a total limit of zero starts no attempt") {
    World world{tests::any_context()};
    int calls = 0;
    auto const operation = [&] {
        ++calls;
        return deaf(0s);
    };
    auto const out = world.run(async_retry(RetryPolicy{.total_timeout = 0s}, operation));
    CHECK(calls == 0);
    CHECK(out.failure.is<RetryTimeoutError>());
    CHECK(out.failure.delivery() == Delivery::not_sent);
    CHECK(nested_in<RetryTimeoutError>(out.failure).attempts() == 0);
}

TEST_CASE("a limit beyond the range of time is no limit") {
    World world{tests::any_context()};
    int calls = 0;
    auto const failing = [&]() -> asio::awaitable<void> {
        ++calls;
        throw NetworkError{"down"};
        co_return;
    };
    auto const policy = RetryPolicy{.strategy = FixedDelayStrategy{.delay = 1h},
                                    .total_timeout = Duration::max() - 1ns,
                                    .attempt_timeout = Duration::max() - 1ns};
    CHECK(world.run(async_retry(policy, failing)).failure.is<RetryExhaustedError>());
    CHECK(calls == 3);
}
