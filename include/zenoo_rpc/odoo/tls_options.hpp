// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_ODOO_TLS_OPTIONS_HPP
#define ZENOO_RPC_ODOO_TLS_OPTIONS_HPP

#include <string>

namespace zenoo_rpc {

/// Whom to believe that a server is who it says. For `https` addresses alone; given for any other they are refused.
///
/// TLS 1.2 at least. A certificate must be valid, be signed by a trusted authority and name the host of the address;
/// that can't be switched off: whoever signs his own certificates names the file of his authority.
struct TlsOptions {
    std::string ca_file{};  ///< PEM, of the only trusted authorities; empty: those of the system
};

}  // namespace zenoo_rpc

#endif  // ZENOO_RPC_ODOO_TLS_OPTIONS_HPP
