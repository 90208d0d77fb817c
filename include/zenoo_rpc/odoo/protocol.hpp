// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_ODOO_PROTOCOL_HPP
#define ZENOO_RPC_ODOO_PROTOCOL_HPP

namespace zenoo_rpc {

/// How to speak with the server.
enum class Protocol {
    automatic,  ///< JSON-RPC with a password; with an API key, the server is asked once whether it speaks JSON-2
    json_rpc,   ///< `/jsonrpc`, Odoo 16 to 21; with a password or an API key
    json2,      ///< `/json/2`, Odoo 19 and later; takes nothing but API keys
};

}  // namespace zenoo_rpc

#endif  // ZENOO_RPC_ODOO_PROTOCOL_HPP
