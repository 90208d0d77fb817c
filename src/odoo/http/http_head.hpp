// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_SRC_ODOO_HTTP_HTTP_HEAD_HPP
#define ZENOO_RPC_SRC_ODOO_HTTP_HTTP_HEAD_HPP

#include <zenoo_rpc/odoo/http_message.hpp>
#include <zenoo_rpc/odoo/url.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace zenoo_rpc::detail {

/// Whether the client would use the connection again.
enum class KeepAlive : bool { no, yes };

/// What is the same in the heads of all requests to a server.
///
/// Throws `std::invalid_argument` for a host that would end a line, or begin another.
std::string server_lines(ServerAddress const& server, KeepAlive keep_alive);

/// Request line and headers, among them the `lines` of the server, and `room` for more bytes.
///
/// Throws `std::invalid_argument` for what would end a line, or begin another.
std::string http_head(HttpRequest const& request, std::string_view lines, std::size_t room = 0);

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_SRC_ODOO_HTTP_HTTP_HEAD_HPP
