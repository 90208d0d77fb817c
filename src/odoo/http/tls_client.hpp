// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_SRC_ODOO_HTTP_TLS_CLIENT_HPP
#define ZENOO_RPC_SRC_ODOO_HTTP_TLS_CLIENT_HPP

#include "odoo/http/openssl_handles.hpp"

#include <zenoo_rpc/odoo/client_options.hpp>

#include <mutex>
#include <string>

namespace zenoo_rpc::detail {

/// The client's side of TLS with one server: how its certificate is verified, and its last session, for resumption.
///
/// Must outlive its connections. Threads: safe to share.
class TlsClient {
public:
    /// Throws `std::invalid_argument` if no certificates can be read from `options.ca_file`.
    TlsClient(TlsOptions const& options, std::string host);

    /// Creates the TLS state of one connection.
    SslHandle new_connection();

    /// Returns why a handshake failed, in detail if the reason is the certificate or the server's protocol.
    std::string why_refused(SSL const* connection, unsigned long error) const;

private:
    static int take_session(SSL* connection, SSL_SESSION* session);

    std::string const host_;
    bool host_is_address_ = false;
    SslContextHandle context_;
    std::mutex mutex_;
    SslSessionHandle session_;
};

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_SRC_ODOO_HTTP_TLS_CLIENT_HPP
