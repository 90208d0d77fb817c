// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"
#include "support/run.hpp"

#include <zenoo_rpc/async/async_sleep.hpp>
#include <zenoo_rpc/async/detail/single_flight.hpp>
#include <zenoo_rpc/exceptions.hpp>

#include <chrono>
#include <memory>
#include <optional>

using namespace std::chrono_literals;
using namespace zenoo_rpc;
using detail::FlightPlace;
using detail::share_flight;
using detail::SingleFlight;
using tests::World;

namespace {

/// Runs of ten seconds each, numbered, never concurrent.
template <class Outcome>
struct Desk {
    using Flight = SingleFlight<Outcome>;

    asio::awaitable<Outcome> ask() {
        auto join = [this] { return place(); };
        auto lead = [this](Flight& flown) { return run(flown); };
        auto forget = [this](Flight& flown) noexcept {
            if (flight.get() == &flown) flight.reset();
        };
        Outcome outcome = co_await share_flight<Outcome>(join, lead, forget);
        co_return outcome;
    }

    FlightPlace<Outcome> place() {
        if (known) return {.known = known};
        if (flight) return {.flight = flight};
        flight = std::make_shared<Flight>();
        return {.flight = flight, .leads = true};
    }

    asio::awaitable<Outcome> run(Flight& flown) {
        int const number = ++runs;
        co_await async_sleep(10s);
        if (fails) throw NetworkError{"down"};
        flown.outcome = number;
        co_return number;
    }

    std::shared_ptr<Flight> flight = nullptr;
    std::optional<Outcome> known = std::nullopt;
    int runs = 0;
    bool fails = false;
};

}  // namespace

TEST_CASE("callers that arrive while a flight is running share its outcome") {
    World world;
    Desk<int> desk;
    auto first = world.start(desk.ask());
    auto second = world.start(desk.ask());
    world.time.advance(4s);
    auto third = world.start(desk.ask());
    world.time.run();
    CHECK(first.outcome().value == 1);
    CHECK(second.outcome().value == 1);
    CHECK(third.outcome().value == 1);
    CHECK(third.outcome().elapsed == 6s);
    CHECK(world.run(desk.ask()).value == 2);
}

TEST_CASE("a known outcome is returned without a flight") {
    World world;
    Desk<int> desk;
    desk.known = 7;
    CHECK(world.run(desk.ask()).value == 7);
    CHECK(desk.runs == 0);
}

TEST_CASE("when the leader is cancelled, one of the waiting callers leads") {
    World world;
    Desk<int> desk;
    auto first = world.start(desk.ask());
    auto second = world.start(desk.ask());
    auto third = world.start(desk.ask());
    world.time.advance(1s);
    first.cancel();
    world.time.advance(0s);
    REQUIRE(first.ended());
    CHECK(first.outcome().failure.cancelled());
    world.time.run();
    CHECK(second.outcome().value == 2);
    CHECK(third.outcome().value == 2);
    CHECK(third.outcome().elapsed == 11s);
    CHECK(desk.runs == 2);
}

TEST_CASE("a leader that throws leaves no outcome, and the others run themselves") {
    World world;
    Desk<int> desk;
    desk.fails = true;
    auto first = world.start(desk.ask());
    auto second = world.start(desk.ask());
    world.time.advance(10s);
    CHECK(first.outcome().failure.is<NetworkError>());
    desk.fails = false;
    world.time.run();
    CHECK(second.outcome().value == 2);
}

TEST_CASE("a cancelled waiting caller affects no other, and gets a failed result if it returns results") {
    World world;
    Desk<int> desk;
    Desk<Result<int>> results;
    auto first = world.start(desk.ask());
    auto second = world.start(desk.ask());
    auto third = world.start(results.ask());
    auto fourth = world.start(results.ask());
    world.time.advance(1s);
    second.cancel();
    fourth.cancel();
    world.time.advance(0s);
    REQUIRE(second.ended());
    REQUIRE(fourth.ended());
    CHECK(second.outcome().failure.cancelled());
    world.time.run();
    CHECK(first.outcome().value == 1);
    CHECK(third.outcome().value->value() == 1);
}

TEST_CASE("execution contexts share a flight, and that of the leader may be destroyed") {
    World world;
    Desk<int> desk;
    auto other = std::make_optional<World>();
    auto const first = other->start(desk.ask());
    other->time.advance(0s);
    auto second = world.start(desk.ask());
    world.time.advance(0s);
    CHECK(desk.runs == 1);
    other.reset();
    world.time.run();
    CHECK(second.outcome().value == 2);
}
