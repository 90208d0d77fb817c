// SPDX-License-Identifier: BSL-1.0
#include "cache/cached_fixture.hpp"
#include "support/catch.hpp"

#include <zenoo_rpc/cache.hpp>
#include <zenoo_rpc/exceptions.hpp>
#include <zenoo_rpc/retry.hpp>
#include <zenoo_rpc/testing/scripted_operation.hpp>

#include <boost/asio/error.hpp>
#include <boost/system/system_error.hpp>

#include <chrono>
#include <memory>
#include <stdexcept>

using namespace std::chrono_literals;
using namespace zenoo_rpc;
using testing::ScriptedOperation;
using tests::Cached;
using tests::minute_and_hour;

TEST_CASE("if the refresh fails, an expired value is returned for up to stale_if_error") {
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

TEST_CASE("an expired value is returned to all callers of the failed load") {
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

TEST_CASE("no expired value replaces a permanent failure, an unknown outcome or a cancellation") {
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

TEST_CASE("a failure that says that a record is missing or not accessible removes the cached value") {
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
