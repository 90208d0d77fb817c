// SPDX-License-Identifier: BSL-1.0
// Operations that return boost::system::result: their failures are returned without a throw.
#include "async/policies.hpp"
#include "support/catch.hpp"
#include "support/run.hpp"

#include <zenoo_rpc/async/async_retry.hpp>
#include <zenoo_rpc/async/async_sleep.hpp>
#include <zenoo_rpc/async/circuit_breaker_layer.hpp>
#include <zenoo_rpc/async/fallback.hpp>
#include <zenoo_rpc/async/timeout.hpp>
#include <zenoo_rpc/breaker/circuit_breaker.hpp>
#include <zenoo_rpc/cache/cache_manager.hpp>
#include <zenoo_rpc/exceptions.hpp>
#include <zenoo_rpc/retry/fixed_delay.hpp>

#include <boost/asio/error.hpp>

#include <chrono>
#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <type_traits>

using namespace std::chrono_literals;
using namespace zenoo_rpc;
using tests::everything;
using tests::three_times;
using tests::World;

namespace {

using Coded = boost::system::result<int, error_code>;

constexpr auto within_an_hour =
    RetryPolicy{.strategy = FixedDelayStrategy{.max_attempts = 3, .delay = 1s}, .total_timeout = 1h};

template <class R>
auto failing_until(int good, Errc error, int& calls) {
    return [=, &calls]() -> asio::awaitable<R> {
        if (++calls < good) co_return R{boost::system::in_place_error, error};
        co_return calls;
    };
}

}  // namespace

TEMPLATE_TEST_CASE("a failed result is retried and a successful one returned", "", Result<int>, Coded) {
    World world;
    int calls = 0;
    auto const operation = failing_until<TestType>(3, Errc::network_error, calls);
    auto const out = world.run(async_retry(three_times, operation));
    REQUIRE(out.value);
    CHECK(out.value->value() == 3);
    CHECK(out.elapsed == 2s);
    calls = 0;
    auto const same = world.run(async_retry(within_an_hour, operation));
    REQUIRE(same.value);
    CHECK(same.value->value() == 3);
}

TEMPLATE_TEST_CASE("the last failed result is returned when the attempts are exhausted", "", Result<int>, Coded) {
    World world;
    int calls = 0;
    auto const out = world.run(async_retry(three_times, failing_until<TestType>(9, Errc::bad_gateway, calls)));
    CHECK(calls == 3);
    REQUIRE(out.value);
    REQUIRE(out.value->has_error());
    CHECK(Failure{out.value->error()}.code() == Errc::bad_gateway);
}

TEMPLATE_TEST_CASE("a failed result that is not transient is returned unchanged", "", Result<int>, Coded) {
    World world;
    int calls = 0;
    auto const out = world.run(async_retry(three_times, failing_until<TestType>(9, Errc::access_denied, calls)));
    CHECK(calls == 1);
    REQUIRE(out.value);
    CHECK(Failure{out.value->error()}.code() == Errc::access_denied);
}

TEST_CASE("an exhausted failure is marked, so nested retries do not multiply") {
    World world;
    int calls = 0;
    auto const inner = [&] {
        return async_retry(three_times, failing_until<Result<int>>(99, Errc::bad_gateway, calls));
    };
    auto const out = world.run(async_retry(three_times, inner));
    CHECK(calls == 3);
    auto const failure = out.value.value().error();
    CHECK(failure.is<RetryExhaustedError>());
    CHECK_FALSE(failure.transient());
    CHECK(failure.code() == Errc::bad_gateway);
}

TEST_CASE("an error_code cannot carry that mark, so nested retries multiply") {
    World world;
    int calls = 0;
    auto const inner = [&] { return async_retry(three_times, failing_until<Coded>(99, Errc::bad_gateway, calls)); };
    auto const out = world.run(async_retry(three_times, inner));
    CHECK(calls == 9);
    CHECK(out.value.value().error() == Errc::bad_gateway);
}

TEMPLATE_TEST_CASE("the library's own errors are returned as a code in the result", "", Result<int>, Coded) {
    World world;
    auto const hanging = []() -> asio::awaitable<TestType> {
        co_await async_sleep(unlimited);
        co_return 0;
    };
    auto const failing = []() -> asio::awaitable<TestType> {
        co_return TestType{boost::system::in_place_error, Errc::network_error};
    };
    auto const code_of = [&](auto policy, auto operation) {
        auto const out = world.run(async_retry(policy, operation));
        REQUIRE(out.value);
        return Failure{out.value->error()}.code();
    };
    auto const once = FixedDelayStrategy{.max_attempts = 1};
    CHECK(code_of(RetryPolicy{.strategy = once, .total_timeout = 5s}, hanging) == Errc::retry_timeout);
    CHECK(code_of(RetryPolicy{.strategy = once, .attempt_timeout = 5s}, hanging) == Errc::timed_out);
    CHECK(code_of(RetryPolicy{.strategy = FixedDelayStrategy{.delay = 9s}, .total_timeout = 5s}, failing)
          == Errc::retry_timeout);
}

TEST_CASE("a retry error in a Failure keeps its class and its cause") {
    World world;
    auto const failing = []() -> asio::awaitable<Result<int>> { co_return Failure{Errc::network_error}; };
    auto const policy = RetryPolicy{.strategy = FixedDelayStrategy{.delay = 9s}, .total_timeout = 5s};
    auto const failure = world.run(async_retry(policy, failing)).value.value().error();
    CHECK(failure.is<RetryTimeoutError>());
    CHECK(failure.cause().code() == Errc::network_error);
}

TEMPLATE_TEST_CASE("an operation that returns results but throws is retried as well", "", Result<int>, Coded) {
    World world;
    int calls = 0;
    auto const operation = [&]() -> asio::awaitable<TestType> {
        if (++calls < 3) throw NetworkError{"down"};
        co_return calls;
    };
    CHECK(world.run(async_retry(three_times, operation)).value.value().value() == 3);
    calls = -99;
    auto const out = world.run(async_retry(three_times, operation));
    REQUIRE(out.value);
    CHECK(Failure{out.value->error()}.code() == Errc::network_error);
}

TEMPLATE_TEST_CASE("a thrown exception becomes a failed result in every layer", "", Result<int>, Coded) {
    World world;
    std::function<void()> thrown;
    auto const operation = [&]() -> asio::awaitable<TestType> {
        thrown();
        co_return 0;
    };
    auto const breaker = std::make_shared<CircuitBreaker>(CircuitBreakerOptions{.failure_threshold = 99});
    CacheManager const cache{world.io.get_executor()};
    auto const gated = circuit_breaker(breaker);
    auto const briefly = timeout(1h);
    auto const replaced = fallback(7);
    auto const kept = cache.cached("key", 1h);
    auto const code_of = [](auto const& out) {
        REQUIRE(out.value);
        return Failure{out.value->error()}.code();
    };
    auto const check = [&](error_code expected) {
        CHECK(code_of(world.run(async_retry(three_times, operation))) == expected);
        CHECK(code_of(world.run(async_retry(within_an_hour, operation))) == expected);
        CHECK(code_of(world.run(gated(operation))) == expected);
        CHECK(code_of(world.run(briefly(operation))) == expected);
        CHECK(code_of(world.run(replaced(operation))) == expected);
        CHECK(code_of(world.run(kept(operation))) == expected);
    };
    SECTION("a bug") {
        thrown = [] { throw std::logic_error{"a bug"}; };
        check(Errc::unclassified);
    }
    SECTION("an exception that no code describes") {
        thrown = [] { throw std::runtime_error{"a text"}; };
        check(Errc::unclassified);
    }
    SECTION("an exception that is not a std::exception") {
        thrown = [] { throw 42; };
        check(Errc::unclassified);
    }
    SECTION("an error of this library") {
        thrown = [] { throw AccessError{"not for you"}; };
        check(Errc::access_denied);
    }
}

TEMPLATE_TEST_CASE("an unknown outcome is never retried, whatever its code and the layers", "", Result<int>, Coded) {
    World world;
    auto const lost = make_error_code(asio::error::connection_reset);
    std::function<void()> thrown;
    int calls = 0;
    auto const operation = [&]() -> asio::awaitable<TestType> {
        ++calls;
        thrown();
        co_return 0;
    };
    auto const code_after = [&](auto const& layers) -> error_code {
        calls = 0;
        auto const out = world.run(layers, operation);
        CHECK(calls == 1);
        REQUIRE(out.value);
        return Failure{out.value->error()}.code();
    };
    // A Failure keeps the class besides the code that was thrown; an error_code keeps only one code.
    bool const is_code_alone = std::is_same_v<TestType, Coded>;
    auto const within_limit = retry(three_times) | timeout(5s);
    auto const within_retry = retry(three_times) | retry(three_times);
    auto const check = [&](error_code code, Errc in_its_place) {
        auto const expected = is_code_alone ? make_error_code(in_its_place) : code;
        CHECK(code_after(within_limit) == expected);
        CHECK(code_after(within_retry) == expected);
    };
    SECTION("an OutcomeUnknownError") {
        thrown = [&] { throw OutcomeUnknownError{lost, "it was sent"}; };
        check(lost, Errc::outcome_unknown);
    }
    SECTION("nested in another error") {
        thrown = [&] {
            try {
                throw OutcomeUnknownError{"it was sent"};
            } catch (...) {
                std::throw_with_nested(NetworkError{"down"});
            }
        };
        check(make_error_code(Errc::network_error), Errc::outcome_unknown);
    }
    SECTION("a wrong password is not retried either") {
        thrown = [&] { throw AuthenticationError{lost, "no"}; };
        check(lost, Errc::authentication_failed);
    }
}

TEST_CASE("a Failure keeps the exception that an operation threw") {
    World world;
    auto const operation = []() -> asio::awaitable<Result<int>> {
        throw std::runtime_error{"a text"};
        co_return 0;
    };
    auto const failure = world.run(async_retry(three_times, operation)).value.value().error();
    CHECK(failure.is<std::runtime_error>());
    CHECK_THAT(failure.what(), Catch::Matchers::ContainsSubstring("a text"));
    CHECK_THROWS_AS(failure.raise(), std::runtime_error);
}

TEST_CASE("the delivery and the retry-after of a Failure are honored") {
    World world;
    int calls = 0;
    auto const busy = [&]() -> asio::awaitable<Result<int>> {
        if (++calls > 1) co_return calls;
        Failure failure{Errc::rate_limited};
        failure.retry_after(7s);
        co_return failure;
    };
    CHECK(world.run(async_retry(three_times, busy)).elapsed == 7s);
}

TEST_CASE("only an unusable policy is thrown") {
    World world;
    int calls = 0;
    auto const policy = RetryPolicy{.total_timeout = -1s};
    auto const out = world.run(async_retry(policy, failing_until<Result<int>>(1, Errc::network_error, calls)));
    CHECK_FALSE(out.value);
    CHECK(out.failure.is<std::invalid_argument>());
}

TEST_CASE("an OutcomeUnknownError in a result is never retried") {
    World world;
    int calls = 0;
    auto const policy = RetryPolicy{.retry_if = everything};
    auto const operation = failing_until<Coded>(9, Errc::outcome_unknown, calls);
    CHECK(world.run(async_retry(policy, operation)).value.value().error() == Errc::outcome_unknown);
    CHECK(calls == 1);
}
