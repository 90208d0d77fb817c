// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_SRC_ODOO_HTTP_CONNECTION_HPP
#define ZENOO_RPC_SRC_ODOO_HTTP_CONNECTION_HPP

#include "odoo/http/response_reader.hpp"
#include "odoo/http/tls_stream.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/system/error_code.hpp>

#include <cstddef>
#include <optional>

namespace zenoo_rpc::detail {

/// A connection to a server, in plain text or over TLS.
///
/// Cancellation: terminal, partial and total.
class Connection {
public:
    using Buffers = TlsStream::Buffers;

    explicit Connection(boost::asio::any_io_executor const& executor) : socket{executor} {}
    Connection(Connection const&) = delete;
    Connection& operator=(Connection const&) = delete;

    boost::asio::awaitable<std::size_t> read_some(boost::asio::mutable_buffer space, boost::system::error_code& error);
    boost::asio::awaitable<std::size_t> write_some(Buffers data, boost::system::error_code& error);
    /// Writes as much as the system accepts without waiting. Fails with `would_block` if that is nothing, and always
    /// over TLS. The socket must be non-blocking.
    std::size_t write_now(Buffers data, boost::system::error_code& error);

    /// Returns true if the connection is open and nothing has been received since the last response. The socket must be
    /// non-blocking. Threads: not while the connection is in use.
    bool is_reusable();

    boost::asio::ip::tcp::socket socket;
    std::optional<TlsStream> tls;
    boost::beast::flat_buffer received;      ///< bytes not parsed yet
    std::optional<ResponseReader> response;  ///< the response being read, or the last one
    bool was_kept = false;                   ///< true once a pool has kept the connection
};

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_SRC_ODOO_HTTP_CONNECTION_HPP
