// SPDX-License-Identifier: BSL-1.0
#include "odoo/fixtures/loopback.hpp"
#include "odoo/fixtures/tls_exchange.hpp"
#include "support/catch.hpp"
#include "support/run.hpp"
#include "support/tls_peer.hpp"

#include <zenoo_rpc/exceptions.hpp>
#include <zenoo_rpc/odoo/client.hpp>
#include <zenoo_rpc/testing/odoo_simulator.hpp>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_future.hpp>

#include <thread>
#include <utility>

using namespace zenoo_rpc;
using namespace std::chrono_literals;
using tests::contains;
using tests::exchange;
using tests::some_request;
using tests::TlsPeer;
using tests::Trusted;

TEST_CASE("a client logs in and creates records over TLS, with and without kept connections") {
    bool const keep_alive = GENERATE(false, true);
    Trusted const trusted;
    testing::OdooSimulator odoo{{.keep_alive = keep_alive, .tls = trusted.authority.issue("127.0.0.1")}};
    CHECK(odoo.url().starts_with("https://127.0.0.1:"));

    asio::io_context io;
    ZenooClient client{io.get_executor(), odoo.url(), {.tls = trusted.options}};
    auto work = [&]() -> asio::awaitable<RecordId> {
        co_await client.login("odoo19", "admin", "admin");
        Values const ada = values("name", "Ada");
        co_await client.create("res.partner", ada);
        co_return co_await client.create("res.partner", ada);
    };
    auto id = asio::co_spawn(io, work(), asio::use_future);
    io.run();
    CHECK(id.get() > 0);
    CHECK(odoo.stats().created.at("res.partner") == 2);
}

TEST_CASE("the handshake sends the server name but no address") {
    Trusted const trusted;
    TlsPeer by_name{trusted.authority.issue("localhost"), {}};
    CHECK(exchange(by_name.port(), trusted.options, "localhost").value().status == 200);
    CHECK(by_name.seen().front().server_name == "localhost");

    TlsPeer by_address{trusted.authority.issue("127.0.0.1"), {}};
    CHECK(exchange(by_address.port(), trusted.options).value().status == 200);
    CHECK(by_address.seen().front().server_name.empty());
}

TEST_CASE("the next connection resumes the TLS session of the last") {
    int const newest = GENERATE(TLS1_2_VERSION, TLS1_3_VERSION);
    Trusted const trusted;
    TlsPeer peer{trusted.authority.issue("127.0.0.1"), {.connections = 3, .newest = newest}};
    HttpTransport transport{{"127.0.0.1", peer.port(), "", true}, {}, trusted.options};
    for (int i = 0; i < 3; ++i) CHECK(exchange(transport).value().body == "{}");
    auto const& seen = peer.seen();
    CHECK_FALSE(seen[0].resumed);
    CHECK(seen[1].resumed);
    CHECK(seen[2].resumed);
}

TEST_CASE("a TLS connection is kept and reused") {
    int const newest = GENERATE(TLS1_2_VERSION, TLS1_3_VERSION);
    Trusted const trusted;
    TlsPeer::Rules rules{.requests = 3, .newest = newest};
    rules.response = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}";
    TlsPeer peer{trusted.authority.issue("127.0.0.1"), rules};
    HttpTransport transport{{"127.0.0.1", peer.port(), "", true}, {}, trusted.options};
    int successes = 0;
    auto work = [&]() -> asio::awaitable<void> {
        for (int i = 0; i < 3; ++i) {
            Result<HttpResponse> const response = co_await transport.exchange(some_request());
            successes += response.has_value();
        }
    };
    asio::io_context io;
    asio::co_spawn(io, work(), asio::detached);
    io.run();
    CHECK(successes == 3);
    auto const& seen = peer.seen();
    REQUIRE(seen.size() == 1);
    CHECK(contains(seen.front().record, "POST /jsonrpc"));  // head and body are one
    CHECK(seen.front().record.ends_with("\r\n\r\n{}"));
}

TEST_CASE("a server that supports only TLS 1.1 or no TLS is rejected") {
    Trusted const trusted;
    TlsPeer old{trusted.authority.issue("127.0.0.1"), {.newest = TLS1_1_VERSION}};
    Failure const outdated = exchange(old.port(), trusted.options).error();
    CHECK(contains(outdated.what(), "does not support TLS 1.2 or later"));
    CHECK(outdated.delivery() == Delivery::not_sent);

    testing::OdooSimulator plain;
    Failure const none = exchange(plain.port(), trusted.options).error();
    CHECK(contains(none.what(), "does not use TLS on this port"));
    CHECK(none.delivery() == Delivery::not_sent);
}

TEST_CASE("a TLS renegotiation requested by the server is refused with an alert") {
    Trusted const trusted;
    TlsPeer peer{trusted.authority.issue("127.0.0.1"), {.newest = TLS1_2_VERSION, .asks_anew = true}};
    CHECK(exchange(peer.port(), trusted.options).value().status == 200);
    CHECK(peer.seen().front().reply == SSL3_RT_ALERT);
}

TEST_CASE("a response that ends with its connection is complete only after a TLS close_notify") {
    bool const says_goodbye = GENERATE(true, false);
    Trusted const trusted;
    TlsPeer::Rules rules;
    rules.response = "HTTP/1.1 200 OK\r\n\r\nuntil the end";
    rules.says_goodbye = says_goodbye;
    TlsPeer peer{trusted.authority.issue("127.0.0.1"), rules};
    Result<HttpResponse> const response = exchange(peer.port(), trusted.options);
    CHECK(response.has_value() == says_goodbye);
    if (response.has_error()) CHECK(response.error().delivery() == Delivery::unknown);
}

TEST_CASE("a request counts as not sent if its handshake is cancelled or times out") {
    auto const type =
        GENERATE(asio::cancellation_type::terminal, asio::cancellation_type::partial, asio::cancellation_type::total);
    tests::World world;
    tests::tcp::acceptor silent{world.io, tests::tcp::endpoint{asio::ip::address_v4::loopback(), 0}};
    HttpTransport transport{{"127.0.0.1", silent.local_endpoint().port(), "", true}};
    auto running = world.start(transport.exchange(some_request()));
    SECTION("cancelled") {
        world.time.advance(1s);
        REQUIRE_FALSE(running.ended());
        running.cancel(type);
        world.time.advance(0s);
        REQUIRE(running.ended());
        CHECK(running.outcome().value->error().cancelled());
    }
    SECTION("too long") {
        world.time.advance(10s);
        REQUIRE(running.ended());
        CHECK(running.outcome().value->error().is<TimeoutError>());
    }
    CHECK(running.outcome().value->error().delivery() == Delivery::not_sent);
}

TEST_CASE("a cancellation signal may be destroyed before the context with a pending handshake") {
    asio::io_context io;
    tests::tcp::acceptor silent{io, tests::tcp::endpoint{asio::ip::address_v4::loopback(), 0}};
    HttpTransport transport{{"127.0.0.1", silent.local_endpoint().port(), "", true}};
    bool ended = false;
    {
        asio::cancellation_signal stop;
        auto exchange = transport.exchange(some_request());
        asio::co_spawn(io, std::move(exchange),
                       asio::bind_cancellation_slot(stop.slot(), [&](auto const&...) { ended = true; }));
        for (int i = 0; i < 50; ++i) {
            io.restart();
            io.poll();
        }
    }
    CHECK_FALSE(ended);
}

TEST_CASE("a request that is cancelled after it was sent over TLS has an unknown outcome") {
    auto const type =
        GENERATE(asio::cancellation_type::terminal, asio::cancellation_type::partial, asio::cancellation_type::total);
    Trusted const trusted;
    testing::OdooSimulator odoo{{.tls = trusted.authority.issue("127.0.0.1")}};
    odoo.script(testing::Fault::delay_response(1h));
    tests::Loopback loopback;
    loopback.use({"127.0.0.1", odoo.port(), "", true}, trusted.options);
    auto request = some_request();
    request.headers.add("Content-Type", "application/json");
    request.body = R"({"id":1,"params":{"service":"common","method":"version","args":[]}})";
    loopback.start(std::move(request));
    std::thread client{[&] { loopback.run(); }};
    odoo.wait_for_calls(1);
    asio::post(loopback.io, [&] { loopback.cancel(type); });
    client.join();
    CHECK(loopback.result->error().cancelled());
    CHECK(loopback.result->error().delivery() == Delivery::unknown);
}
