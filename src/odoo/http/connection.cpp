// SPDX-License-Identifier: BSL-1.0
#include "odoo/http/connection.hpp"

#include <boost/asio/error.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace asio = boost::asio;

namespace zenoo_rpc::detail {

using boost::system::error_code;

asio::awaitable<std::size_t> Connection::read_some(asio::mutable_buffer space, error_code& error) {
    if (tls) return tls->read_some(space, error);
    return socket.async_read_some(space, asio::redirect_error(asio::use_awaitable, error));
}

asio::awaitable<std::size_t> Connection::write_some(Buffers data, error_code& error) {
    if (tls) return tls->write_some(data, error);
    return socket.async_write_some(data, asio::redirect_error(asio::use_awaitable, error));
}

std::size_t Connection::write_now(Buffers data, error_code& error) {
    if (!tls) return data[1].size() > 0 ? socket.write_some(data, error) : socket.write_some(data[0], error);
    error = asio::error::would_block;
    return 0;
}

bool Connection::is_reusable() {
    if (!socket.is_open() || received.size() > 0 || (tls && !tls->is_drained())) return false;
    error_code error;
    socket.wait(asio::socket_base::wait_read, error);
    return error == asio::error::would_block;
}

}  // namespace zenoo_rpc::detail
