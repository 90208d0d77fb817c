// SPDX-License-Identifier: BSL-1.0
// Each rule by an example; circuit_model_test.cpp compares all of them together with a model.
#include "support/catch.hpp"
#include "support/manual_clock.hpp"

#include <zenoo_rpc/breaker/advanced_circuit_breaker.hpp>
#include <zenoo_rpc/retry/delay_sequence.hpp>
#include <zenoo_rpc/retry/exponential_backoff.hpp>

#include <chrono>
#include <memory>
#include <stdexcept>
#include <utility>

using namespace std::chrono_literals;
using namespace zenoo_rpc;

namespace {

/// A breaker with a clock of its own.
class World {
public:
    explicit World(AdvancedCircuitBreakerOptions const& options) : breaker{options, "orders"} {}

    tests::ManualClock clock;
    AdvancedCircuitBreaker breaker;

    void succeed(int times = 1, Duration took = 0s) {
        while (times-- > 0) call(took).settle();
    }
    void fail(int times = 1, Duration took = 0s) {
        while (times-- > 0) call(took).settle(Errc::network_error);
    }
    CircuitBreaker::Permit call(Duration took = 0s) {
        auto permit = breaker.try_acquire(clock);
        REQUIRE(permit);
        clock.advance(took);
        return std::move(*permit);
    }
    /// Returns how long the circuit stays open after `failures` more failures.
    Duration opened_for(int failures) {
        fail(failures);
        return breaker.retry_after();
    }
};

}  // namespace

TEST_CASE("an advanced circuit breaker without further options counts consecutive failures as a basic one does") {
    World world{{.failure_threshold = 3, .success_threshold = 2}};
    std::shared_ptr<CircuitBreaker> const any = std::make_shared<AdvancedCircuitBreaker>();
    CHECK(any->options().failure_threshold == 5);
    world.fail(2);
    world.succeed();
    world.fail(2);
    CHECK(world.breaker.is_closed());
    world.fail();
    CHECK(world.breaker.is_open());
    world.clock.advance(30s);
    world.succeed();
    CHECK(world.breaker.is_half_open());
    world.succeed();
    CHECK(world.breaker.is_closed());
}

TEST_CASE("failure_threshold failures among the last window_size calls open a circuit") {
    World world{{.failure_threshold = 3, .window_size = 5}};
    world.fail(2);
    world.succeed(3);
    world.fail();  // the first has left the window
    CHECK(world.breaker.is_closed());
    world.succeed();
    world.fail();
    CHECK(world.breaker.is_closed());
    world.fail();
    CHECK(world.breaker.is_open());
}

TEST_CASE("a failure rate opens a circuit exactly when it is reached with at least minimum_calls") {
    auto const opens_after = [](int successes, int failures) {
        World world{{.failure_rate_threshold = 0.3, .minimum_calls = 10, .window_size = 20}};
        world.succeed(successes);
        world.fail(failures - 1);
        CHECK(world.breaker.is_closed());
        world.fail();
        return world.breaker.is_open();
    };
    CHECK(opens_after(7, 3));        // 0.3 of 10
    CHECK_FALSE(opens_after(8, 3));  // less than 0.28
    CHECK_FALSE(opens_after(6, 3));  // more, but 9 calls are too few
    CHECK(opens_after(14, 6));
    CHECK_FALSE(opens_after(15, 5));
}

TEST_CASE("a success never opens a circuit, even if it completes the minimum number of calls") {
    World world{{.failure_rate_threshold = 0.3, .minimum_calls = 10, .window_size = 10}};
    world.fail(3);
    world.succeed(7);
    CHECK(world.breaker.is_closed());
    CHECK(world.breaker.statistics().failure_rate == 0.3);
    world.succeed();
    world.fail();  // two of the first three have left the window
    CHECK(world.breaker.is_closed());
    world.fail();
    CHECK(world.breaker.statistics().failure_rate == 0.2);
}

TEST_CASE("failures leave a time window slice by slice") {
    World world{{.failure_threshold = 2, .window_duration = 10s}};
    world.fail();
    world.clock.advance(10s);
    world.fail();
    CHECK(world.breaker.is_closed());
    world.clock.advance(9999ms);
    world.fail();
    CHECK(world.breaker.is_open());
}

TEST_CASE("a time window computes the failure rate of the calls in it") {
    World world{{.failure_rate_threshold = 0.5, .minimum_calls = 2, .window_duration = 1min}};
    world.succeed(10);
    world.fail(9);
    CHECK(world.breaker.is_closed());
    CHECK(world.breaker.statistics().failure_rate == 9.0 / 19);
    world.clock.advance(1min);
    world.fail();
    CHECK(world.breaker.is_closed());  // one call is too few
    world.fail();
    CHECK(world.breaker.is_open());
}

TEST_CASE("slow calls open a circuit even if all succeed") {
    World world{{.failure_threshold = 4,
                 .slow_call_rate_threshold = 0.5,
                 .slow_call_duration = 2s,
                 .minimum_calls = 4,
                 .window_size = 4}};
    world.succeed(3, 2s - 1ns);
    world.succeed(1, 2s);
    CHECK(world.breaker.is_closed());
    world.fail(1, 2s);
    CHECK(world.breaker.is_open());
    CHECK(world.breaker.statistics().slow_calls == 2);
    world.clock.advance(30s);
    SECTION("and a slow trial opens it again") {
        world.succeed(1, 2s);
        CHECK(world.breaker.is_open());
        CHECK_FALSE(world.breaker.last_failure());
    }
    SECTION("and a fast one closes it") {
        world.succeed(1, 1s);
        CHECK(world.breaker.is_closed());
    }
}

TEST_CASE("an ignored call does not count as slow") {
    World world{{.failure_threshold = 1,
                 .slow_call_rate_threshold = 0.1,
                 .slow_call_duration = 1s,
                 .minimum_calls = 1,
                 .window_size = 1}};
    world.call(1h).settle(Errc::user_error);
    {
        auto const dropped = world.call(1h);
    }
    CHECK(world.breaker.is_closed());
    CHECK(world.breaker.statistics().ignored == 2);
}

TEST_CASE("a window starts empty with each closed state") {
    World world{{.failure_threshold = 2, .window_size = 10}};
    world.fail(2);
    world.clock.advance(30s);
    world.succeed();
    world.fail();
    CHECK(world.breaker.is_closed());
    world.breaker.close();
    world.fail();
    CHECK(world.breaker.is_closed());
    world.fail();
    CHECK(world.breaker.is_open());
}

TEST_CASE("a recovery strategy prolongs the open time with each opening") {
    World world{{.failure_threshold = 1,
                 .recovery_strategy = ExponentialBackoffStrategy{
                     .max_attempts = 2, .base_delay = 10s, .max_delay = 1min, .jitter = NoJitter{}}}};
    for (auto const timeout : {10s, 20s, 40s, 60s, 60s}) {
        CHECK(world.opened_for(1) == timeout);
        world.clock.advance(timeout);
    }
    SECTION("a recovery shorter than the last open time does not restart the strategy") {
        world.succeed();
        world.clock.advance(1min - 1ns);
        CHECK(world.opened_for(1) == 60s);
    }
    SECTION("a recovery as long as the last open time restarts it") {
        world.succeed();
        world.clock.advance(1min);
        CHECK(world.opened_for(1) == 10s);
    }
    SECTION("so does a manual close") {
        world.breaker.close();
        CHECK(world.opened_for(1) == 10s);
    }
}

TEST_CASE("if the recovery strategy throws, recovery_timeout applies") {
    struct Broken final : RetryStrategy {
        bool should_retry(int, Failure const&) override { return true; }
        Duration get_delay(int) override { throw std::runtime_error{"text"}; }
    };
    World world{{.failure_threshold = 1, .recovery_timeout = 7s, .recovery_strategy = Broken{}}};
    CHECK(world.opened_for(1) == 7s);
}

TEST_CASE("the clock is read for successful calls only if their time matters") {
    World by_count{{.failure_threshold = 1, .window_size = 9}};
    by_count.succeed();
    CHECK(by_count.clock.reads() == 0);
    CHECK(by_count.breaker.try_acquire_closed());
    World by_time{{.failure_threshold = 1, .window_duration = 9s}};
    by_time.succeed();
    CHECK(by_time.clock.reads() == 1);
    CHECK_FALSE(by_time.breaker.try_acquire_closed());
    World slow{{.slow_call_rate_threshold = 1.0, .window_size = 10}};
    slow.succeed();
    CHECK(slow.clock.reads() == 2);
    CHECK_FALSE(slow.breaker.try_acquire_closed());
}
