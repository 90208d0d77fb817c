// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_SRC_TESTING_SERVER_TLS_SERVER_HPP
#define ZENOO_RPC_SRC_TESTING_SERVER_TLS_SERVER_HPP

#include "odoo/http/openssl_handles.hpp"

#include <zenoo_rpc/testing/certificate_authority.hpp>

namespace zenoo_rpc::testing {

/// The server's side of TLS, with one certificate.
class TlsServer {
public:
    /// Throws `std::invalid_argument` if the certificate or key is invalid, or they do not match.
    explicit TlsServer(TlsIdentity const& identity);

    /// Creates the TLS state of one connection.
    detail::SslHandle new_connection() const;

private:
    detail::SslContextHandle context_;
};

}  // namespace zenoo_rpc::testing

#endif  // ZENOO_RPC_SRC_TESTING_SERVER_TLS_SERVER_HPP
