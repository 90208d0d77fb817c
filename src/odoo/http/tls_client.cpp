// SPDX-License-Identifier: BSL-1.0
#include "odoo/http/tls_client.hpp"

#include <openssl/x509_vfy.h>
#include <openssl/x509v3.h>

#include <new>
#include <stdexcept>
#include <utility>

namespace zenoo_rpc::detail {

namespace {

/// Returns the index under which an OpenSSL context stores its TlsClient.
int owner_index() {
    static int const index = SSL_CTX_get_ex_new_index(0, nullptr, nullptr, nullptr, nullptr);
    return index;
}

void trust(SSL_CTX* context, std::string const& ca_file) {
    if (ca_file.empty()) {
        SSL_CTX_set_default_verify_paths(context);
    } else if (SSL_CTX_load_verify_file(context, ca_file.c_str()) != 1) {
        throw std::invalid_argument{"TlsOptions::ca_file: cannot read certificates from \"" + ca_file
                                    + "\": " + openssl_error_text()};
    }
}

bool is_address(std::string const& host) {
    std::unique_ptr<ASN1_OCTET_STRING, FreedBy<&ASN1_OCTET_STRING_free>> const address{a2i_IPADDRESS(host.c_str())};
    ERR_clear_error();
    return address != nullptr;
}

void require(long done) {
    if (done != 1) throw std::runtime_error{"TLS: " + openssl_error_text()};
}

}  // namespace

TlsClient::TlsClient(TlsOptions const& options, std::string host)
    : host_{std::move(host)}, host_is_address_{is_address(host_)}, context_{SSL_CTX_new(TLS_client_method())} {
    if (!context_) throw std::bad_alloc{};
    SSL_CTX* const context = context_.get();
    require(SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION));
    SSL_CTX_set_options(context, SSL_OP_NO_RENEGOTIATION);
    SSL_CTX_set_verify(context, SSL_VERIFY_PEER, nullptr);
    trust(context, options.ca_file);
    SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_CLIENT | SSL_SESS_CACHE_NO_INTERNAL);
    SSL_CTX_sess_set_new_cb(context, &TlsClient::take_session);
    require(SSL_CTX_set_ex_data(context, owner_index(), this));
}

SslHandle TlsClient::new_connection() {
    SslHandle connection{SSL_new(context_.get())};
    if (!connection) throw std::bad_alloc{};
    if (host_is_address_) {
        require(X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(connection.get()), host_.c_str()));
    } else {
        SSL_set_hostflags(connection.get(), X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
        require(SSL_set1_host(connection.get(), host_.c_str()));
        require(SSL_set_tlsext_host_name(connection.get(), host_.c_str()));
    }
    std::scoped_lock lock{mutex_};
    // A copy for each: a connection writes into its session, even while others resume it.
    SslSessionHandle const own{session_ ? SSL_SESSION_dup(session_.get()) : nullptr};
    if (own) SSL_set_session(connection.get(), own.get());
    return connection;
}

int TlsClient::take_session(SSL* connection, SSL_SESSION* session) {
    auto* const self = static_cast<TlsClient*>(SSL_CTX_get_ex_data(SSL_get_SSL_CTX(connection), owner_index()));
    SslSessionHandle newest{SSL_SESSION_dup(session)};
    std::scoped_lock lock{self->mutex_};
    self->session_.swap(newest);
    return 0;  // the connection keeps the original
}

std::string TlsClient::why_refused(SSL const* connection, unsigned long error) const {
    long const verification = SSL_get_verify_result(connection);
    switch (verification) {
        case X509_V_OK: break;
        case X509_V_ERR_HOSTNAME_MISMATCH:
        case X509_V_ERR_IP_ADDRESS_MISMATCH: return "its certificate is not valid for host " + host_;
        case X509_V_ERR_CERT_HAS_EXPIRED: return "its certificate has expired";
        case X509_V_ERR_CERT_NOT_YET_VALID: return "its certificate is not valid yet";
        case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT:
        case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN:
        case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
        case X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
        case X509_V_ERR_CERT_SIGNATURE_FAILURE:
            return std::string{"its certificate is not signed by a trusted authority ("}
                   + X509_verify_cert_error_string(verification)
                   + "): to trust it, set TlsOptions::ca_file to the certificate of its authority";
        default: return std::string{"its certificate was rejected: "} + X509_verify_cert_error_string(verification);
    }
    int const reason = ERR_GET_REASON(error);
    bool const is_tls = ERR_GET_LIB(error) == ERR_LIB_SSL;
    if (is_tls && reason == SSL_R_WRONG_VERSION_NUMBER) return "it does not use TLS on this port";
    if (is_tls && (reason == SSL_R_UNSUPPORTED_PROTOCOL || reason == SSL_R_TLSV1_ALERT_PROTOCOL_VERSION)) {
        return "it does not support TLS 1.2 or later";
    }
    return "the handshake failed";
}

}  // namespace zenoo_rpc::detail
