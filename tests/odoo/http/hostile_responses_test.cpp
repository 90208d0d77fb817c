// SPDX-License-Identifier: BSL-1.0
#include "odoo/fixtures/loopback.hpp"
#include "support/catch.hpp"
#include "support/run.hpp"

#include <zenoo_rpc/exceptions.hpp>
#include <zenoo_rpc/odoo/client.hpp>

#include <boost/asio/post.hpp>
#include <boost/asio/use_future.hpp>

#include <string>

using namespace zenoo_rpc;
using namespace zenoo_rpc::tests;

namespace {

/// A failed call, and how many bytes of its response the server could send.
struct FailedCall {
    Failure failure;
    std::size_t sent = 0;
};

/// Makes a call to which the server responds with `head` and then repeats `piece` up to `size` bytes.
FailedCall failed_call(std::string const& head, std::string const& piece, std::size_t size,
                       ClientOptions options = {}) {
    Loopback loopback;
    FailedCall call;
    loopback.serve([&](Peer& peer) -> asio::awaitable<void> {
        co_await peer.request();
        co_await peer.respond(head);
        for (; call.sent < size; call.sent += piece.size()) co_await peer.respond(piece);
    });
    options.port = loopback.port();
    ZenooClient client{loopback.io.get_executor(), "127.0.0.1", options};
    auto response = asio::co_spawn(loopback.io, client.results().version(), asio::use_future);
    loopback.run();
    call.failure = response.get().error();
    return call;
}

Failure failure_of(std::string const& response) { return failed_call(response, "", 0).failure; }

std::string with_length(std::string const& body) {
    return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + std::to_string(body.size())
           + "\r\n\r\n" + body;
}

constexpr std::size_t mega = 1 << 20;
constexpr std::size_t in_sockets = 16 * mega;  // more than the system buffers between the two ends

}  // namespace

TEST_CASE("a hundred megabytes of brackets are a ProtocolError and do not overflow the stack") {
    auto const head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 104857600\r\n\r\n";
    auto const call = failed_call(head, std::string(mega, '['), 100 * mega);
    CHECK(call.failure.is<ProtocolError>());
    CHECK(contains(call.failure.what(), "nested too deeply"));
}

TEST_CASE("an endless response is rejected at its limit") {
    struct Endless {
        char const* head;
        std::string piece;
        char const* reason;
    };
    ClientOptions options;
    options.max_response_size = mega;
    std::string const piece(64 << 10, 'x');
    for (auto const& [head, again, reason] :
         {Endless{"HTTP/1.1 200 OK\r\nX: ", piece, "the response headers are larger than 65536 bytes"},
          Endless{"HTTP/1.1 200 OK\r\n", "X: y\r\n", "the response headers are larger than 65536 bytes"},
          Endless{"HTTP/1.1 200 OK\r\n\r\n", piece, "the response is larger than 1048576 bytes"},
          Endless{"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", "5\r\nxxxxx\r\n",
                  "the response is larger than 1048576 bytes"},
          Endless{"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;x=", piece,
                  "the response headers are larger than"},
          Endless{"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nX: ", piece,
                  "the response headers are larger"},
          Endless{"", "HTTP/1.1 100 Continue\r\n\r\n", "the response is not valid HTTP"}}) {
        CAPTURE(head);
        auto const call = failed_call(head, again, 1000 * mega, options);
        CHECK(call.failure.is<ProtocolError>());
        CHECK(contains(call.failure.what(), reason));
        CHECK(call.sent < in_sockets);
    }
}

TEST_CASE("a response with a Content-Length above the limit is rejected before its body arrives") {
    auto const failure = failure_of("HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n");
    CHECK(failure.is<ProtocolError>());
    CHECK(contains(failure.what(), "the response is larger than 268435456 bytes"));
}

TEST_CASE("a body shorter or longer than its Content-Length is rejected") {
    CHECK(failure_of("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{}").is<NetworkError>());
    CHECK(failure_of("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}{}")
              .is<ProtocolError>());
    CHECK(failure_of("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}").is<ProtocolError>());
    CHECK(failure_of("HTTP/1.1 200 OK\r\nContent-Length: -2\r\n\r\n{}").is<ProtocolError>());
}

TEST_CASE("a chunked response may arrive byte by byte and be empty") {
    auto const* chunks = GENERATE("0\r\n\r\n", "0\r\nX: y\r\n\r\n", "2\r\n{}\r\n0\r\n\r\n");
    Loopback loopback;
    auto script = [&](Peer& peer) -> asio::awaitable<void> {
        co_await peer.request();
        peer.socket.set_option(tcp::no_delay{true});
        std::string const response = std::string{"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"} + chunks;
        for (char const byte : response) {
            co_await peer.respond(std::string(1, byte));
            co_await asio::post(asio::use_awaitable);  // so that the client receives it separately
        }
    };
    HttpRequest request;
    request.target = "/";
    CHECK(loopback.exchange_with(script, request).value().status == 200);
}

TEST_CASE("text that is not UTF-8 and the response to another request are ProtocolErrors") {
    CHECK(contains(failure_of(with_length("{\"id\":1,\"result\":\"\xff\xfe\"}")).what(), "not JSON"));
    CHECK(contains(failure_of(with_length("{\"id\":2,\"result\":7}")).what(), "belongs to another request"));
    CHECK(contains(failure_of(with_length("{\"result\":7}")).what(), "belongs to another request"));
}

TEST_CASE("a redirect fails the call with a message that names its target") {
    auto const failure = failure_of(
        "HTTP/1.1 301 Moved\r\nLocation: https://erp.example.com/jsonrpc\r\n"
        "Content-Length: 0\r\n\r\n");
    CHECK(failure.is<ProtocolError>());
    CHECK(failure.delivery() == Delivery::rejected);
    CHECK(contains(failure.what(), "https://erp.example.com/jsonrpc"));
}
