// SPDX-License-Identifier: BSL-1.0
// Interruptions of an exchange in each of its states.
#include "odoo/http/open_exchanges.hpp"

#include "support/catch.hpp"
#include "support/run.hpp"

#include <boost/asio/ip/tcp.hpp>

using namespace zenoo_rpc;
using namespace std::chrono_literals;
using detail::Interruption;
using detail::OpenExchange;
using detail::OpenExchanges;
using tests::World;
using Admission = OpenExchange::Admission;

TEST_CASE("an exchange that was interrupted before it is queued does not wait in the queue") {
    World world;
    OpenExchanges all{1, 9};
    OpenExchange first{all};
    CHECK(first.begin() == Admission::running);
    OpenExchange second{all};
    second.interrupt(Interruption::out_of_time);
    REQUIRE(second.begin() == Admission::queued);
    auto const admission = world.run(second.wait());
    REQUIRE(admission.value);
    CHECK(*admission.value == Admission::queued);
}

TEST_CASE("an interruption ends the wait of a queued exchange, which then may not run") {
    World world;
    OpenExchanges all{1, 9};
    OpenExchange first{all};
    first.begin();
    OpenExchange second{all};
    second.begin();
    auto running = world.start(second.wait());
    CHECK_FALSE(running.ended());
    second.interrupt(Interruption::closed);
    world.time.run();
    REQUIRE(running.ended());
    CHECK(running.outcome().value == Admission::queued);
}

TEST_CASE("the first of several interruptions counts") {
    OpenExchanges all{1, 1};
    OpenExchange exchange{all};
    CHECK(exchange.interruption() == Interruption::none);
    exchange.interrupt(Interruption::out_of_time);
    exchange.interrupt(Interruption::closed);
    CHECK(exchange.interruption() == Interruption::out_of_time);
}

TEST_CASE("use reports an earlier interruption and leaves the socket untouched") {
    World world;
    asio::ip::tcp::acceptor acceptor{world.io, {asio::ip::address_v4::loopback(), 0}};
    asio::ip::tcp::socket socket{world.io};
    socket.connect(acceptor.local_endpoint());
    OpenExchanges all{1, 1};
    OpenExchange exchange{all};
    exchange.begin();
    SECTION("an interruption after use shuts the socket down") {
        CHECK(exchange.use(&socket));
        exchange.interrupt(Interruption::closed);
        error_code error;
        socket.send(asio::buffer("x"), {}, error);
        CHECK(error == asio::error::broken_pipe);
    }
    SECTION("an interruption before use") {
        exchange.interrupt(Interruption::closed);
        CHECK_FALSE(exchange.use(&socket));
        error_code error;
        CHECK(socket.send(asio::buffer("x"), {}, error) > 0);
        CHECK_FALSE(error);
    }
}

TEST_CASE("a free place goes to the first queued exchange even before that waits for it") {
    World world;
    OpenExchanges all{1, 9};
    std::optional<OpenExchange> first{std::in_place, all};
    first->begin();
    OpenExchange second{all};
    OpenExchange third{all};
    CHECK(second.begin() == Admission::queued);
    CHECK(third.begin() == Admission::queued);
    first.reset();
    OpenExchange newcomer{all};
    CHECK(newcomer.begin() == Admission::queued);
    CHECK(world.run(second.wait()).value == Admission::running);
}
