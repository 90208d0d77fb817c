// SPDX-License-Identifier: BSL-1.0
// A server that sends constant responses like Odoo's, as fast as possible, for measuring clients. It keeps connections
// open, like a proxy in front of Odoo; with --close it closes after each response, like Odoo itself.
#include "support/customers.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>

#include <iostream>
#include <string>
#include <string_view>
#include <utility>

namespace asio = boost::asio;
namespace http = boost::beast::http;
using asio::ip::tcp;

namespace {

constexpr auto as_result = asio::as_tuple(asio::use_awaitable);

/// Returns the id of a request, which may be before or after the parameters; no parameter is named `id`.
std::string_view id_of(std::string_view request) {
    constexpr std::string_view key = "\"id\":";
    auto const found = request.rfind(key);
    if (found == std::string_view::npos) return "null";
    auto const begin = request.find_first_not_of(' ', found + key.size());
    return request.substr(begin, request.find_first_of(",}", begin) - begin);
}

/// Returns the contacts of a page, as JSON.
std::string page_of_contacts() {
    constexpr std::string_view before = R"({"jsonrpc": "2.0", "id": 1, "result": )";
    auto const body = zenoo_rpc::bench::response_of(80, zenoo_rpc::bench::contact_fields).body;
    return body.substr(before.size(), body.size() - before.size() - 1);
}

std::string_view result_of(http::request<http::string_body> const& request) {
    static std::string const contacts = page_of_contacts();
    static std::string const user = R"({"uid": 2, "user_context": {"lang": "en_US", "tz": false, "uid": 2}})";
    auto const says = [&](std::string_view word) { return request.body().find(word) != std::string::npos; };
    if (request.target() != "/jsonrpc") return user;  // the web client's login
    if (says("\"create\"")) return "42";
    if (says("\"search_read\"")) return contacts;
    if (says("\"context_get\"")) return R"({"lang": "en_US", "tz": false, "uid": 2})";
    return "2";  // the user's id, for a login
}

void write_response(std::string& text, http::request<http::string_body> const& request, bool keep) {
    constexpr std::string_view version = R"({"jsonrpc": "2.0", "id": )";
    constexpr std::string_view before_result = R"(, "result": )";
    auto const id = id_of(request.body());
    auto const result = result_of(request);
    auto const size = version.size() + id.size() + before_result.size() + result.size() + 1;
    text =
        "HTTP/1.1 200 OK\r\nServer: Werkzeug/2.2.2 Python/3.11.2\r\nDate: Mon, 23 Nov 2026 11:56:49 GMT\r\n"
        "Content-Type: application/json; charset=utf-8\r\nContent-Length: ";
    text.append(std::to_string(size)).append("\r\nConnection: ").append(keep ? "keep-alive" : "close");
    text.append("\r\n\r\n").append(version).append(id).append(before_result).append(result).append("}");
}

asio::awaitable<void> serve(tcp::socket socket, bool keeps_connections) {
    socket.set_option(tcp::no_delay{true});
    boost::beast::flat_buffer received;
    received.reserve(std::size_t{16} << 10);
    std::string text;
    for (bool keep = true; keep;) {
        http::request_parser<http::string_body> parser;
        auto const [unreadable, size] = co_await http::async_read(socket, received, parser, as_result);
        if (unreadable) co_return;
        keep = keeps_connections && parser.keep_alive();
        write_response(text, parser.get(), keep);
        auto const [unsent, sent] = co_await asio::async_write(socket, asio::buffer(text), as_result);
        if (unsent) co_return;
    }
    boost::system::error_code gone_already;
    socket.shutdown(tcp::socket::shutdown_both, gone_already);
}

asio::awaitable<void> listen(tcp::acceptor& acceptor, bool keeps_connections) {
    for (;;) {
        auto [error, socket] = co_await acceptor.async_accept(as_result);
        if (error) co_return;
        asio::co_spawn(acceptor.get_executor(), serve(std::move(socket), keeps_connections), asio::detached);
    }
}

}  // namespace

int main(int argc, char** argv) {
    bool const keeps_connections = argc < 2 || std::string_view{argv[1]} != "--close";
    asio::io_context io{1};
    tcp::acceptor acceptor{io, {asio::ip::address_v4::loopback(), 0}};
    std::cout << acceptor.local_endpoint().port() << std::endl;
    asio::co_spawn(io, listen(acceptor, keeps_connections), asio::detached);
    io.run();
}
