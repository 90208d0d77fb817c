// SPDX-License-Identifier: BSL-1.0
#include "breaker/circuit_world.hpp"
#include "support/catch.hpp"
#include "support/failures.hpp"

#include <zenoo_rpc/breaker/detail/circuit_breaker_queue.hpp>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

using namespace std::chrono_literals;
using namespace zenoo_rpc;
using tests::CircuitWorld;
using tests::network;
using tests::user;

namespace {

/// A queued call that counts how often it is woken.
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

TEST_CASE("no call is queued while calls are admitted") {
    CircuitWorld world{{.failure_threshold = 1, .half_open_max_calls = 2}};
    CHECK(detail::CircuitBreakerQueue::enqueue(world.breaker, caller()) == std::nullopt);
    world.trip_and_recover();
    auto const trial = world.permit();
    CHECK(detail::CircuitBreakerQueue::enqueue(world.breaker, caller()) == std::nullopt);
}

TEST_CASE("a call queued at an open circuit is to ask again when a trial is due") {
    CircuitWorld world{{.failure_threshold = 1}};
    world.trip();
    CHECK(detail::CircuitBreakerQueue::enqueue(world.breaker, caller()) == world.clock.now() + 30s);
}

TEST_CASE("a call queued at a manually opened circuit is woken when it is closed") {
    CircuitWorld world;
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

TEST_CASE("each trial that ends without a transition wakes the first call in the queue") {
    CircuitWorld world{{.failure_threshold = 1, .half_open_max_calls = 2, .success_threshold = 10}};
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

TEST_CASE("all queued calls are woken when the circuit closes or opens again") {
    CircuitWorld world{{.failure_threshold = 1}};
    world.trip_and_recover();
    auto trial = std::optional{world.permit()};
    auto const line = std::vector{caller(), caller(), caller()};
    for (auto const& waiting : line) CHECK(detail::CircuitBreakerQueue::enqueue(world.breaker, waiting));
    SECTION("closes by a success") { trial->settle(); }
    SECTION("opens by a failure") { trial->settle(network); }
    SECTION("is closed manually") { world.breaker.close(); }
    SECTION("is opened manually") { world.breaker.open(); }
    SECTION("is reset manually") { world.breaker.reset(); }
    for (auto const& waiting : line) CHECK(waiting->woken == 1);
    trial.reset();
    for (auto const& waiting : line) CHECK(waiting->woken == 1);
}

TEST_CASE("if a call no longer waits, the next one in the queue is woken instead") {
    CircuitWorld world{{.failure_threshold = 1, .success_threshold = 10}};
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

TEST_CASE("a woken call that does not ask passes its place to the next one") {
    CircuitWorld world{{.failure_threshold = 1, .success_threshold = 10}};
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

TEST_CASE("no queued call is woken while the circuit admits no trial") {
    CircuitWorld world;
    world.breaker.open();
    auto const waiting = caller();
    CHECK(detail::CircuitBreakerQueue::enqueue(world.breaker, waiting));
    detail::CircuitBreakerQueue::wake_next(world.breaker);
    CHECK(waiting->woken == 0);
}

TEST_CASE("a call that left the queue is neither woken nor kept alive") {
    CircuitWorld world;
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

TEST_CASE("a woken call may immediately ask, leave or enqueue") {
    CircuitWorld world{{.failure_threshold = 1, .success_threshold = 10}};
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

TEST_CASE("a stale outcome wakes no queued call") {
    CircuitWorld world{{.failure_threshold = 1}};
    auto stale = world.permit();
    world.trip_and_recover();
    auto const trial = world.permit();
    auto const waiting = caller();
    CHECK(detail::CircuitBreakerQueue::enqueue(world.breaker, waiting));
    stale.settle();
    CHECK(waiting->woken == 0);
}

TEST_CASE("queued calls are woken after the observers have been notified") {
    CircuitWorld world{{.failure_threshold = 1}};
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
