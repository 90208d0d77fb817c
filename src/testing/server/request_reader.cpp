// SPDX-License-Identifier: BSL-1.0
#include "testing/server/request_reader.hpp"

#include "testing/server/http_wire.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>

#include <cstddef>
#include <cstdint>
#include <utility>

namespace zenoo_rpc::testing {

namespace {

namespace http = boost::beast::http;
using boost::system::error_code;
using detail::Connection;

constexpr std::size_t piece = 64 * 1024;  // bytes per read
constexpr std::uint64_t body_limit = 64 * 1024 * 1024;

using Parser = http::request_parser<http::string_body>;

HttpRequest request_from(Parser& parser) {
    auto& message = parser.get();
    HttpRequest request{std::string{message.method_string()}, std::string{message.target()}, {}, {}};
    for (auto const& field : message) {
        request.headers.add_valid(field.name_string(), field.value());
    }
    request.body = std::move(message.body());
    return request;
}

/// Returns true for an error that needs a response, unlike a closed connection.
bool malformed(error_code error) {
    return error.category() == http::make_error_code(http::error::bad_method).category()
           && error != http::error::end_of_stream && error != http::error::partial_message;
}

/// Parses the bytes received so far.
error_code parse_received(Connection& connection, Parser& parser) {
    error_code error;
    while (!parser.is_done() && connection.received.size() > 0 && !error) {
        connection.received.consume(parser.put(connection.received.data(), error));
    }
    return error == http::error::need_more ? error_code() : error;
}

}  // namespace

asio::awaitable<error_code> receive(Connection& connection) {
    error_code error;
    std::size_t const size = co_await connection.read_some(connection.received.prepare(piece), error);
    connection.received.commit(size);
    co_return error;
}

asio::awaitable<error_code> write(Connection& connection, std::string const& text) {
    error_code error;
    for (std::size_t sent = 0; sent < text.size() && !error;) {
        Connection::Buffers const remaining{asio::buffer(text) + sent, asio::const_buffer()};
        std::size_t const size = co_await connection.write_some(remaining, error);
        sent += size;
    }
    co_return error;
}

asio::awaitable<std::optional<ReadRequest>> read_request(Connection& connection) {
    Parser parser;
    parser.body_limit(body_limit);
    parser.eager(true);
    bool was_asked = false;
    error_code error = parse_received(connection, parser);
    while (!error) {
        if (!was_asked && parser.is_header_done() && parser.get()[http::field::expect] == "100-continue") {
            was_asked = true;
            std::string const go_on = "HTTP/1.1 100 Continue\r\n\r\n";
            co_await write(connection, go_on);
        }
        if (parser.is_done()) break;
        error = co_await receive(connection);
        if (!error) error = parse_received(connection, parser);
    }
    if (malformed(error)) {
        std::string const text = wire_text(refusal_of_request(error == http::error::body_limit), {});
        co_await write(connection, text);
    }
    if (error) co_return std::nullopt;
    ReadRequest read{request_from(parser), parser.keep_alive()};
    co_return read;
}

}  // namespace zenoo_rpc::testing
