// SPDX-License-Identifier: BSL-1.0
#include "breaker/circuit_world.hpp"
#include "support/catch.hpp"
#include "support/failures.hpp"
#include "support/manual_clock.hpp"

#include <zenoo_rpc/breaker/circuit_breaker.hpp>
#include <zenoo_rpc/exceptions.hpp>

#include <boost/system/errc.hpp>

#include <chrono>
#include <optional>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <utility>

using namespace std::chrono_literals;
using namespace zenoo_rpc;
using tests::CircuitWorld;
using tests::network;
using tests::thrown;
using tests::user;

TEST_CASE("a new circuit is closed and admits calls") {
    CircuitWorld world;
    CHECK(world.breaker.is_closed());
    CHECK_FALSE(world.breaker.is_open());
    CHECK_FALSE(world.breaker.is_half_open());
    CHECK(world.breaker.state() == CircuitState::closed);
    CHECK(world.breaker.retry_after() == 0s);
    CHECK(world.breaker.name() == "orders");
    CHECK(CircuitBreaker{}.name() == "circuit breaker");
    auto const first = world.permit();
    auto const second = world.permit();
    CHECK(world.clock.reads() == 0);
}

TEST_CASE("a circuit opens at the threshold of consecutive failures") {
    CircuitWorld world{{.failure_threshold = 3}};
    world.fail();
    world.fail();
    CHECK(world.breaker.is_closed());
    world.fail();
    CHECK(world.breaker.is_open());
    CHECK(world.refuses());
}

TEST_CASE("a circuit with a threshold of one opens at the first failure") {
    CircuitWorld world{{.failure_threshold = 1}};
    world.fail();
    CHECK(world.breaker.is_open());
}

TEST_CASE("a success resets the failure count") {
    CircuitWorld world{{.failure_threshold = 2}};
    for (int i = 0; i < 5; ++i) {
        world.fail();
        world.succeed();
    }
    CHECK(world.breaker.is_closed());
    world.fail();
    world.fail();
    CHECK(world.breaker.is_open());
}

TEST_CASE("unexpected, cancelled and dropped calls neither count nor reset the failure count") {
    CircuitWorld world{{.failure_threshold = 2}};
    world.fail();
    world.fail(user);
    world.fail(make_error_code(boost::system::errc::operation_canceled));
    world.fail(thrown(std::logic_error{"text"}));
    world.fail({});
    {
        auto const dropped = world.permit();
    }
    CHECK(world.breaker.is_closed());
    world.fail();
    CHECK(world.breaker.is_open());
}

TEST_CASE("overlapping calls count in the order in which they complete") {
    CircuitWorld world{{.failure_threshold = 2}};
    auto slow_success = world.permit();
    auto first = world.permit();
    auto second = world.permit();
    first.settle(network);
    slow_success.settle();
    second.settle(network);
    CHECK(world.breaker.is_closed());
    world.fail();
    CHECK(world.breaker.is_open());
}

TEST_CASE("a permit counts only its first outcome") {
    CircuitWorld world{{.failure_threshold = 2}};
    auto permit = world.permit();
    permit.settle(network);
    permit.settle(network);
    permit.settle();
    CHECK(world.breaker.is_closed());
    world.fail();
    CHECK(world.breaker.is_open());
}

TEST_CASE("a moved-from permit has no effect") {
    STATIC_REQUIRE(std::is_nothrow_move_constructible_v<CircuitBreaker::Permit>);
    STATIC_REQUIRE_FALSE(std::is_copy_constructible_v<CircuitBreaker::Permit>);
    STATIC_REQUIRE_FALSE(std::is_move_assignable_v<CircuitBreaker::Permit>);
    CircuitWorld world;
    world.trip_and_recover();
    auto first = std::optional{world.permit()};
    auto second = std::move(*first);
    first->settle(network);
    first.reset();
    CHECK(world.breaker.is_half_open());
    CHECK(world.refuses());
    second.settle();
    CHECK(world.breaker.is_closed());
}

TEST_CASE("a predicate that throws leaves the permit neutral") {
    CircuitWorld world{{.failure_threshold = 1, .expected = [](Failure const& failure) {
                            if (failure.is<UserError>()) throw std::runtime_error{"the predicate failed"};
                            return true;
                        }}};
    world.trip_and_recover();
    CHECK_THROWS_AS(world.fail(user), std::runtime_error);
    CHECK(world.breaker.is_half_open());
    world.succeed();
    CHECK(world.breaker.is_closed());
}

TEST_CASE("a rejection contains the retry-after, the name of the breaker and the reason") {
    CircuitWorld world{{.failure_threshold = 1}};
    world.fail(thrown(NetworkError{"the line is dead"}));
    world.clock.advance(10s);
    auto const error = world.breaker.refusal();
    CHECK(error.retry_after() == 20s);
    CHECK(error.breaker() == "orders");
    CHECK(error.last_failure().is<NetworkError>());
    CHECK(error.delivery() == Delivery::not_sent);
    std::string const what = error.what();
    CHECK(what.find("orders is open") != std::string::npos);
    CHECK(what.find("the line is dead") != std::string::npos);
    auto const failure = thrown(error);
    CHECK(failure.is<CircuitBreakerOpenError>());
    CHECK_FALSE(failure.transient());
    CHECK_FALSE(failure.never_retried());
}

TEST_CASE("a rejection says that all trials are taken") {
    CircuitWorld world;
    world.trip_and_recover();
    auto const trial = world.permit();
    auto const error = world.breaker.refusal();
    CHECK(std::string{error.what()}.find("orders is half-open and admits no more trial calls") != std::string::npos);
    CHECK(error.retry_after() == 0s);
    CHECK(error.last_failure().is<NetworkError>());
}

TEST_CASE("the last failure is the last one that counted") {
    CircuitWorld world{{.failure_threshold = 2, .expected = failure_is<NetworkError, TimeoutError>}};
    auto stale = world.permit();
    auto neutral = world.permit();
    world.fail(network);
    neutral.settle(user);
    world.fail(Errc::timed_out);
    stale.settle(network);
    CHECK(world.breaker.refusal().last_failure().is<TimeoutError>());
    world.clock.advance(30s);
    world.fail(user);
    CHECK(world.breaker.refusal().last_failure().is<TimeoutError>());
    world.fail(network);
    CHECK(world.breaker.refusal().last_failure().is<NetworkError>());
}

TEST_CASE("the clock is read only when a circuit changes its state or may admit a trial") {
    CircuitWorld world{{.failure_threshold = 2}};
    world.succeed();
    world.fail();
    world.fail(user);
    world.succeed();
    CHECK(world.breaker.retry_after() == 0s);
    CHECK(world.clock.reads() == 0);
    world.breaker.open();
    auto const reads = world.clock.reads();
    CHECK(world.refuses());
    CHECK(world.clock.reads() == reads);
    world.trip();
    CHECK(world.clock.reads() > reads);
}

TEST_CASE("without a clock calls are admitted only while the circuit is closed") {
    CircuitWorld world;
    CHECK(world.breaker.try_acquire_closed());
    world.trip();
    CHECK_FALSE(world.breaker.try_acquire_closed());
    world.clock.advance(30s);
    CHECK_FALSE(world.breaker.try_acquire_closed());  // although the next call with a clock is a trial
    auto const trial = world.ask();
    CHECK(trial);
    CHECK_FALSE(world.breaker.try_acquire_closed());
}

TEST_CASE("a permit granted without a clock counts, and its failure may provide a clock") {
    CircuitWorld world;
    auto permit = [&] { return std::move(*world.breaker.try_acquire_closed()); };
    permit().settle(network);
    permit().settle();
    permit().settle(network);
    CHECK(world.breaker.is_closed());
    permit().settle(network, world.clock);
    CHECK(world.breaker.is_open());
    CHECK(world.breaker.retry_after() == 30s);
    world.clock.advance(30s);
    CHECK(world.ask());
}

TEST_CASE("a permit without any clock opens the circuit by the steady clock") {
    CircuitWorld world{{.failure_threshold = 1, .recovery_timeout = 1h}};
    world.breaker.try_acquire_closed()->settle(network);
    CHECK(world.breaker.is_open());
    CHECK(world.breaker.retry_after() > 59min);
    CHECK(world.breaker.retry_after() <= 1h);
}

TEST_CASE("an open circuit's clock outlives the call that opened it") {
    CircuitBreaker breaker{{.failure_threshold = 1}};
    {
        tests::ManualClock clock;
        breaker.try_acquire(clock)->settle(network);
        clock.advance(10s);
    }
    CHECK(breaker.retry_after() == 20s);
}
