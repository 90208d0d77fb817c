// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_SRC_ODOO_HTTP_HEAD_HPP
#define ZENOO_RPC_SRC_ODOO_HTTP_HEAD_HPP

#include <zenoo_rpc/odoo/http_message.hpp>
#include <zenoo_rpc/odoo/url.hpp>

#include <string>

namespace zenoo_rpc::detail {

/// Whether the client would use the connection again.
enum class KeepAlive : bool { no, yes };

/// Request line and headers.
///
/// Throws `std::invalid_argument` for what would end a line, or begin another.
std::string http_head(HttpRequest const& request, ServerAddress const& server, KeepAlive keep_alive);

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_SRC_ODOO_HTTP_HEAD_HPP
