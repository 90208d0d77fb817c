// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_SRC_ODOO_HTTP_TLS_STREAM_HPP
#define ZENOO_RPC_SRC_ODOO_HTTP_TLS_STREAM_HPP

#include "odoo/http/openssl_handles.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/system/error_code.hpp>

#include <array>
#include <cstddef>
#include <memory>

namespace zenoo_rpc::detail {

enum class TlsRole { client, server };

/// TLS over a connected socket, which must outlive it. Hides Asio's TLS headers, which are slow to compile.
///
/// Cancellation: terminal, partial and total, with `operation_aborted`; the stream is unusable afterwards.
class TlsStream {
public:
    using Buffers = std::array<boost::asio::const_buffer, 2>;

    TlsStream(boost::asio::ip::tcp::socket& socket, SslHandle ssl, TlsRole role);
    ~TlsStream();

    boost::asio::awaitable<boost::system::error_code> handshake();
    boost::asio::awaitable<std::size_t> read_some(boost::asio::mutable_buffer space, boost::system::error_code& error);
    boost::asio::awaitable<std::size_t> write_some(Buffers data, boost::system::error_code& error);

    /// Returns true if no received data is left unread.
    bool is_drained() const noexcept;
    SSL const* native_handle() const noexcept;

private:
    struct Stream;
    std::unique_ptr<Stream> stream_;
    TlsRole const role_;
};

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_SRC_ODOO_HTTP_TLS_STREAM_HPP
