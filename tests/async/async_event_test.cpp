// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"
#include "support/run.hpp"

#include <zenoo_rpc/async/detail/async_event.hpp>

#include <chrono>
#include <memory>
#include <optional>

using namespace std::chrono_literals;
using namespace zenoo_rpc;
using detail::AsyncEvent;
using tests::World;

TEST_CASE("setting an event wakes all coroutines that wait for it") {
    World world;
    AsyncEvent event;
    auto first = world.start(event.wait());
    auto second = world.start(event.wait());
    world.time.advance(5s);
    CHECK_FALSE(first.ended());
    event.set();
    CHECK_FALSE(first.ended());
    world.time.advance(0s);
    CHECK(first.outcome().value == true);
    CHECK(second.outcome().value == true);
    CHECK(second.outcome().elapsed == 5s);
    CHECK(world.idle());
}

TEST_CASE("waiting for an event that is already set completes immediately") {
    World world;
    AsyncEvent event;
    event.set();
    event.set();
    auto const out = world.run(event.wait());
    CHECK(out.value == true);
    CHECK(out.elapsed == 0s);
}

TEST_CASE("a cancelled wait completes immediately and affects no other wait") {
    using enum asio::cancellation_type;
    for (auto const type : {terminal, partial, total}) {
        World world;
        AsyncEvent event;
        auto first = world.start(event.wait());
        auto second = world.start(event.wait());
        world.time.advance(1s);
        first.cancel(type);
        world.time.advance(0s);
        REQUIRE(first.ended());
        CHECK(first.outcome().value == false);
        CHECK_FALSE(second.ended());
        event.set();
        world.time.run();
        CHECK(second.outcome().value == true);
    }
}

TEST_CASE("a coroutine that is cancelled after the event was set counts as woken") {
    World world;
    AsyncEvent event;
    auto waiting = world.start(event.wait());
    world.time.advance(1s);
    event.set();
    waiting.cancel();
    world.time.run();
    CHECK(waiting.outcome().value == true);
}

TEST_CASE("a wait with a time limit ends at the limit unless the event is set before") {
    World world;
    AsyncEvent event;
    auto const now = world.time.now();
    auto first = world.start(event.wait(now + 5s));
    auto second = world.start(event.wait(now + 6s));
    world.time.advance(5s);
    REQUIRE(first.ended());
    CHECK(first.outcome().value == false);
    CHECK_FALSE(second.ended());
    event.set();
    world.time.advance(0s);
    CHECK(second.outcome().value == true);
    CHECK(world.idle());
}

TEST_CASE("an event wakes coroutines of several execution contexts, each in its own") {
    World one;
    World other;
    AsyncEvent event;
    auto first = one.start(event.wait());
    auto second = other.start(event.wait());
    one.time.advance(0s);
    other.time.advance(0s);
    event.set();
    one.time.run();
    CHECK(first.ended());
    CHECK_FALSE(second.ended());
    other.time.run();
    CHECK(second.outcome().value == true);
}

TEST_CASE("a context may be destroyed while coroutines wait in it") {
    World world;
    AsyncEvent event;
    auto other = std::make_optional<World>();
    auto first = world.start(event.wait());
    auto const lost = other->start(event.wait());
    world.time.advance(0s);
    other->time.advance(0s);
    other.reset();
    CHECK_FALSE(lost.ended());
    event.set();
    world.time.run();
    CHECK(first.outcome().value == true);
}

TEST_CASE("a context may be destroyed while its coroutines wake each other on destruction") {
    struct Last {
        std::shared_ptr<AsyncEvent> event;
        ~Last() { event->set(); }
    };
    auto const first = std::make_shared<AsyncEvent>();
    auto const second = std::make_shared<AsyncEvent>();
    auto const wait_for = [](std::shared_ptr<AsyncEvent> event, std::shared_ptr<AsyncEvent> other) {
        return [](std::shared_ptr<AsyncEvent> mine, std::shared_ptr<AsyncEvent> its) -> asio::awaitable<bool> {
            Last const last{its};
            bool const is_woken = co_await mine->wait();
            co_return is_woken;
        }(std::move(event), std::move(other));
    };
    auto world = std::make_optional<World>();
    auto const one = world->start(wait_for(first, second));
    auto const other = world->start(wait_for(second, first));
    world->time.advance(0s);
    world.reset();
    CHECK(first.use_count() == 1);
    CHECK(second.use_count() == 1);
}
