// SPDX-License-Identifier: BSL-1.0
#include "testing/server/tls_server.hpp"

#include <openssl/bio.h>
#include <openssl/pem.h>

#include <new>
#include <stdexcept>

namespace zenoo_rpc::testing {

namespace {

using Bio = std::unique_ptr<BIO, detail::FreedBy<&BIO_free_all>>;

Bio reading(std::string const& text) { return Bio{BIO_new_mem_buf(text.data(), static_cast<int>(text.size()))}; }

}  // namespace

TlsServer::TlsServer(TlsIdentity const& identity) : context_{SSL_CTX_new(TLS_server_method())} {
    if (!context_) throw std::bad_alloc{};
    std::unique_ptr<X509, detail::FreedBy<&X509_free>> const certificate{
        PEM_read_bio_X509(reading(identity.certificate).get(), nullptr, nullptr, nullptr)};
    std::unique_ptr<EVP_PKEY, detail::FreedBy<&EVP_PKEY_free>> const key{
        PEM_read_bio_PrivateKey(reading(identity.key).get(), nullptr, nullptr, nullptr)};
    bool const is_usable = certificate && key && SSL_CTX_use_certificate(context_.get(), certificate.get()) == 1
                           && SSL_CTX_use_PrivateKey(context_.get(), key.get()) == 1;
    if (!is_usable) throw std::invalid_argument{"unusable certificate or key: " + detail::openssl_error_text()};
}

detail::SslHandle TlsServer::new_connection() const {
    detail::SslHandle connection{SSL_new(context_.get())};
    if (!connection) throw std::bad_alloc{};
    return connection;
}

}  // namespace zenoo_rpc::testing
