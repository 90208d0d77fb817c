// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"
#include "support/manual_clock.hpp"

#include <zenoo_rpc/breaker/circuit_breaker.hpp>
#include <zenoo_rpc/breaker/detail/circuit_breaker_queue.hpp>
#include <zenoo_rpc/core/detail/failure_access.hpp>
#include <zenoo_rpc/core/exceptions.hpp>

#include <boost/system/errc.hpp>

#include <chrono>
#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

using namespace std::chrono_literals;
using namespace zenoo_rpc;

namespace {

Failure const network = Errc::network_error;
Failure const user = Errc::user_error;

template <class E>
Failure thrown(E error) {
    return Failure{std::make_exception_ptr(std::move(error))};
}
template <class E>
Failure around(E error, Failure const& cause) {
    return Failure{detail::nesting(std::move(error), cause)};
}

/// A breaker with a clock of its own.
class World {
public:
    explicit World(CircuitBreakerOptions options = {.failure_threshold = 2}) : breaker{std::move(options), "orders"} {}

    tests::ManualClock clock;
    CircuitBreaker breaker;

    std::optional<CircuitBreaker::Permit> ask() { return breaker.try_acquire(clock); }
    CircuitBreaker::Permit permit() {
        auto granted = ask();
        REQUIRE(granted);
        return std::move(*granted);
    }
    bool refuses() { return !ask(); }

    void succeed() { permit().settle(); }
    void fail(Failure const& failure = network) { permit().settle(failure); }
    /// Whatever its state was, it has just opened by failures.
    void trip() {
        breaker.reset();
        for (int i = 0; i < breaker.options().failure_threshold; ++i) fail();
        REQUIRE(breaker.is_open());
    }
    /// It is open, and the next call would be a trial.
    void trip_and_recover() {
        trip();
        clock.advance(breaker.options().recovery_timeout);
    }
};

/// What a breaker tells, in words.
struct Witness {
    std::vector<std::string> heard;

    auto observer() {
        return [this](RetryEvent const& event) {
            heard.push_back(to_string(event.type) + std::string{" "} + std::string{event.operation});
        };
    }
};

/// A call in line that counts how often it is woken.
struct Caller final : detail::CircuitBreakerQueue::Waiter {
    explicit Caller(bool waits_ = true) : waits{waits_} {}
    bool wake() noexcept override {
        ++woken;
        if (on_wake) on_wake();
        return waits;
    }
    bool waits;
    int woken = 0;
    std::function<void()> on_wake;
};

std::shared_ptr<Caller> caller(bool waits = true) { return std::make_shared<Caller>(waits); }

}  // namespace

TEST_CASE("a new circuit is closed and lets calls pass") {
    World world;
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
    World world{{.failure_threshold = 3}};
    world.fail();
    world.fail();
    CHECK(world.breaker.is_closed());
    world.fail();
    CHECK(world.breaker.is_open());
    CHECK(world.refuses());
}

TEST_CASE("a threshold of one opens at the first failure") {
    World world{{.failure_threshold = 1}};
    world.fail();
    CHECK(world.breaker.is_open());
}

TEST_CASE("a success starts the count of failures again") {
    World world{{.failure_threshold = 2}};
    for (int i = 0; i < 5; ++i) {
        world.fail();
        world.succeed();
    }
    CHECK(world.breaker.is_closed());
    world.fail();
    world.fail();
    CHECK(world.breaker.is_open());
}

TEST_CASE("what is not expected, cancelled or dropped neither counts nor starts the count again") {
    World world{{.failure_threshold = 2}};
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

TEST_CASE("calls that overlap count in the order in which they end") {
    World world{{.failure_threshold = 2}};
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

TEST_CASE("a cancelled call does not count, whatever is expected") {
    World world{{.failure_threshold = 1, .expected = [](Failure const&) { return true; }}};
    world.fail(make_error_code(boost::system::errc::operation_canceled));
    world.fail(thrown(ZenooError{make_error_code(boost::system::errc::operation_canceled), "cancelled"}));
    CHECK(world.breaker.is_closed());
    world.fail(user);
    CHECK(world.breaker.is_open());
}

TEST_CASE("only expected failures count") {
    World world{{.failure_threshold = 1, .expected = failure_is<ServerError>}};
    world.fail(network);
    CHECK(world.breaker.is_closed());
    world.fail(Errc::server_error);
    CHECK(world.breaker.is_open());
}

TEST_CASE("an unknown outcome counts as its cause does") {
    World world{{.failure_threshold = 1}};
    world.fail(thrown(OutcomeUnknownError{"text"}));
    world.fail(Errc::outcome_unknown);
    world.fail(around(OutcomeUnknownError{"text"}, user));
    world.fail(around(OutcomeUnknownError{"text"}, make_error_code(boost::system::errc::operation_canceled)));
    CHECK(world.breaker.is_closed());
    world.fail(around(OutcomeUnknownError{"text"}, thrown(NetworkError{"text"})));
    CHECK(world.breaker.is_open());
}

TEST_CASE("an unknown outcome that a user wrapped counts as its cause does") {
    World world{{.failure_threshold = 1}};
    auto const unknown = around(OutcomeUnknownError{"text"}, thrown(NetworkError{"text"}));
    try {
        try {
            unknown.raise();
        } catch (...) {
            std::throw_with_nested(std::runtime_error{"while paying"});
        }
    } catch (...) {
        world.fail(Failure{std::current_exception()});
    }
    CHECK(world.breaker.is_open());
}

TEMPLATE_TEST_CASE("the end of a retry inside counts as its cause does", "", RetryExhaustedError, RetryTimeoutError) {
    World world{{.failure_threshold = 1, .expected = failure_is<NetworkError>}};
    world.fail(around(TestType{Errc::timed_out, "text"}, Errc::timed_out));
    world.fail(thrown(TestType{"text"}));
    world.fail(TestType{"text"}.code());
    CHECK(world.breaker.is_closed());

    SECTION("of an exception") {
        world.fail(around(TestType{Errc::network_error, "text"}, thrown(NetworkError{"text"})));
    }
    SECTION("of retries in retries") {
        auto const inner = around(RetryExhaustedError{Errc::network_error, "text"}, thrown(NetworkError{"text"}));
        world.fail(around(TestType{Errc::network_error, "text"}, inner));
    }
    SECTION("of a code alone") { world.fail(thrown(TestType{Errc::network_error, "text"})); }
    CHECK(world.breaker.is_open());
}

TEST_CASE("a total time limit that cuts off the first attempt counts as a timeout") {
    World world{{.failure_threshold = 1}};
    world.fail(thrown(RetryTimeoutError{"text"}));
    CHECK(world.breaker.is_open());
}

TEST_CASE("a returned failure that is marked as ended counts as it would without the mark") {
    struct Ours : std::runtime_error {
        using runtime_error::runtime_error;
    };
    World world{{.failure_threshold = 1, .expected = failure_is<Ours, NetworkError>}};
    Failure failure = GENERATE(Failure{Errc::network_error}, thrown(Ours{"text"}));
    detail::FailureAccess::end_with(failure, ErrorClass::retry_exhausted);
    world.fail(failure);
    CHECK(world.breaker.is_open());
}

TEST_CASE("a breaker inside that refuses is no failure of the service, unless expected") {
    auto const refusal = around(CircuitBreakerOpenError{"text"}, network);
    World world{{.failure_threshold = 1}};
    world.fail(refusal);
    CHECK(world.breaker.is_closed());
    World strict{{.failure_threshold = 1, .expected = failure_is<CircuitBreakerOpenError>}};
    strict.fail(refusal);
    CHECK(strict.breaker.is_open());
}

TEST_CASE("an open circuit refuses calls until the recovery timeout has passed") {
    World world{{.failure_threshold = 2, .recovery_timeout = 30s}};
    world.trip();
    CHECK(world.refuses());
    CHECK(world.breaker.retry_after() == 30s);
    world.clock.advance(30s - 1ns);
    CHECK(world.refuses());
    CHECK(world.breaker.retry_after() == 1ns);
    world.clock.advance(1ns);
    CHECK(world.breaker.is_open());
    CHECK(world.breaker.retry_after() == 0s);
    auto const trial = world.permit();
    CHECK(world.breaker.is_half_open());
    CHECK(world.breaker.retry_after() == 0s);
}

TEST_CASE("a circuit opens for the recovery timeout from the failure on, not from the call on") {
    World world{{.failure_threshold = 1, .recovery_timeout = 30s}};
    auto slow = world.permit();
    world.clock.advance(10s);
    slow.settle(network);
    CHECK(world.breaker.retry_after() == 30s);
}

TEST_CASE("nothing but a call ends the open state") {
    World world;
    world.trip_and_recover();
    world.clock.advance(1h);
    CHECK(world.breaker.is_open());
    CHECK(world.breaker.retry_after() == 0s);
    CHECK(world.breaker.refusal().retry_after() == 0s);
    CHECK(world.breaker.is_open());
}

TEST_CASE("a recovery timeout of zero lets the next call be a trial") {
    World world{{.failure_threshold = 1, .recovery_timeout = 0s}};
    world.fail();
    CHECK(world.breaker.is_open());
    world.succeed();
    CHECK(world.breaker.is_closed());
}

TEST_CASE("a recovery timeout without end is one, and near the end does not overflow") {
    auto const timeout = GENERATE(Duration{unlimited}, Duration{unlimited - 1ns});
    World world{{.failure_threshold = 1, .recovery_timeout = timeout}};
    world.fail();
    world.clock.advance(24h * 365);
    CHECK(world.refuses());
    CHECK(world.breaker.retry_after() == Duration::max());
    world.breaker.close();
    world.succeed();
}

TEST_CASE("a half-open circuit lets in as many trials at a time as allowed") {
    World world{{.failure_threshold = 1, .half_open_max_calls = 2, .success_threshold = 10}};
    world.trip_and_recover();
    auto first = world.permit();
    auto second = std::optional{world.permit()};
    CHECK(world.refuses());
    first.settle();
    auto third = world.permit();
    CHECK(world.refuses());
    second.reset();
    auto fourth = world.permit();
    CHECK(world.refuses());
    fourth.settle(user);
    auto const fifth = world.permit();
    CHECK(world.refuses());
    CHECK(world.breaker.is_half_open());
}

TEST_CASE("one successful trial closes the circuit") {
    World world;
    world.trip_and_recover();
    world.succeed();
    CHECK(world.breaker.is_closed());
    CHECK(world.breaker.retry_after() == 0s);
    world.fail();
    CHECK(world.breaker.is_closed());
    world.fail();
    CHECK(world.breaker.is_open());
}

TEST_CASE("as many successful trials close the circuit as are asked for") {
    World world{{.failure_threshold = 1, .half_open_max_calls = 2, .success_threshold = 3}};
    world.trip_and_recover();
    world.succeed();
    world.succeed();
    CHECK(world.breaker.is_half_open());
    world.fail(user);
    {
        auto const dropped = world.permit();
    }
    CHECK(world.breaker.is_half_open());
    world.succeed();
    CHECK(world.breaker.is_closed());
}

TEST_CASE("one failed trial opens the circuit again, for the whole time and with no success in hand") {
    World world{{.failure_threshold = 3, .recovery_timeout = 30s, .success_threshold = 2}};
    world.trip_and_recover();
    world.succeed();
    world.clock.advance(5s);
    world.fail();
    CHECK(world.breaker.is_open());
    CHECK(world.breaker.retry_after() == 30s);
    world.clock.advance(30s);
    world.succeed();
    CHECK(world.breaker.is_half_open());
    world.succeed();
    CHECK(world.breaker.is_closed());
}

TEST_CASE("a neutral trial gives its place back and changes nothing") {
    World world;
    world.trip_and_recover();
    world.fail(user);
    CHECK(world.breaker.is_half_open());
    {
        auto const dropped = world.permit();
    }
    CHECK(world.breaker.is_half_open());
    world.fail(make_error_code(boost::system::errc::operation_canceled));
    CHECK(world.breaker.is_half_open());
    world.succeed();
    CHECK(world.breaker.is_closed());
}

TEST_CASE("a verdict from before the circuit opened changes nothing later") {
    World world{{.failure_threshold = 1, .half_open_max_calls = 1}};
    auto late_success = world.permit();
    auto late_failure = world.permit();
    auto late_drop = std::optional{world.permit()};
    auto later_still = world.permit();
    world.trip_and_recover();

    late_success.settle();
    CHECK(world.breaker.is_open());
    auto trial = world.permit();
    late_failure.settle(network);
    CHECK(world.breaker.is_half_open());
    late_drop.reset();
    CHECK(world.refuses());
    trial.settle();
    CHECK(world.breaker.is_closed());
    later_still.settle(network);
    CHECK(world.breaker.is_closed());
}

TEST_CASE("a verdict of an earlier trial changes nothing later") {
    World world{{.failure_threshold = 1, .half_open_max_calls = 3, .success_threshold = 1}};
    world.trip_and_recover();
    auto failing = world.permit();
    auto late_success = world.permit();
    auto late_failure = world.permit();
    failing.settle(network);
    CHECK(world.breaker.is_open());
    late_success.settle();
    CHECK(world.breaker.is_open());
    world.clock.advance(30s);
    world.succeed();
    CHECK(world.breaker.is_closed());
    late_failure.settle(network);
    CHECK(world.breaker.is_closed());
}

TEST_CASE("trials of an earlier half-open state take no place from later ones") {
    World world{{.failure_threshold = 1, .half_open_max_calls = 2}};
    world.trip_and_recover();
    auto failing = world.permit();
    auto const lingering = world.permit();
    failing.settle(network);
    world.clock.advance(30s);
    auto const first = world.permit();
    auto const second = world.permit();
    CHECK(world.refuses());
}

TEST_CASE("failures that come together open the circuit once") {
    World world{{.failure_threshold = 2}};
    Witness witness;
    auto const watching = world.breaker.observe(witness.observer());
    std::vector<CircuitBreaker::Permit> calls;
    for (int i = 0; i < 5; ++i) calls.push_back(world.permit());
    for (auto& call : calls) {
        call.settle(network);
        world.clock.advance(1s);
    }
    CHECK(witness.heard == std::vector<std::string>{"circuit_breaker_opened orders"});
    CHECK(world.breaker.retry_after() == 30s - 4s);
}

TEST_CASE("a permit gives one verdict, whatever else is said") {
    World world{{.failure_threshold = 2}};
    auto permit = world.permit();
    permit.settle(network);
    permit.settle(network);
    permit.settle();
    CHECK(world.breaker.is_closed());
    world.fail();
    CHECK(world.breaker.is_open());
}

TEST_CASE("a permit that was moved from is none") {
    STATIC_REQUIRE(std::is_nothrow_move_constructible_v<CircuitBreaker::Permit>);
    STATIC_REQUIRE_FALSE(std::is_copy_constructible_v<CircuitBreaker::Permit>);
    STATIC_REQUIRE_FALSE(std::is_move_assignable_v<CircuitBreaker::Permit>);
    World world;
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
    World world{{.failure_threshold = 1, .expected = [](Failure const& failure) {
                     if (failure.is<UserError>()) throw std::runtime_error{"the predicate's own trouble"};
                     return true;
                 }}};
    world.trip_and_recover();
    CHECK_THROWS_AS(world.fail(user), std::runtime_error);
    CHECK(world.breaker.is_half_open());
    world.succeed();
    CHECK(world.breaker.is_closed());
}

TEST_CASE("a refused call is told when to come again, by whom, and why") {
    World world{{.failure_threshold = 1}};
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

TEST_CASE("a call that finds all trials under way is told so") {
    World world;
    world.trip_and_recover();
    auto const trial = world.permit();
    auto const error = world.breaker.refusal();
    CHECK(std::string{error.what()}.find("orders is trying the service") != std::string::npos);
    CHECK(error.retry_after() == 0s);
    CHECK(error.last_failure().is<NetworkError>());
}

TEST_CASE("the last failure is one that counted") {
    World world{{.failure_threshold = 2, .expected = failure_is<NetworkError, TimeoutError>}};
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

TEST_CASE("a circuit opened by hand stays open until it is closed by hand") {
    World world;
    world.breaker.open();
    CHECK(world.breaker.is_open());
    CHECK(world.breaker.retry_after() == Duration::max());
    CHECK(world.breaker.refusal().retry_after() == Duration::max());
    CHECK_FALSE(world.breaker.refusal().last_failure());
    world.clock.advance(24h * 365);
    CHECK(world.refuses());
    SECTION("close") { world.breaker.close(); }
    SECTION("reset") { world.breaker.reset(); }
    CHECK(world.breaker.is_closed());
    CHECK(world.breaker.retry_after() == 0s);
    world.succeed();
}

TEST_CASE("a circuit that failures opened stays open by hand beyond the recovery timeout") {
    World world;
    world.trip();
    world.breaker.open();
    auto const reads = world.clock.reads();
    CHECK(world.breaker.retry_after() == Duration::max());
    world.clock.advance(1h);
    CHECK(world.refuses());
    CHECK(world.clock.reads() == reads);
}

TEST_CASE("a circuit opened by hand forgets that when failures open it later") {
    World world;
    world.breaker.open();
    world.breaker.close();
    world.trip();
    CHECK(world.breaker.retry_after() == 30s);
    world.clock.advance(30s);
    world.succeed();
    CHECK(world.breaker.is_closed());
}

TEST_CASE("a half-open circuit can be opened and closed by hand, and forgets its trials") {
    World world{{.failure_threshold = 2, .success_threshold = 2}};
    world.trip_and_recover();
    auto trial = world.permit();
    SECTION("opened") {
        world.breaker.open();
        CHECK_FALSE(world.breaker.refusal().last_failure());
        trial.settle();
        CHECK(world.breaker.is_open());
        CHECK(world.refuses());
    }
    SECTION("closed") {
        world.breaker.close();
        trial.settle(network);
        world.fail();
        CHECK(world.breaker.is_closed());
    }
}

TEST_CASE("closing by hand forgets the failures counted so far") {
    World world{{.failure_threshold = 2}};
    world.fail();
    SECTION("close") { world.breaker.close(); }
    SECTION("reset") { world.breaker.reset(); }
    CHECK(world.breaker.is_closed());
    world.fail();
    CHECK(world.breaker.is_closed());
    world.fail();
    CHECK(world.breaker.is_open());
}

TEST_CASE("the clock is read only where a circuit changes its state, or is to be tried") {
    World world{{.failure_threshold = 2}};
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

TEST_CASE("without a clock a call is let in while the circuit is closed, and only then") {
    World world;
    CHECK(world.breaker.try_acquire_closed());
    world.trip();
    CHECK_FALSE(world.breaker.try_acquire_closed());
    world.clock.advance(30s);
    CHECK_FALSE(world.breaker.try_acquire_closed());  // though the next call with a clock is a trial
    auto const trial = world.ask();
    CHECK(trial);
    CHECK_FALSE(world.breaker.try_acquire_closed());
}

TEST_CASE("a permit that was given without a clock counts, and may be given one with its failure") {
    World world;
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

TEST_CASE("a permit that never sees a clock opens the circuit by the steady one") {
    World world{{.failure_threshold = 1, .recovery_timeout = 1h}};
    world.breaker.try_acquire_closed()->settle(network);
    CHECK(world.breaker.is_open());
    CHECK(world.breaker.retry_after() > 59min);
    CHECK(world.breaker.retry_after() <= 1h);
}

TEST_CASE("observers are told of each transition once and in order") {
    World world;
    Witness witness;
    auto const watching = world.breaker.observe(witness.observer());
    world.succeed();
    world.fail(user);
    world.fail();
    CHECK(witness.heard.empty());
    world.fail();
    CHECK(world.refuses());
    world.clock.advance(30s);
    CHECK(witness.heard.size() == 1);
    auto trial = world.permit();
    CHECK(witness.heard.size() == 2);
    trial.settle(network);
    CHECK(witness.heard.size() == 3);
    world.clock.advance(30s);
    world.succeed();
    world.breaker.close();
    world.breaker.open();
    world.breaker.open();
    world.breaker.reset();
    CHECK(witness.heard
          == std::vector<std::string>{"circuit_breaker_opened orders", "circuit_breaker_half_opened orders",
                                      "circuit_breaker_opened orders", "circuit_breaker_half_opened orders",
                                      "circuit_breaker_closed orders", "circuit_breaker_opened orders",
                                      "circuit_breaker_closed orders"});
}

TEST_CASE("an event says how long the circuit stays open, and why") {
    World world{{.failure_threshold = 1}};
    std::vector<RetryEventType> types;
    std::vector<Duration> delays;
    std::vector<error_code> reasons;
    auto const watching = world.breaker.observe([&](RetryEvent const& event) {
        types.push_back(event.type);
        delays.push_back(event.delay);
        reasons.push_back(event.failure.code());
        CHECK(event.attempt == 0);
    });
    world.fail(Errc::rate_limited);
    world.clock.advance(30s);
    world.succeed();
    world.breaker.open();
    CHECK(types
          == std::vector{RetryEventType::circuit_breaker_opened, RetryEventType::circuit_breaker_half_opened,
                         RetryEventType::circuit_breaker_closed, RetryEventType::circuit_breaker_opened});
    CHECK(delays == std::vector<Duration>{30s, 0s, 0s, Duration::max()});
    CHECK(reasons.front() == Errc::rate_limited);
    CHECK_FALSE(reasons[2].failed());
    CHECK_FALSE(reasons.back().failed());
}

TEST_CASE("an observer may ask and change the breaker, and all hear of that in order") {
    World world{{.failure_threshold = 1}};
    Witness first;
    Witness second;
    auto const meddling = world.breaker.observe([&, tell = first.observer()](RetryEvent const& event) {
        tell(event);
        if (event.type == RetryEventType::circuit_breaker_opened) {
            CHECK(world.breaker.is_open());
            CHECK(world.refuses());
            world.breaker.close();
        }
    });
    auto const watching = world.breaker.observe(second.observer());
    world.fail();
    CHECK(world.breaker.is_closed());
    CHECK(first.heard == std::vector<std::string>{"circuit_breaker_opened orders", "circuit_breaker_closed orders"});
    CHECK(second.heard == first.heard);
}

TEST_CASE("an observer that throws harms neither the breaker nor other observers") {
    World world{{.failure_threshold = 1}};
    Witness witness;
    auto const throwing = world.breaker.observe([](RetryEvent const&) { throw std::runtime_error{"text"}; });
    auto const watching = world.breaker.observe(witness.observer());
    CHECK_NOTHROW(world.trip_and_recover());
    CHECK_NOTHROW(world.succeed());
    CHECK(world.breaker.is_closed());
    CHECK(witness.heard.size() == 3);
}

TEST_CASE("an observer is told until its handle is dropped, and nothing of what was before") {
    World world{{.failure_threshold = 1}};
    world.breaker.open();
    Witness witness;
    auto watching = world.breaker.observe(witness.observer());
    world.breaker.close();
    CHECK(witness.heard.size() == 1);
    watching.reset();
    world.breaker.open();
    CHECK(witness.heard.size() == 1);
    watching = world.breaker.observe(witness.observer());
    world.breaker.close();
    CHECK(witness.heard.size() == 2);
}

TEST_CASE("an observer's handle may outlive the breaker, and does not keep it alive") {
    Witness witness;
    std::shared_ptr<void const> watching;
    {
        World world;
        watching = world.breaker.observe(witness.observer());
    }
    CHECK(witness.heard.empty());
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

TEST_CASE("nobody lines up where calls pass") {
    World world{{.failure_threshold = 1, .half_open_max_calls = 2}};
    CHECK(detail::CircuitBreakerQueue::enqueue(world.breaker, caller()) == std::nullopt);
    world.trip_and_recover();
    auto const trial = world.permit();
    CHECK(detail::CircuitBreakerQueue::enqueue(world.breaker, caller()) == std::nullopt);
}

TEST_CASE("a call that waits before an open circuit is to ask again when a trial is due") {
    World world{{.failure_threshold = 1}};
    world.trip();
    CHECK(detail::CircuitBreakerQueue::enqueue(world.breaker, caller()) == world.clock.now() + 30s);
}

TEST_CASE("a call that waits before a circuit opened by hand is woken when it is closed") {
    World world;
    world.breaker.open();
    auto const waiting = caller();
    CHECK(detail::CircuitBreakerQueue::enqueue(world.breaker, waiting) == TimePoint::max());
    world.clock.advance(1h);
    CHECK(world.refuses());
    CHECK(waiting->woken == 0);
    world.breaker.close();
    CHECK(waiting->woken == 1);
    world.breaker.open();
    CHECK(waiting->woken == 1);
}

TEST_CASE("each trial that ends without a decision wakes one call, the first in line") {
    World world{{.failure_threshold = 1, .half_open_max_calls = 2, .success_threshold = 10}};
    world.trip_and_recover();
    auto first = world.permit();
    auto second = std::optional{world.permit()};
    auto const line = std::vector{caller(), caller(), caller(), caller()};
    for (auto const& waiting : line)
        CHECK(detail::CircuitBreakerQueue::enqueue(world.breaker, waiting) == TimePoint::max());
    auto const woken = [&] {
        std::string all;
        for (auto const& waiting : line) all += std::to_string(waiting->woken);
        return all;
    };
    first.settle();
    CHECK(woken() == "1000");
    second.reset();
    CHECK(woken() == "1100");
    world.fail(user);
    CHECK(woken() == "1110");
    world.succeed();
    CHECK(woken() == "1111");
    world.succeed();
    CHECK(woken() == "1111");
}

TEST_CASE("all calls in line are woken when the circuit closes or opens again") {
    World world{{.failure_threshold = 1}};
    world.trip_and_recover();
    auto trial = std::optional{world.permit()};
    auto const line = std::vector{caller(), caller(), caller()};
    for (auto const& waiting : line) CHECK(detail::CircuitBreakerQueue::enqueue(world.breaker, waiting));
    SECTION("closes by a success") { trial->settle(); }
    SECTION("opens by a failure") { trial->settle(network); }
    SECTION("is closed by hand") { world.breaker.close(); }
    SECTION("is opened by hand") { world.breaker.open(); }
    SECTION("is reset by hand") { world.breaker.reset(); }
    for (auto const& waiting : line) CHECK(waiting->woken == 1);
    trial.reset();
    for (auto const& waiting : line) CHECK(waiting->woken == 1);
}

TEST_CASE("a call that does not wait any more passes its turn on") {
    World world{{.failure_threshold = 1, .success_threshold = 10}};
    world.trip_and_recover();
    auto trial = world.permit();
    auto const gone = caller(false);
    auto const also_gone = caller(false);
    auto const waiting = caller();
    auto const later = caller();
    for (auto const& one : {gone, also_gone, waiting, later})
        CHECK(detail::CircuitBreakerQueue::enqueue(world.breaker, one));
    trial.settle();
    CHECK(gone->woken == 1);
    CHECK(also_gone->woken == 1);
    CHECK(waiting->woken == 1);
    CHECK(later->woken == 0);
}

TEST_CASE("a call that was woken and does not ask passes its turn on") {
    World world{{.failure_threshold = 1, .success_threshold = 10}};
    world.trip_and_recover();
    auto trial = world.permit();
    auto const woken = caller();
    auto const next = caller();
    auto const last = caller();
    for (auto const& one : {woken, next, last}) CHECK(detail::CircuitBreakerQueue::enqueue(world.breaker, one));
    detail::CircuitBreakerQueue::wake_next(world.breaker);
    CHECK(woken->woken == 0);
    trial.settle();
    CHECK(woken->woken == 1);
    detail::CircuitBreakerQueue::wake_next(world.breaker);
    CHECK(next->woken == 1);
    CHECK(last->woken == 0);
}

TEST_CASE("there is no turn to pass on where no trial is let in") {
    World world;
    world.breaker.open();
    auto const waiting = caller();
    CHECK(detail::CircuitBreakerQueue::enqueue(world.breaker, waiting));
    detail::CircuitBreakerQueue::wake_next(world.breaker);
    CHECK(waiting->woken == 0);
}

TEST_CASE("a call that left the line is not woken, nor kept alive") {
    World world;
    world.breaker.open();
    auto const stays = caller();
    auto leaves = caller();
    CHECK(detail::CircuitBreakerQueue::enqueue(world.breaker, leaves));
    CHECK(detail::CircuitBreakerQueue::enqueue(world.breaker, stays));
    detail::CircuitBreakerQueue::leave(world.breaker, *leaves);
    CHECK(leaves.use_count() == 1);
    detail::CircuitBreakerQueue::leave(world.breaker, *leaves);
    world.breaker.close();
    CHECK(leaves->woken == 0);
    CHECK(stays->woken == 1);
    CHECK(stays.use_count() == 1);
}

TEST_CASE("a call that is woken may ask, leave or line up at once") {
    World world{{.failure_threshold = 1, .success_threshold = 10}};
    world.trip_and_recover();
    auto trial = world.permit();
    auto const waiting = caller();
    std::optional<CircuitBreaker::Permit> turn;
    waiting->on_wake = [&] {
        detail::CircuitBreakerQueue::leave(world.breaker, *waiting);
        if (auto granted = world.ask()) turn.emplace(std::move(*granted));
        CHECK(detail::CircuitBreakerQueue::enqueue(world.breaker, caller()) == TimePoint::max());
    };
    CHECK(detail::CircuitBreakerQueue::enqueue(world.breaker, waiting));
    trial.settle();
    CHECK(turn);
    CHECK(waiting->woken == 1);
}

TEST_CASE("a stale verdict wakes nobody") {
    World world{{.failure_threshold = 1}};
    auto stale = world.permit();
    world.trip_and_recover();
    auto const trial = world.permit();
    auto const waiting = caller();
    CHECK(detail::CircuitBreakerQueue::enqueue(world.breaker, waiting));
    stale.settle();
    CHECK(waiting->woken == 0);
}

TEST_CASE("those in line are woken after the observers were told") {
    World world{{.failure_threshold = 1}};
    std::vector<std::string> happened;
    auto const watching =
        world.breaker.observe([&](RetryEvent const& event) { happened.push_back(to_string(event.type)); });
    world.breaker.open();
    auto const waiting = caller();
    waiting->on_wake = [&] { happened.push_back("woken"); };
    CHECK(detail::CircuitBreakerQueue::enqueue(world.breaker, waiting));
    world.breaker.close();
    CHECK(happened == std::vector<std::string>{"circuit_breaker_opened", "circuit_breaker_closed", "woken"});
}
