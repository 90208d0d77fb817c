// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_SRC_TESTING_SERVER_REQUEST_READER_HPP
#define ZENOO_RPC_SRC_TESTING_SERVER_REQUEST_READER_HPP

#include "odoo/http/connection.hpp"

#include <zenoo_rpc/odoo/http_message.hpp>

#include <boost/asio/awaitable.hpp>
#include <boost/system/error_code.hpp>

#include <optional>
#include <string>

// Reading requests from a connection, and writing to it.

namespace zenoo_rpc::testing {

namespace asio = boost::asio;

struct ReadRequest {
    HttpRequest request;
    bool keep_alive;  ///< requested by the client
};

/// Reads a request. Returns nullopt if there is none to serve: the client closed the connection, or sent something that
/// is not a valid request, to which this function responds itself.
asio::awaitable<std::optional<ReadRequest>> read_request(detail::Connection& connection);

/// Receives more bytes from the client.
asio::awaitable<boost::system::error_code> receive(detail::Connection& connection);

asio::awaitable<boost::system::error_code> write(detail::Connection& connection, std::string const& text);

}  // namespace zenoo_rpc::testing

#endif  // ZENOO_RPC_SRC_TESTING_SERVER_REQUEST_READER_HPP
