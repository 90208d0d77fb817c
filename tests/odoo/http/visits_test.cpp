// SPDX-License-Identifier: BSL-1.0
// What an interruption does to an exchange, wherever it is on its way.
#include "odoo/http/traffic.hpp"
#include "support/catch.hpp"
#include "support/run.hpp"

#include <boost/asio/ip/tcp.hpp>

using namespace zenoo_rpc;
using namespace std::chrono_literals;
using detail::Traffic;
using tests::World;
using Entry = Traffic::Entry;
using Interruption = Traffic::Interruption;

TEST_CASE("who was interrupted before it stood in line does not wait there") {
    World world;
    Traffic traffic{1, 9};
    Traffic::Visit first{traffic};
    CHECK(first.enter() == Entry::inside);
    Traffic::Visit second{traffic};
    second.interrupt(Interruption::out_of_time);
    REQUIRE(second.enter() == Entry::in_line);
    auto const turn = world.run(second.turn());
    REQUIRE(turn.value);
    CHECK(*turn.value == Entry::in_line);
}

TEST_CASE("who is interrupted in line is let out of it, and not let in") {
    World world;
    Traffic traffic{1, 9};
    Traffic::Visit first{traffic};
    first.enter();
    Traffic::Visit second{traffic};
    second.enter();
    auto running = world.start(second.turn());
    CHECK_FALSE(running.ended());
    second.interrupt(Interruption::closed);
    world.time.run();
    REQUIRE(running.ended());
    CHECK(running.outcome().value == Entry::in_line);
}

TEST_CASE("of several interruptions the first one counts") {
    Traffic traffic{1, 1};
    Traffic::Visit visit{traffic};
    CHECK(visit.interruption() == Interruption::none);
    visit.interrupt(Interruption::out_of_time);
    visit.interrupt(Interruption::closed);
    CHECK(visit.interruption() == Interruption::out_of_time);
}

TEST_CASE("an exchange hears that it was interrupted when it is about to use a socket, which stays as it is") {
    World world;
    asio::ip::tcp::acceptor acceptor{world.io, {asio::ip::address_v4::loopback(), 0}};
    asio::ip::tcp::socket socket{world.io};
    socket.connect(acceptor.local_endpoint());
    Traffic traffic{1, 1};
    Traffic::Visit visit{traffic};
    visit.enter();
    SECTION("not interrupted, it uses the socket, which fails when it is") {
        CHECK(visit.uses(&socket));
        visit.interrupt(Interruption::closed);
        error_code error;
        socket.send(asio::buffer("x"), {}, error);
        CHECK(error == asio::error::broken_pipe);
    }
    SECTION("interrupted before") {
        visit.interrupt(Interruption::closed);
        CHECK_FALSE(visit.uses(&socket));
        error_code error;
        CHECK(socket.send(asio::buffer("x"), {}, error) > 0);
        CHECK_FALSE(error);
    }
}

TEST_CASE("a place that becomes free is the next one's in line, even if nobody in line waits for it yet") {
    World world;
    Traffic traffic{1, 9};
    std::optional<Traffic::Visit> first{std::in_place, traffic};
    first->enter();
    Traffic::Visit second{traffic};
    Traffic::Visit third{traffic};
    CHECK(second.enter() == Entry::in_line);
    CHECK(third.enter() == Entry::in_line);
    first.reset();
    Traffic::Visit newcomer{traffic};
    CHECK(newcomer.enter() == Entry::in_line);
    CHECK(world.run(second.turn()).value == Entry::inside);
}
