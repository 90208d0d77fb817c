// SPDX-License-Identifier: BSL-1.0
#include "odoo/fixtures/site.hpp"
#include "support/catch.hpp"

#include <zenoo_rpc/core/exceptions.hpp>

#include <boost/asio/post.hpp>

#include <memory>
#include <string>
#include <vector>

using namespace zenoo_rpc;
using namespace std::chrono_literals;
using tests::answer_each;
using tests::kept;
using tests::Peer;
using tests::Site;
using tests::some_request;

namespace {

/// How many connections two requests take, one after the other, whose answers are these bytes.
int connections_of_two(std::string const& answer, HttpLimits limits = {}) {
    Site site{limits};
    site.serve([&](Peer& peer, int) -> asio::awaitable<void> { co_await answer_each(peer, answer); });
    CHECK(site.exchange().value().status == 200);
    CHECK(site.exchange().value().status == 200);
    return site.connections;
}

}  // namespace

TEST_CASE("a connection is used again if its server keeps it, and in no other case") {
    CHECK(connections_of_two(kept) == 1);
    CHECK(connections_of_two("HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 2\r\n\r\n{}") == 1);
    CHECK(connections_of_two("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n") == 1);
    CHECK(connections_of_two("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\n{}") == 2);
    CHECK(connections_of_two("HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\n{}") == 2);
}

TEST_CASE("what speaks another protocol now is not used again") {
    Site site;
    site.serve([](Peer& peer, int) { return answer_each(peer, "HTTP/1.1 101 Switching Protocols\r\n\r\n"); });
    CHECK(site.exchange().value().status == 101);
    CHECK(site.exchange().value().status == 101);
    CHECK(site.connections == 2);
}

TEST_CASE("of several kept connections one that is still open is used") {
    int const closed = GENERATE(1, 2);
    Site site;
    bool is_over = false;
    site.serve([&](Peer& peer, int number) -> asio::awaitable<void> {
        co_await peer.request();
        co_await peer.answer(kept);
        while (number == closed && !is_over) co_await asio::post(asio::use_awaitable);
        if (number != closed) co_await answer_each(peer, kept);
    });
    site.exchange_two();
    is_over = true;
    site.settle();
    CHECK(site.exchange().value().status == 200);
    CHECK(site.connections == 2);
}

TEST_CASE("a connection is used again by calls in its own context alone") {
    Site site;
    site.serve([](Peer& peer, int) { return answer_each(peer, kept); });
    CHECK(site.exchange().value().status == 200);
    asio::io_context other;
    CHECK(site.exchange_in(other).value().status == 200);
    CHECK(site.connections == 2);
    CHECK(site.exchange().value().status == 200);
    CHECK(site.connections == 2);
}

TEST_CASE("none is kept where none is to be kept") {
    HttpLimits limits;
    limits.idle_connections = 0;
    CHECK(connections_of_two(kept, limits) == 2);
}

TEST_CASE("a connection with more on it than was asked for is not used again") {
    CHECK(connections_of_two(std::string{kept} + "HTTP/1.1 200 OK\r\n") == 2);

    Site site;
    site.serve([](Peer& peer, int number) -> asio::awaitable<void> {
        co_await peer.request();
        co_await peer.answer(kept);
        if (number == 1) co_await peer.answer("more, and later");
        co_await peer.end();
    });
    CHECK(site.exchange().value().status == 200);
    site.settle();
    CHECK(site.exchange().value().status == 200);
    CHECK(site.connections == 2);
}

TEST_CASE("a connection that its server has closed meanwhile is not used again") {
    Site site;
    site.serve([](Peer& peer, int) -> asio::awaitable<void> {
        co_await peer.request();
        co_await peer.answer(kept);
    });
    CHECK(site.exchange().value().status == 200);
    site.settle();
    CHECK(site.exchange().value().status == 200);
    CHECK(site.connections == 2);
}

TEST_CASE("a connection that was idle for too long is not used again") {
    Site site;
    site.serve([](Peer& peer, int) { return answer_each(peer, kept); });
    CHECK(site.exchange().value().status == 200);
    site.world.time.advance(3s);
    CHECK(site.exchange().value().status == 200);
    CHECK(site.connections == 1);
    site.world.time.advance(4s);
    CHECK(site.exchange().value().status == 200);
    CHECK(site.connections == 2);
}

TEST_CASE("connections that nobody has needed for too long are closed when another is kept") {
    Site site;
    int closed = 0;
    site.serve([&](Peer& peer, int) -> asio::awaitable<void> {
        try {
            co_await answer_each(peer, kept);
        } catch (boost::system::system_error const&) {
            ++closed;
        }
    });
    site.exchange_two();
    site.world.time.advance(3s);
    CHECK(site.exchange().value().status == 200);  // by the one that was used last
    site.world.time.advance(3s);
    CHECK(site.exchange().value().status == 200);
    site.settle();
    CHECK(site.connections == 2);
    CHECK(closed == 1);
}

TEST_CASE("how long a connection was idle is told by the time of its own context") {
    Site site;
    site.serve([](Peer& peer, int) { return answer_each(peer, kept); });
    CHECK(site.exchange().value().status == 200);
    asio::io_context other;  // in real time, which is not where virtual time is
    CHECK(site.exchange_in(other).value().status == 200);
    CHECK(site.exchange_in(other).value().status == 200);
    CHECK(site.exchange().value().status == 200);
    CHECK(site.connections == 2);
}

TEST_CASE("where no more may be kept, a connection of another context gives way") {
    HttpLimits limits;
    limits.idle_connections = 1;
    Site site{limits};
    site.serve([](Peer& peer, int) { return answer_each(peer, kept); });
    CHECK(site.exchange().value().status == 200);
    asio::io_context other;
    CHECK(site.exchange_in(other).value().status == 200);
    CHECK(site.connections == 2);
    CHECK(site.exchange_in(other).value().status == 200);
    CHECK(site.connections == 2);
}

TEST_CASE("a request that is lost on a kept connection is not sent again by itself") {
    Site site;
    int requests = 0;
    site.serve([&](Peer& peer, int) -> asio::awaitable<void> {
        co_await peer.request();
        ++requests;
        co_await peer.answer(kept);
        co_await peer.request();  // and closes
        ++requests;
    });
    CHECK(site.exchange().value().status == 200);
    auto const lost = site.exchange();
    REQUIRE(lost.has_error());
    CHECK(lost.error().is<NetworkError>());
    CHECK(lost.error().delivery() == Delivery::unknown);
    CHECK(site.connections == 1);
    CHECK(requests == 2);
}

TEST_CASE("no more connections are kept than wanted") {
    HttpLimits limits;
    limits.idle_connections = 1;
    Site site{limits};
    site.serve([](Peer& peer, int) { return answer_each(peer, kept); });
    site.exchange_two();
    CHECK(site.connections == 2);
    site.exchange_two();
    CHECK(site.connections == 3);
}

TEST_CASE("a kept connection may outlive its client, and a client the context of its connections") {
    std::unique_ptr<HttpTransport> transport;
    {
        Site site;
        site.serve([](Peer& peer, int) { return answer_each(peer, kept); });
        transport = std::make_unique<HttpTransport>(
            ServerAddress{"127.0.0.1", site.acceptor.local_endpoint().port(), ""}, HttpLimits{});
        auto running = site.world.start(transport->exchange(some_request()));
        while (!running.ended()) {
            site.world.io.restart();
            site.world.io.run_one();
        }
        CHECK(running.outcome().value->value().status == 200);
    }
    transport.reset();
}

TEST_CASE("an idle connection keeps no context running") {
    tests::Loopback loopback;
    auto script = [](Peer& peer) -> asio::awaitable<void> {
        co_await peer.request();
        co_await peer.answer(kept);
    };
    CHECK(loopback.exchange_with(script, some_request()).value().status == 200);  // which runs until nothing is left
}
