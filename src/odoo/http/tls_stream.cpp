// SPDX-License-Identifier: BSL-1.0
#include "odoo/http/tls_stream.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <memory>

namespace asio = boost::asio;

namespace zenoo_rpc::detail {

namespace {

using boost::system::error_code;

/// Turns every type of cancellation into a terminal one: Asio's TLS ignores the others.
class Terminal {
public:
    explicit Terminal(asio::cancellation_slot outer) {
        if (!outer.is_connected()) return;
        outer.assign([signal = signal_](asio::cancellation_type) { signal->emit(asio::cancellation_type::terminal); });
    }
    Terminal(Terminal const&) = delete;
    Terminal& operator=(Terminal const&) = delete;

    auto token(error_code& error) {
        return asio::bind_cancellation_slot(signal_->slot(), asio::redirect_error(asio::use_awaitable, error));
    }

private:
    // Shared with the outer slot: if a context is destroyed with pending operations, that slot may be destroyed first.
    std::shared_ptr<asio::cancellation_signal> signal_ = std::make_shared<asio::cancellation_signal>();
};

}  // namespace

struct TlsStream::Stream : asio::ssl::stream<asio::ip::tcp::socket&> {
    using stream::stream;
};

TlsStream::TlsStream(asio::ip::tcp::socket& socket, SslHandle ssl, TlsRole role)
    : stream_{std::make_unique<Stream>(socket, ssl.release())}, role_{role} {}

TlsStream::~TlsStream() = default;

asio::awaitable<error_code> TlsStream::handshake() {
    asio::cancellation_state const state = co_await asio::this_coro::cancellation_state;
    Terminal terminal{state.slot()};
    auto const side = role_ == TlsRole::client ? asio::ssl::stream_base::client : asio::ssl::stream_base::server;
    error_code error;
    co_await stream_->async_handshake(side, terminal.token(error));
    co_return error;
}

asio::awaitable<std::size_t> TlsStream::read_some(asio::mutable_buffer space, error_code& error) {
    asio::cancellation_state const state = co_await asio::this_coro::cancellation_state;
    Terminal terminal{state.slot()};
    co_return co_await stream_->async_read_some(space, terminal.token(error));
}

asio::awaitable<std::size_t> TlsStream::write_some(Buffers data, error_code& error) {
    asio::cancellation_state const state = co_await asio::this_coro::cancellation_state;
    Terminal terminal{state.slot()};
    co_return co_await stream_->async_write_some(data, terminal.token(error));
}

bool TlsStream::is_drained() const noexcept {
    SSL* const ssl = stream_->native_handle();
    return SSL_has_pending(ssl) == 0 && BIO_ctrl_pending(SSL_get_rbio(ssl)) == 0;
}

SSL const* TlsStream::native_handle() const noexcept { return stream_->native_handle(); }

}  // namespace zenoo_rpc::detail
