// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_SRC_ODOO_HTTP_CONNECTION_HPP
#define ZENOO_RPC_SRC_ODOO_HTTP_CONNECTION_HPP

#include "odoo/http/answer_reader.hpp"
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

/// A connection with a server, in plain text or in TLS.
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
    /// What the system takes without waiting: `would_block` if that is nothing, as always in TLS. The socket must be
    /// non-blocking.
    std::size_t write_now(Buffers data, boost::system::error_code& error);

    /// It is open, and nothing came in since the last answer. The socket must be non-blocking. Threads: not while it is
    /// used.
    bool is_reusable();

    boost::asio::ip::tcp::socket socket;
    std::optional<TlsStream> tls;
    boost::beast::flat_buffer received;  ///< and not used yet
    std::optional<AnswerReader> answer;  ///< that is being read, or was last
    bool was_kept = false;               ///< by a pool, before it was used last
};

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_SRC_ODOO_HTTP_CONNECTION_HPP
