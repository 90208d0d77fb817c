// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_SRC_ODOO_HTTP_OPENSSL_HANDLES_HPP
#define ZENOO_RPC_SRC_ODOO_HTTP_OPENSSL_HANDLES_HPP

#include <openssl/err.h>
#include <openssl/ssl.h>

#include <memory>
#include <string>

// Owning pointers to OpenSSL objects.

namespace zenoo_rpc::detail {

template <auto free>
struct FreedBy {
    template <class T>
    void operator()(T* pointer) const noexcept {
        free(pointer);
    }
};

using SslContextHandle = std::unique_ptr<SSL_CTX, FreedBy<&SSL_CTX_free>>;
using SslHandle = std::unique_ptr<SSL, FreedBy<&SSL_free>>;
using SslSessionHandle = std::unique_ptr<SSL_SESSION, FreedBy<&SSL_SESSION_free>>;

/// Returns OpenSSL's reason for the last failure on this thread.
inline std::string openssl_error_text() {
    char const* const reason = ERR_reason_error_string(ERR_get_error());
    ERR_clear_error();
    return reason ? reason : "unknown error";
}

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_SRC_ODOO_HTTP_OPENSSL_HANDLES_HPP
