// SPDX-License-Identifier: BSL-1.0
#include "odoo/fixtures/loopback.hpp"
#include "support/catch.hpp"
#include "support/run.hpp"

#include <zenoo_rpc/exceptions.hpp>

#include <boost/asio/post.hpp>

#include <stdexcept>
#include <string>

using namespace zenoo_rpc;
using namespace std::chrono_literals;
using tests::BlackHole;
using tests::contains;
using tests::Loopback;
using tests::Peer;

namespace {

constexpr auto simple_response = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}";

HttpRequest json_request(std::string body) {
    HttpRequest request;
    request.target = "/jsonrpc";
    request.headers.add("Content-Type", "application/json");
    request.body = std::move(body);
    return request;
}

/// Returns the result of a small request to which the server responds with `bytes` and the end of the stream.
Result<HttpResponse> response_from(std::string bytes, HttpLimits limits = {}) {
    Loopback loopback;
    loopback.limits = limits;
    auto script = [&](Peer& peer) -> asio::awaitable<void> {
        co_await peer.request();
        co_await peer.respond(bytes);
    };
    return loopback.exchange_with(script, json_request("{}"));
}

Failure failure_of(Result<HttpResponse> const& result) {
    REQUIRE(result.has_error());
    return result.error();
}

asio::cancellation_type any_type() {
    return GENERATE(asio::cancellation_type::terminal, asio::cancellation_type::partial,
                    asio::cancellation_type::total);
}

}  // namespace

TEST_CASE("a request is sent as HTTP/1.1, on a connection of its own if none is kept") {
    Loopback loopback;
    loopback.limits.idle_connections = 0;
    std::string seen;
    auto script = [&](Peer& peer) -> asio::awaitable<void> {
        seen = co_await peer.request();
        co_await peer.respond(simple_response);
        co_await peer.end();  // closed by the client, though the server would have kept it
    };
    auto const response = loopback.exchange_with(script, json_request(R"({"id":1})")).value();
    CHECK(response.status == 200);
    CHECK(response.body == "{}");
    CHECK(find_header(response.headers, "content-type") == "application/json");
    CHECK(seen
          == "POST /jsonrpc HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(loopback.port())
                 + "\r\nConnection: close\r\nContent-Length: 8\r\nContent-Type: application/json\r\n\r\n{\"id\":1}");
}

TEST_CASE("a response may end by length, by chunks, by the end of the connection or without a body") {
    CHECK(response_from("HTTP/1.0 200 OK\r\nContent-Length: 3\r\nConnection: close\r\n\r\nabc").value().body == "abc");
    CHECK(response_from("HTTP/1.0 200 OK\r\n\r\nuntil the end").value().body == "until the end");
    CHECK(response_from("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n")
              .value()
              .body
          == "abcde");
    CHECK(response_from("HTTP/1.1 204 No Content\r\n\r\n").value().status == 204);
    CHECK(response_from("HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n").value().status == 502);
    CHECK(response_from("HTTP/1.1 302 Found\r\nLocation: http://x/\r\nContent-Length: 0\r\n\r\n").value().status
          == 302);
}

TEST_CASE("interim responses are skipped") {
    auto const response = response_from("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n"
                                        + std::string{simple_response})
                              .value();
    CHECK(response.status == 200);
    CHECK(response.body == "{}");
}

TEST_CASE("a large request is sent, and a response may arrive byte by byte") {
    Loopback loopback;
    std::string const body(5'000'000, 'x');
    std::size_t received = 0;
    auto script = [&](Peer& peer) -> asio::awaitable<void> {
        std::string const request = co_await peer.request();
        received = request.size() - request.find("\r\n\r\n") - 4;
        peer.socket.set_option(tests::tcp::no_delay{true});
        for (auto const* byte = simple_response; *byte != '\0'; ++byte) co_await peer.respond(std::string(1, *byte));
    };
    CHECK(loopback.exchange_with(script, json_request(body)).value().body == "{}");
    CHECK(received == body.size());
}

TEST_CASE("a refused connection is a NetworkError of a request that was not sent") {
    Loopback loopback;
    auto const address = loopback.address();
    loopback.start(json_request("{}"));
    loopback.acceptor.close();
    loopback.run();
    auto const failure = failure_of(*loopback.result);
    CHECK(failure.is<NetworkError>());
    CHECK(failure.transient());
    CHECK(failure.delivery() == Delivery::not_sent);
    CHECK(contains(failure.what(), "cannot connect to " + address.text()));
}

TEST_CASE("a server that closes the connection before it responds leaves the outcome unknown") {
    Loopback loopback;
    auto script = [](Peer& peer) -> asio::awaitable<void> { co_await peer.request(); };
    auto const failure = failure_of(loopback.exchange_with(script, json_request("{}")));
    CHECK(failure.is<NetworkError>());
    CHECK(failure.transient());
    CHECK(failure.delivery() == Delivery::unknown);
}

TEST_CASE("a connection reset after the request leaves the outcome unknown") {
    Loopback loopback;
    auto script = [](Peer& peer) -> asio::awaitable<void> {
        co_await peer.request();
        peer.reset();
    };
    auto const failure = failure_of(loopback.exchange_with(script, json_request("{}")));
    CHECK(failure.is<NetworkError>());
    CHECK(failure.transient());
    CHECK(failure.delivery() == Delivery::unknown);
}

TEST_CASE("a request that is sent only in part counts as not sent") {
    Loopback loopback;
    auto script = [](Peer& peer) -> asio::awaitable<void> {
        peer.reset();
        co_return;
    };
    auto const failure = failure_of(loopback.exchange_with(script, json_request(std::string(50'000'000, 'x'))));
    CHECK(failure.is<NetworkError>());
    CHECK(failure.transient());
    CHECK(failure.delivery() == Delivery::not_sent);
}

TEST_CASE("a response that arrives before the whole request is sent is read") {
    Loopback loopback;
    auto script = [](Peer& peer) -> asio::awaitable<void> {
        co_await peer.respond("HTTP/1.1 413 Payload Too Large\r\nContent-Length: 0\r\n\r\n");
    };
    CHECK(loopback.exchange_with(script, json_request(std::string(50'000'000, 'x'))).value().status == 413);
}

TEST_CASE("an incomplete response is a NetworkError") {
    for (auto const* bytes : {"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf", "HTTP/1.1 200 OK\r\nContent-",
                              "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n", ""}) {
        CAPTURE(bytes);
        auto const failure = failure_of(response_from(bytes));
        CHECK(failure.is<NetworkError>());
        CHECK(failure.transient());
        CHECK(failure.delivery() == Delivery::unknown);
    }
}

TEST_CASE("a response that is not valid HTTP or exceeds the limits is a ProtocolError") {
    HttpLimits limits;
    limits.max_response_size = 10;
    limits.header_size = 200;
    auto const long_header = "HTTP/1.1 200 OK\r\nX: " + std::string(1000, 'x') + "\r\n\r\n";
    for (std::string const& bytes :
         {std::string{"SSH-2.0-OpenSSH_9.2\r\n\r\n"}, long_header, std::string(1000, 'x'),
          std::string{"HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\n12345678901"},
          std::string{"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nb\r\n12345678901\r\n0\r\n\r\n"},
          std::string{"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n"},
          std::string{"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Length: 2\r\n\r\n2\r\n{}\r\n0\r\n\r\n"},
          std::string{"HTTP/2 200\r\nContent-Length: 2\r\n\r\n{}"},
          std::string{"HTTP/1.1 200 OK\r\n\r\n12345678901"}}) {
        CAPTURE(bytes.substr(0, 60));
        auto const failure = failure_of(response_from(bytes, limits));
        CHECK(failure.is<ProtocolError>());
        CHECK_FALSE(failure.transient());
        CHECK(failure.delivery() == Delivery::unknown);
    }
    CHECK(response_from("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n1234567890", limits).value().body.size() == 10);
}

TEST_CASE("a request that times out while connecting counts as not sent and is transient") {
    tests::World world;
    BlackHole hole{world.io, {asio::ip::address_v4::loopback(), 0}};
    HttpTransport transport{{"127.0.0.1", hole.acceptor.local_endpoint().port(), ""}};
    auto const outcome = world.run(transport.exchange(json_request("{}")));
    auto const failure = failure_of(outcome.value.value());
    CHECK(outcome.elapsed == 10s);
    CHECK(failure.is<TimeoutError>());
    CHECK(failure.transient());
    CHECK(failure.delivery() == Delivery::not_sent);
    CHECK(contains(failure.what(), "no connection to 127.0.0.1:"));
}

TEST_CASE("a request that is cancelled while connecting counts as not sent") {
    auto const type = any_type();
    tests::World world;
    BlackHole hole{world.io, {asio::ip::address_v4::loopback(), 0}};
    HttpTransport transport{{"127.0.0.1", hole.acceptor.local_endpoint().port(), ""}};
    auto running = world.start(transport.exchange(json_request("{}")));
    world.time.advance(1s);
    REQUIRE_FALSE(running.ended());
    running.cancel(type);
    world.time.advance(0s);
    REQUIRE(running.ended());
    auto const failure = failure_of(running.outcome().value.value());
    CHECK(failure.cancelled());
    CHECK(failure.delivery() == Delivery::not_sent);
}

TEST_CASE("a request that is cancelled before it begins counts as not sent") {
    Loopback loopback;
    loopback.start(json_request("{}"));
    loopback.cancel(asio::cancellation_type::terminal);
    loopback.run();
    if (loopback.result) CHECK(failure_of(*loopback.result).delivery() == Delivery::not_sent);
}

TEST_CASE("a large request that is cancelled while it is being sent counts as not sent") {
    auto const type = any_type();
    Loopback loopback;
    auto script = [&](Peer& peer) -> asio::awaitable<void> {
        std::string some(1, ' ');
        co_await peer.socket.async_read_some(asio::buffer(some), asio::use_awaitable);
        loopback.cancel(type);
        co_await asio::post(asio::use_awaitable);
        while (!loopback.result) co_await asio::post(asio::use_awaitable);
    };
    auto const failure = failure_of(loopback.exchange_with(script, json_request(std::string(50'000'000, 'x'))));
    CHECK(failure.cancelled());
    CHECK(failure.delivery() == Delivery::not_sent);
}

TEST_CASE("a request that is cancelled after it was sent has an unknown outcome, and its connection is closed") {
    auto const type = any_type();
    auto const* begun = GENERATE("", "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf");
    Loopback loopback;
    bool seen = false;
    auto script = [&](Peer& peer) -> asio::awaitable<void> {
        co_await peer.request();
        co_await peer.respond(begun);
        loopback.cancel(type);
        co_await peer.end();
        seen = true;
    };
    auto const failure = failure_of(loopback.exchange_with(script, json_request("{}")));
    CHECK(failure.cancelled());
    CHECK(failure.delivery() == Delivery::unknown);
    CHECK(seen);
}
