// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_TESTS_SUPPORT_RAW_CONNECTION_HPP
#define ZENOO_RPC_TESTS_SUPPORT_RAW_CONNECTION_HPP

#include <zenoo_rpc/odoo/http_message.hpp>

#include <boost/asio/buffer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/write.hpp>

#include <cstdint>
#include <string>
#include <string_view>

namespace zenoo_rpc::tests {

namespace asio = boost::asio;

/// Returns the bytes of a request.
inline std::string request_text(HttpRequest const& request) {
    std::string text = request.method + " " + request.target + " HTTP/1.1\r\nHost: 127.0.0.1\r\n";
    text += request.headers.lines();
    return text + "Content-Length: " + std::to_string(request.body.size()) + "\r\n\r\n" + request.body;
}

/// The received part of a response.
struct RawResponse {
    std::string text;
    boost::system::error_code ended;  ///< asio::error::eof, connection_reset, ...; none while the connection is open

    bool has(std::string_view part) const { return text.find(part) != std::string::npos; }
    std::string body() const { return text.substr(text.find("\r\n\r\n") + 4); }
};

/// A blocking socket to a server on this machine.
class RawConnection {
public:
    explicit RawConnection(std::uint16_t port) { socket_.connect({asio::ip::address_v4::loopback(), port}, error_); }

    boost::system::error_code error() const { return error_; }

    RawConnection& send(std::string const& text) {
        if (!error_) asio::write(socket_, asio::buffer(text), error_);
        return *this;
    }
    RawConnection& send(HttpRequest const& request) { return send(request_text(request)); }

    /// Reads until the server closes the connection.
    RawResponse read_to_end() {
        RawResponse response;
        boost::system::error_code error;
        asio::read(socket_, asio::dynamic_buffer(response.text), error);
        response.ended = error;
        return response;
    }

    /// Reads one response, with the length given by its Content-Length.
    RawResponse read_response() {
        RawResponse response;
        asio::read_until(socket_, asio::dynamic_buffer(response.text), "\r\n\r\n", response.ended);
        std::string_view const name = "Content-Length: ";
        auto const at = response.text.find(name);
        if (response.ended || at == std::string::npos) return response;
        std::size_t const whole =
            response.text.find("\r\n\r\n") + 4 + std::stoul(response.text.substr(at + name.size()));
        std::size_t const remaining = whole - response.text.size();
        asio::read(socket_, asio::dynamic_buffer(response.text), asio::transfer_exactly(remaining), response.ended);
        return response;
    }

    void close_sending() { socket_.shutdown(asio::ip::tcp::socket::shutdown_send, error_); }

private:
    asio::io_context io_;
    asio::ip::tcp::socket socket_{io_};
    boost::system::error_code error_;
};

/// Sends one request on a connection of its own.
inline RawResponse exchange(std::uint16_t port, HttpRequest const& request) {
    RawConnection connection(port);
    if (connection.error()) return {{}, connection.error()};
    return connection.send(request).read_to_end();
}

}  // namespace zenoo_rpc::tests

#endif  // ZENOO_RPC_TESTS_SUPPORT_RAW_CONNECTION_HPP
