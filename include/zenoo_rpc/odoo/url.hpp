// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_ODOO_URL_HPP
#define ZENOO_RPC_ODOO_URL_HPP

#include <cstdint>
#include <string>
#include <string_view>

namespace zenoo_rpc {

/// Address of a server.
struct ServerAddress {
    std::string host;  ///< name, or IP address without brackets
    std::uint16_t port;
    std::string prefix;      ///< prefix of all paths, such as `/erp`; empty if there is none
    bool is_secure = false;  ///< https

    /// Returns `host:port`, with brackets around an IPv6 address.
    std::string text() const;
};

/// Parses `localhost`, `10.0.0.7:8069` or `https://erp.example.com/path`. A `port` of 0 means that of the URL, or 443
/// with https, 80 with http; a bare host has 8069 and no TLS.
///
/// Throws `std::invalid_argument` that says what is wrong. Credentials in a URL are rejected, and not quoted.
ServerAddress parse_server_address(std::string_view host_or_url, std::uint16_t port = 0);

}  // namespace zenoo_rpc

#endif  // ZENOO_RPC_ODOO_URL_HPP
