// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_SRC_TESTING_SERVER_REQUEST_READER_HPP
#define ZENOO_RPC_SRC_TESTING_SERVER_REQUEST_READER_HPP

#include "odoo/http/connection.hpp"

#include <zenoo_rpc/odoo/http_message.hpp>

#include <boost/asio/awaitable.hpp>
#include <boost/system/error_code.hpp>

#include <optional>
#include <string>

// What a server reads from a connection, and how it writes to one.

namespace zenoo_rpc::testing {

namespace asio = boost::asio;

struct ReadRequest {
    HttpRequest request;
    bool keep_alive;  ///< the client's wish
};

/// Nothing if there is nothing to serve: the client is gone, or what it sent is no request, which is answered here.
asio::awaitable<std::optional<ReadRequest>> read_request(detail::Connection& connection);

/// Takes in more of what the client sends.
asio::awaitable<boost::system::error_code> receive(detail::Connection& connection);

asio::awaitable<boost::system::error_code> write(detail::Connection& connection, std::string const& text);

}  // namespace zenoo_rpc::testing

#endif  // ZENOO_RPC_SRC_TESTING_SERVER_REQUEST_READER_HPP
