// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"
#include "support/run.hpp"

#include <zenoo_rpc/async/async_sleep.hpp>

#include <boost/asio/bind_executor.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/strand.hpp>

#include <chrono>
#include <optional>
#include <string>
#include <vector>

using namespace std::chrono_literals;
using namespace zenoo_rpc;
using tests::World;

TEST_CASE("a sleep lasts for its duration") {
    World world;
    auto const out = world.run(async_sleep(90s));
    CHECK(out.value);
    CHECK(out.elapsed == 90s);
    CHECK(world.idle());
}

TEST_CASE("sleepers wake in the order of their times, and of equal times in the order of their start") {
    World world;
    std::vector<std::string> woken;
    auto const sleeper = [&](std::string name, Duration delay) -> asio::awaitable<void> {
        co_await async_sleep(delay);
        woken.push_back(name);
    };
    world.start(sleeper("late", 3h));
    world.start(sleeper("early", 1s));
    world.start(sleeper("first of two", 1min));
    world.start(sleeper("second of two", 1min));
    world.time.run();
    CHECK(woken == std::vector<std::string>{"early", "first of two", "second of two", "late"});
}

TEST_CASE("a sleep of zero or negative duration ends immediately but not inside the call") {
    World world;
    for (Duration const delay : {Duration{0s}, Duration{-1s}, Duration::min()}) {
        std::optional<boost::system::error_code> ended;
        async_sleep(world.io.get_executor(), delay, [&](boost::system::error_code error) { ended = error; });
        CHECK_FALSE(ended);
        world.time.advance(0s);
        REQUIRE(ended);
        CHECK_FALSE(ended->failed());
    }
}

TEST_CASE("an unlimited sleep lasts until it is cancelled") {
    World world;
    auto sleeping = world.start(async_sleep(unlimited));
    world.time.advance(24h);
    CHECK_FALSE(sleeping.ended());
    sleeping.cancel();
    world.time.advance(0s);
    CHECK(sleeping.outcome().failure.code() == asio::error::operation_aborted);
    CHECK(world.idle());
}

TEST_CASE("each type of cancellation ends a sleep immediately") {
    using enum asio::cancellation_type;
    for (auto const type : {terminal, partial, total}) {
        World world;
        auto sleeping = world.start(async_sleep(1h));
        world.time.advance(1min);
        sleeping.cancel(type);
        world.time.advance(0s);
        REQUIRE(sleeping.ended());
        CHECK(sleeping.outcome().failure.code() == asio::error::operation_aborted);
        CHECK(sleeping.outcome().elapsed == 1min);
        CHECK(world.idle());
    }
}

TEST_CASE("a cancellation after the end of the sleep has no effect") {
    World world;
    auto sleeping = world.start(async_sleep(1s));
    world.time.run();
    sleeping.cancel();
    world.time.run();
    CHECK(sleeping.outcome().value);
}

TEST_CASE("a sleep resumes its handler on the handler's own executor") {
    World world;
    auto const strand = asio::make_strand(world.io);
    bool on_strand = false;
    async_sleep(world.io.get_executor(), 1s, asio::bind_executor(strand, [&](boost::system::error_code) {
                    on_strand = strand.running_in_this_thread();
                }));
    world.time.run();
    CHECK(on_strand);
}

TEST_CASE("a sleeper is destroyed with its execution context") {
    auto const witness = std::make_shared<int>();
    {
        World world;
        async_sleep(world.io.get_executor(), 1h, [witness](boost::system::error_code) { FAIL("must not be called"); });
        world.time.advance(1s);
        CHECK(witness.use_count() == 2);
    }
    CHECK(witness.use_count() == 1);
}
