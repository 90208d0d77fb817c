// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_TESTS_ODOO_LOOPBACK_HPP
#define ZENOO_RPC_TESTS_ODOO_LOOPBACK_HPP

#include <zenoo_rpc/core/failure.hpp>
#include <zenoo_rpc/odoo/http_transport.hpp>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>

namespace zenoo_rpc::tests {

using asio::ip::tcp;

/// The server's end of one connection, as raw bytes.
class Peer {
public:
    explicit Peer(tcp::socket socket_) : socket{std::move(socket_)} {}

    tcp::socket socket;

    /// Head and body of a request, all that its Content-Length promises.
    asio::awaitable<std::string> request() {
        std::string bytes;
        auto const head =
            co_await asio::async_read_until(socket, asio::dynamic_buffer(bytes), "\r\n\r\n", asio::use_awaitable);
        auto const at = bytes.find("Content-Length: ");
        auto const size = at == std::string::npos ? 0 : std::stoul(bytes.substr(at + 16));
        while (bytes.size() < head + size) {
            auto const old = bytes.size();
            bytes.resize(head + size);
            auto const space = asio::buffer(bytes) + old;
            auto const more = co_await socket.async_read_some(space, asio::use_awaitable);
            bytes.resize(old + more);
        }
        co_return bytes;
    }
    asio::awaitable<void> answer(std::string bytes) {
        co_await asio::async_write(socket, asio::buffer(bytes), asio::use_awaitable);
    }
    /// Waits until the client has closed the connection.
    asio::awaitable<void> end() {
        std::string ignored(1, ' ');
        boost::system::error_code error;
        co_await socket.async_read_some(asio::buffer(ignored), asio::redirect_error(asio::use_awaitable, error));
    }
    void reset() {
        socket.set_option(asio::socket_base::linger{true, 0});
        socket.close();
    }
};

using Script = std::function<asio::awaitable<void>(Peer&)>;

/// A server on loopback that plays one script with its only connection, and a client that makes one exchange.
class Loopback {
public:
    asio::io_context io;
    tcp::acceptor acceptor{io, tcp::endpoint{asio::ip::address_v4::loopback(), 0}};
    HttpLimits limits;
    std::string host = "127.0.0.1";
    std::optional<Result<HttpResponse>> result;

    std::uint16_t port() const { return acceptor.local_endpoint().port(); }
    ServerAddress address() const { return {host, port(), ""}; }

    void serve(Script script) { asio::co_spawn(io, play(std::move(script)), asio::detached); }

    /// Has the client speak with another server.
    void use(ServerAddress other, TlsOptions const& tls) {
        transport_ = std::make_unique<HttpTransport>(std::move(other), limits, tls);
    }

    void start(HttpRequest request) {
        if (!transport_) transport_ = std::make_unique<HttpTransport>(address(), limits);
        asio::co_spawn(io, exchange(std::move(request)), asio::bind_cancellation_slot(signal_.slot(), asio::detached));
    }
    void cancel(asio::cancellation_type type) { signal_.emit(type); }
    void run() { io.run(); }

    /// What comes of one exchange with a server that plays `script`.
    Result<HttpResponse> exchange_with(Script script, HttpRequest request) {
        serve(std::move(script));
        start(std::move(request));
        run();
        return std::move(*result);
    }

private:
    asio::awaitable<void> play(Script script) {
        tcp::socket socket = co_await acceptor.async_accept(asio::use_awaitable);
        Peer peer{std::move(socket)};
        co_await script(peer);
    }
    asio::awaitable<void> exchange(HttpRequest request) {
        co_await asio::this_coro::reset_cancellation_state(asio::enable_total_cancellation());
        Result<HttpResponse> answer = co_await transport_->exchange(std::move(request));
        result = std::move(answer);
    }

    std::unique_ptr<HttpTransport> transport_;
    asio::cancellation_signal signal_;
};

/// An address at which connecting takes for ever: the queue of the one who listens is full, and he never accepts.
class BlackHole {
public:
    BlackHole(asio::io_context& io, tcp::endpoint at) : acceptor{io}, filler{io} {
        acceptor.open(at.protocol());
        acceptor.bind(at);
        acceptor.listen(0);
        filler.connect(acceptor.local_endpoint());
    }

    tcp::acceptor acceptor;
    tcp::socket filler;
};

}  // namespace zenoo_rpc::tests

#endif  // ZENOO_RPC_TESTS_ODOO_LOOPBACK_HPP
