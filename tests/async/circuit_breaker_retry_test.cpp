// SPDX-License-Identifier: BSL-1.0
#include "async/breaker_fixture.hpp"
#include "async/policies.hpp"
#include "support/catch.hpp"
#include "support/run.hpp"

#include <zenoo_rpc/async/async_retry.hpp>
#include <zenoo_rpc/async/circuit_breaker_layer.hpp>
#include <zenoo_rpc/async/time_service.hpp>
#include <zenoo_rpc/exceptions.hpp>
#include <zenoo_rpc/retry/failure_predicate.hpp>
#include <zenoo_rpc/retry/fixed_delay.hpp>

#include <boost/asio/error.hpp>
#include <boost/system/system_error.hpp>

#include <chrono>

using namespace std::chrono_literals;
using namespace zenoo_rpc;
using tests::everything;
using tests::failing;
using tests::make_breaker;
using tests::working;
using tests::World;

TEST_CASE("a rejection after a failed attempt adopts code and delivery of that attempt") {
    World world;
    auto const breaker = make_breaker({.failure_threshold = 1});
    auto const policy = RetryPolicy{.strategy = FixedDelayStrategy{.max_attempts = 3, .delay = 1s}};
    auto const operation = []() -> asio::awaitable<int> {
        throw boost::system::system_error{asio::error::connection_reset};
        co_return 0;
    };
    auto const refused = world.run(retry(policy) | circuit_breaker(breaker), operation).failure;
    CHECK(refused.is<CircuitBreakerOpenError>());
    CHECK(refused.code() == asio::error::connection_reset);
    CHECK(refused.delivery() == Delivery::unknown);
    CHECK_FALSE(refused.transient());

    auto const layer = circuit_breaker(breaker);
    auto const alone = world.run(layer(operation)).failure;
    CHECK(alone.is<CircuitBreakerOpenError>());
    CHECK(alone.code() == asio::error::connection_reset);
    CHECK(alone.delivery() == Delivery::not_sent);
    breaker->close();
    breaker->open();
    CHECK(world.run(layer(operation)).failure.code() == Errc::circuit_open);
}

TEST_CASE("inside a retry every attempt counts") {
    World world;
    int calls = 0;
    auto const breaker = make_breaker({.failure_threshold = 3});
    auto const policy = RetryPolicy{.strategy = FixedDelayStrategy{.max_attempts = 3, .delay = 1s}};
    world.run(retry(policy) | circuit_breaker(breaker), failing(calls));
    CHECK(breaker->is_open());
}

TEST_CASE("around a retry its final error counts as its cause does") {
    World world;
    int calls = 0;
    auto const breaker = make_breaker({.failure_threshold = 2});
    auto const policy = RetryPolicy{.strategy = FixedDelayStrategy{.max_attempts = 3, .delay = 1s}};
    auto const pipeline = circuit_breaker(breaker) | retry(policy);
    world.run(pipeline(failing(calls)));
    CHECK(breaker->is_closed());
    world.run(pipeline(failing(calls)));
    CHECK(breaker->is_open());
}

TEST_CASE("a rejection ends the retry and nests the last failure") {
    World world;
    int calls = 0;
    auto const breaker = make_breaker({.failure_threshold = 2, .recovery_timeout = 30s});
    auto const policy = RetryPolicy{.strategy = FixedDelayStrategy{.max_attempts = 5, .delay = 1s}};
    auto const out = world.run(retry(policy) | circuit_breaker(breaker), failing(calls));
    CHECK(calls == 2);
    CHECK(out.elapsed == 2s);
    CHECK(out.failure.is<CircuitBreakerOpenError>());
    CHECK(out.failure.cause().code() == Errc::network_error);
    CHECK(out.failure.retry_after() == 29s);
}

TEST_CASE("the last of many rejections is reported and nests the failure before the first") {
    World world;
    int calls = 0;
    auto const breaker = make_breaker({.failure_threshold = 1, .recovery_timeout = 10s});
    CHECK(world.run(circuit_breaker(breaker), failing(calls)).failure.is<NetworkError>());
    world.time.advance(10s);
    auto const& clock = TimeService::of(world.io.get_executor()).time_source();
    auto const trial = breaker->try_acquire(clock);  // while it lasts no other call is admitted
    REQUIRE(trial);
    auto const patient =
        RetryPolicy{.strategy = FixedDelayStrategy{.max_attempts = 50, .delay = 1s}, .retry_if = everything};
    auto const work = working(calls);
    auto const operation = [&](RetryContext const&) { return work(); };
    auto const layers = retry(patient) | circuit_breaker(breaker);
    auto const refused = world.run(layers, operation).failure;
    CHECK(refused.is<RetryExhaustedError>());
    CHECK(calls == 1);
    int depth = 0;
    for (Failure failure = refused; failure; failure = failure.cause()) ++depth;
    CHECK(depth == 2);
}

TEST_CASE("with an explicit retry_if rejections are retried once the circuit admits trials") {
    World world;
    auto const breaker = make_breaker({.failure_threshold = 1, .recovery_timeout = 30s});
    auto const policy = RetryPolicy{.strategy = FixedDelayStrategy{.max_attempts = 5, .delay = 1s},
                                    .retry_if = IsTransient{} || failure_is<CircuitBreakerOpenError>};
    auto const operation = [calls = 0]() mutable -> asio::awaitable<int> {
        if (++calls == 1) throw NetworkError{"down"};
        co_return calls;
    };
    auto const out = world.run(retry(policy) | circuit_breaker(breaker), operation);
    CHECK(out.value == 2);
    CHECK(out.elapsed == 30s);
}
