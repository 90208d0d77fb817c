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

/// The bytes of a request.
inline std::string request_text(HttpRequest const& request) {
    std::string text = request.method + " " + request.target + " HTTP/1.1\r\nHost: 127.0.0.1\r\n";
    text += request.headers.lines();
    return text + "Content-Length: " + std::to_string(request.body.size()) + "\r\n\r\n" + request.body;
}

/// What came over the wire, as far as it came.
struct RawAnswer {
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

    /// Until the other side ends the connection.
    RawAnswer read_to_end() {
        RawAnswer answer;
        boost::system::error_code error;
        asio::read(socket_, asio::dynamic_buffer(answer.text), error);
        answer.ended = error;
        return answer;
    }

    /// One answer, as long as its Content-Length says.
    RawAnswer read_answer() {
        RawAnswer answer;
        asio::read_until(socket_, asio::dynamic_buffer(answer.text), "\r\n\r\n", answer.ended);
        std::string_view const name = "Content-Length: ";
        auto const at = answer.text.find(name);
        if (answer.ended || at == std::string::npos) return answer;
        std::size_t const whole = answer.text.find("\r\n\r\n") + 4 + std::stoul(answer.text.substr(at + name.size()));
        std::size_t const left = whole - answer.text.size();
        asio::read(socket_, asio::dynamic_buffer(answer.text), asio::transfer_exactly(left), answer.ended);
        return answer;
    }

    void close_sending() { socket_.shutdown(asio::ip::tcp::socket::shutdown_send, error_); }

private:
    asio::io_context io_;
    asio::ip::tcp::socket socket_{io_};
    boost::system::error_code error_;
};

/// One request on a connection of its own.
inline RawAnswer exchange(std::uint16_t port, HttpRequest const& request) {
    RawConnection connection(port);
    if (connection.error()) return {{}, connection.error()};
    return connection.send(request).read_to_end();
}

}  // namespace zenoo_rpc::tests

#endif  // ZENOO_RPC_TESTS_SUPPORT_RAW_CONNECTION_HPP
