// SPDX-License-Identifier: BSL-1.0
#include "odoo/fixtures/loopback.hpp"
#include "support/catch.hpp"
#include "support/run.hpp"

#include <zenoo_rpc/core/exceptions.hpp>
#include <zenoo_rpc/odoo/client.hpp>

#include <boost/asio/post.hpp>
#include <boost/asio/use_future.hpp>

#include <string>

using namespace zenoo_rpc;
using namespace zenoo_rpc::tests;

namespace {

/// A failed call, and how much of its answer got out.
struct Fall {
    Failure failure;
    std::size_t sent = 0;
};

/// What comes of a call whose answer begins with `head` and goes on with `piece`, again and again, for `size` bytes.
Fall fall_of(std::string const& head, std::string const& piece, std::size_t size, ClientOptions options = {}) {
    Loopback loopback;
    Fall fall;
    loopback.serve([&](Peer& peer) -> asio::awaitable<void> {
        co_await peer.request();
        co_await peer.answer(head);
        for (; fall.sent < size; fall.sent += piece.size()) co_await peer.answer(piece);
    });
    options.port = loopback.port();
    ZenooClient client{loopback.io.get_executor(), "127.0.0.1", options};
    auto answer = asio::co_spawn(loopback.io, client.results().version(), asio::use_future);
    loopback.run();
    fall.failure = answer.get().error();
    return fall;
}

Failure failure_of(std::string const& answer) { return fall_of(answer, "", 0).failure; }

std::string with_length(std::string const& body) {
    return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + std::to_string(body.size())
           + "\r\n\r\n" + body;
}

constexpr std::size_t mega = 1 << 20;
constexpr std::size_t in_sockets = 16 * mega;  // what the system may hold between the two ends

}  // namespace

TEST_CASE("a hundred megabytes of brackets are a protocol error, and exhaust no stack") {
    auto const head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 104857600\r\n\r\n";
    auto const fall = fall_of(head, std::string(mega, '['), 100 * mega);
    CHECK(fall.failure.is<ProtocolError>());
    CHECK(contains(fall.failure.what(), "nests too deep"));
}

TEST_CASE("what never ends is cut off at its limit") {
    struct Endless {
        char const* head;
        std::string piece;
        char const* complaint;
    };
    ClientOptions options;
    options.answer_size = mega;
    std::string const piece(64 << 10, 'x');
    for (auto const& [head, again, complaint] :
         {Endless{"HTTP/1.1 200 OK\r\nX: ", piece, "the headers have more than 65536 bytes"},
          Endless{"HTTP/1.1 200 OK\r\n", "X: y\r\n", "the headers have more than 65536 bytes"},
          Endless{"HTTP/1.1 200 OK\r\n\r\n", piece, "the answer has more than 1048576 bytes"},
          Endless{"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", "5\r\nxxxxx\r\n",
                  "the answer has more than 1048576 bytes"},
          Endless{"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;x=", piece, "the headers have more than"},
          Endless{"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nX: ", piece, "the headers have more"},
          Endless{"", "HTTP/1.1 100 Continue\r\n\r\n", "the answer is not HTTP"}}) {
        CAPTURE(head);
        auto const fall = fall_of(head, again, 1000 * mega, options);
        CHECK(fall.failure.is<ProtocolError>());
        CHECK(contains(fall.failure.what(), complaint));
        CHECK(fall.sent < in_sockets);
    }
}

TEST_CASE("a body that announces more than is allowed is refused before it comes") {
    auto const failure = failure_of("HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n");
    CHECK(failure.is<ProtocolError>());
    CHECK(contains(failure.what(), "the answer has more than 268435456 bytes"));
}

TEST_CASE("a body shorter or longer than announced is no answer") {
    CHECK(failure_of("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{}").is<NetworkError>());
    CHECK(failure_of("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}{}")
              .is<ProtocolError>());
    CHECK(failure_of("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}").is<ProtocolError>());
    CHECK(failure_of("HTTP/1.1 200 OK\r\nContent-Length: -2\r\n\r\n{}").is<ProtocolError>());
}

TEST_CASE("a chunked answer may come byte by byte, and be empty") {
    auto const* chunks = GENERATE("0\r\n\r\n", "0\r\nX: y\r\n\r\n", "2\r\n{}\r\n0\r\n\r\n");
    Loopback loopback;
    auto script = [&](Peer& peer) -> asio::awaitable<void> {
        co_await peer.request();
        peer.socket.set_option(tcp::no_delay{true});
        std::string const answer = std::string{"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"} + chunks;
        for (char const byte : answer) {
            co_await peer.answer(std::string(1, byte));
            co_await asio::post(asio::use_awaitable);  // so that the client gets it by itself
        }
    };
    HttpRequest request;
    request.target = "/";
    CHECK(loopback.exchange_with(script, request).value().status == 200);
}

TEST_CASE("text that is not UTF-8, and the answer to another question, are protocol errors") {
    CHECK(contains(failure_of(with_length("{\"id\":1,\"result\":\"\xff\xfe\"}")).what(), "not JSON"));
    CHECK(contains(failure_of(with_length("{\"id\":2,\"result\":7}")).what(), "belongs to another request"));
    CHECK(contains(failure_of(with_length("{\"result\":7}")).what(), "belongs to another request"));
}

TEST_CASE("a redirect is refused and names its target") {
    auto const failure = failure_of(
        "HTTP/1.1 301 Moved\r\nLocation: https://erp.example.com/jsonrpc\r\n"
        "Content-Length: 0\r\n\r\n");
    CHECK(failure.is<ProtocolError>());
    CHECK(failure.delivery() == Delivery::rejected);
    CHECK(contains(failure.what(), "https://erp.example.com/jsonrpc"));
}
