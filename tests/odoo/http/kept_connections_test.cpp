// SPDX-License-Identifier: BSL-1.0
#include "odoo/fixtures/scripted_server.hpp"
#include "support/catch.hpp"

#include <zenoo_rpc/exceptions.hpp>

#include <boost/asio/post.hpp>

#include <memory>
#include <string>
#include <vector>

using namespace zenoo_rpc;
using namespace std::chrono_literals;
using tests::Peer;
using tests::respond_to_each;
using tests::ScriptedServer;
using tests::small_response;
using tests::some_request;

namespace {

/// Returns the number of connections that two consecutive requests use, each with `response`.
int connections_of_two(std::string const& response, HttpLimits limits = {}) {
    ScriptedServer server{limits};
    server.serve([&](Peer& peer, int) -> asio::awaitable<void> { co_await respond_to_each(peer, response); });
    CHECK(server.exchange().value().status == 200);
    CHECK(server.exchange().value().status == 200);
    return server.connections;
}

}  // namespace

TEST_CASE("a connection is reused only if the server keeps it open") {
    CHECK(connections_of_two(small_response) == 1);
    CHECK(connections_of_two("HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 2\r\n\r\n{}") == 1);
    CHECK(connections_of_two("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n") == 1);
    CHECK(connections_of_two("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\n{}") == 2);
    CHECK(connections_of_two("HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\n{}") == 2);
}

TEST_CASE("a connection that has switched protocols is not reused") {
    ScriptedServer server;
    server.serve([](Peer& peer, int) { return respond_to_each(peer, "HTTP/1.1 101 Switching Protocols\r\n\r\n"); });
    CHECK(server.exchange().value().status == 101);
    CHECK(server.exchange().value().status == 101);
    CHECK(server.connections == 2);
}

TEST_CASE("a connection that is still open is chosen among several kept ones") {
    int const closed = GENERATE(1, 2);
    ScriptedServer server;
    bool is_over = false;
    server.serve([&](Peer& peer, int number) -> asio::awaitable<void> {
        co_await peer.request();
        co_await peer.respond(small_response);
        while (number == closed && !is_over) co_await asio::post(asio::use_awaitable);
        if (number != closed) co_await respond_to_each(peer, small_response);
    });
    server.exchange_two();
    is_over = true;
    server.settle();
    CHECK(server.exchange().value().status == 200);
    CHECK(server.connections == 2);
}

TEST_CASE("a connection is reused only by calls in its own execution context") {
    ScriptedServer server;
    server.serve([](Peer& peer, int) { return respond_to_each(peer, small_response); });
    CHECK(server.exchange().value().status == 200);
    asio::io_context other;
    CHECK(server.exchange_in(other).value().status == 200);
    CHECK(server.connections == 2);
    CHECK(server.exchange().value().status == 200);
    CHECK(server.connections == 2);
}

TEST_CASE("no connection is kept if idle_connections is zero") {
    HttpLimits limits;
    limits.idle_connections = 0;
    CHECK(connections_of_two(small_response, limits) == 2);
}

TEST_CASE("a connection with unexpected data is not reused") {
    CHECK(connections_of_two(std::string{small_response} + "HTTP/1.1 200 OK\r\n") == 2);

    ScriptedServer server;
    server.serve([](Peer& peer, int number) -> asio::awaitable<void> {
        co_await peer.request();
        co_await peer.respond(small_response);
        if (number == 1) co_await peer.respond("more, and later");
        co_await peer.end();
    });
    CHECK(server.exchange().value().status == 200);
    server.settle();
    CHECK(server.exchange().value().status == 200);
    CHECK(server.connections == 2);
}

TEST_CASE("a connection that the server has closed is not reused") {
    ScriptedServer server;
    server.serve([](Peer& peer, int) -> asio::awaitable<void> {
        co_await peer.request();
        co_await peer.respond(small_response);
    });
    CHECK(server.exchange().value().status == 200);
    server.settle();
    CHECK(server.exchange().value().status == 200);
    CHECK(server.connections == 2);
}

TEST_CASE("a connection that was idle for too long is not reused") {
    ScriptedServer server;
    server.serve([](Peer& peer, int) { return respond_to_each(peer, small_response); });
    CHECK(server.exchange().value().status == 200);
    server.world.time.advance(3s);
    CHECK(server.exchange().value().status == 200);
    CHECK(server.connections == 1);
    server.world.time.advance(4s);
    CHECK(server.exchange().value().status == 200);
    CHECK(server.connections == 2);
}

TEST_CASE("connections that were idle for too long are closed when another one is kept") {
    ScriptedServer server;
    int closed = 0;
    server.serve([&](Peer& peer, int) -> asio::awaitable<void> {
        try {
            co_await respond_to_each(peer, small_response);
        } catch (boost::system::system_error const&) {
            ++closed;
        }
    });
    server.exchange_two();
    server.world.time.advance(3s);
    CHECK(server.exchange().value().status == 200);  // on the most recently used connection
    server.world.time.advance(3s);
    CHECK(server.exchange().value().status == 200);
    server.settle();
    CHECK(server.connections == 2);
    CHECK(closed == 1);
}

TEST_CASE("the idle time of a connection is measured by the clock of its own context") {
    ScriptedServer server;
    server.serve([](Peer& peer, int) { return respond_to_each(peer, small_response); });
    CHECK(server.exchange().value().status == 200);
    asio::io_context other;  // in real time, which is unrelated to virtual time
    CHECK(server.exchange_in(other).value().status == 200);
    CHECK(server.exchange_in(other).value().status == 200);
    CHECK(server.exchange().value().status == 200);
    CHECK(server.connections == 2);
}

TEST_CASE("a full pool closes a connection of another context to keep a new one") {
    HttpLimits limits;
    limits.idle_connections = 1;
    ScriptedServer server{limits};
    server.serve([](Peer& peer, int) { return respond_to_each(peer, small_response); });
    CHECK(server.exchange().value().status == 200);
    asio::io_context other;
    CHECK(server.exchange_in(other).value().status == 200);
    CHECK(server.connections == 2);
    CHECK(server.exchange_in(other).value().status == 200);
    CHECK(server.connections == 2);
}

TEST_CASE("a request that is lost on a kept connection is not sent again automatically") {
    ScriptedServer server;
    int requests = 0;
    server.serve([&](Peer& peer, int) -> asio::awaitable<void> {
        co_await peer.request();
        ++requests;
        co_await peer.respond(small_response);
        co_await peer.request();  // and closes
        ++requests;
    });
    CHECK(server.exchange().value().status == 200);
    auto const lost = server.exchange();
    REQUIRE(lost.has_error());
    CHECK(lost.error().is<NetworkError>());
    CHECK(lost.error().delivery() == Delivery::unknown);
    CHECK(server.connections == 1);
    CHECK(requests == 2);
}

TEST_CASE("at most idle_connections connections are kept") {
    HttpLimits limits;
    limits.idle_connections = 1;
    ScriptedServer server{limits};
    server.serve([](Peer& peer, int) { return respond_to_each(peer, small_response); });
    server.exchange_two();
    CHECK(server.connections == 2);
    server.exchange_two();
    CHECK(server.connections == 3);
}

TEST_CASE("a kept connection may outlive its client, and a client the context of its connections") {
    std::unique_ptr<HttpTransport> transport;
    {
        ScriptedServer server;
        server.serve([](Peer& peer, int) { return respond_to_each(peer, small_response); });
        transport = std::make_unique<HttpTransport>(
            ServerAddress{"127.0.0.1", server.acceptor.local_endpoint().port(), ""}, HttpLimits{});
        auto running = server.world.start(transport->exchange(some_request()));
        while (!running.ended()) {
            server.world.io.restart();
            server.world.io.run_one();
        }
        CHECK(running.outcome().value->value().status == 200);
    }
    transport.reset();
}

TEST_CASE("an idle connection keeps no context running") {
    tests::Loopback loopback;
    auto script = [](Peer& peer) -> asio::awaitable<void> {
        co_await peer.request();
        co_await peer.respond(small_response);
    };
    CHECK(loopback.exchange_with(script, some_request()).value().status == 200);  // runs until no work is left
}
