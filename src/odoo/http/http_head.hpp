// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_SRC_ODOO_HTTP_HTTP_HEAD_HPP
#define ZENOO_RPC_SRC_ODOO_HTTP_HTTP_HEAD_HPP

#include <zenoo_rpc/odoo/http_message.hpp>
#include <zenoo_rpc/odoo/url.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace zenoo_rpc::detail {

/// Tells the server if the client wants to reuse the connection.
enum class KeepAlive : bool { no, yes };

/// Returns the part that the heads of all requests to `server` share.
///
/// Throws `std::invalid_argument` for a host that could end a line or begin another.
std::string server_lines(ServerAddress const& server, KeepAlive keep_alive);

/// Returns request line and headers, including the server's `lines`, with capacity for `room` more bytes.
///
/// Throws `std::invalid_argument` for a method or target that could end a line or begin another.
std::string http_head(HttpRequest const& request, std::string_view lines, std::size_t room = 0);

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_SRC_ODOO_HTTP_HTTP_HEAD_HPP
