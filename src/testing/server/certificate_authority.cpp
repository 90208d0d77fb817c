// SPDX-License-Identifier: BSL-1.0
#include "odoo/http/openssl_handles.hpp"

#include <zenoo_rpc/testing/certificate_authority.hpp>

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <cstdint>
#include <stdexcept>
#include <utility>

namespace zenoo_rpc::testing {

namespace {

using detail::FreedBy;
using Key = std::unique_ptr<EVP_PKEY, FreedBy<&EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, FreedBy<&X509_free>>;
using Address = std::unique_ptr<ASN1_OCTET_STRING, FreedBy<&ASN1_OCTET_STRING_free>>;
using Bio = std::unique_ptr<BIO, FreedBy<&BIO_free_all>>;
using Extension = std::unique_ptr<X509_EXTENSION, FreedBy<&X509_EXTENSION_free>>;

constexpr long day = 24 * 60 * 60;

/// Seconds from now.
struct Validity {
    long from = -60;
    long until = day;
};

template <class T>
T require(T done) {
    if (!done) throw std::runtime_error{"cannot create a certificate: " + detail::openssl_error_text()};
    return done;
}

template <class Write>
std::string pem(Write write) {
    Bio const memory{require(BIO_new(BIO_s_mem()))};
    require(write(memory.get()));
    char* text = nullptr;
    auto const size = BIO_get_mem_data(memory.get(), &text);
    return {text, static_cast<std::size_t>(size)};
}

std::string pem(X509* certificate) {
    return pem([&](BIO* to) { return PEM_write_bio_X509(to, certificate); });
}
std::string pem(EVP_PKEY* key) {
    return pem([&](BIO* to) { return PEM_write_bio_PrivateKey(to, key, nullptr, nullptr, 0, nullptr, nullptr); });
}

Key new_key() { return Key{require(EVP_EC_gen("P-256"))}; }

void add_extension(X509* certificate, int kind, std::string const& value) {
    Extension const extension{require(X509V3_EXT_conf_nid(nullptr, nullptr, kind, value.c_str()))};
    require(X509_add_ext(certificate, extension.get(), -1));
}

std::uint64_t random_number() {
    std::uint64_t number = 0;
    require(RAND_bytes(reinterpret_cast<unsigned char*>(&number), sizeof number) == 1);
    return number >> 1;
}

/// Returns an unsigned certificate.
Certificate new_certificate(EVP_PKEY* key, std::string const& name, Validity const& validity) {
    Certificate certificate{require(X509_new())};
    X509* const made = certificate.get();
    require(X509_set_version(made, X509_VERSION_3));
    require(ASN1_INTEGER_set_uint64(X509_get_serialNumber(made), random_number()));
    require(X509_gmtime_adj(X509_getm_notBefore(made), validity.from));
    require(X509_gmtime_adj(X509_getm_notAfter(made), validity.until));
    require(X509_set_pubkey(made, key));
    auto const* text = reinterpret_cast<unsigned char const*>(name.c_str());
    require(X509_NAME_add_entry_by_txt(X509_get_subject_name(made), "CN", MBSTRING_UTF8, text, -1, -1, 0));
    return certificate;
}

void name_host(X509* certificate, std::string const& host) {
    Address const address{a2i_IPADDRESS(host.c_str())};
    add_extension(certificate, NID_subject_alt_name, (address ? "IP:" : "DNS:") + host);
}

}  // namespace

struct CertificateAuthority::Signer {
    Key key = new_key();
    Certificate certificate = new_certificate(key.get(), "Test authority " + std::to_string(random_number()), {});

    TlsIdentity issue(std::string const& host, Validity const& validity) const {
        Key const its_key = new_key();
        Certificate const its = new_certificate(its_key.get(), host, validity);
        name_host(its.get(), host);
        require(X509_set_issuer_name(its.get(), X509_get_subject_name(certificate.get())));
        require(X509_sign(its.get(), key.get(), EVP_sha256()));
        return {pem(its.get()), pem(its_key.get())};
    }
};

CertificateAuthority::CertificateAuthority() : signer_{std::make_unique<Signer>()} {
    X509* const certificate = signer_->certificate.get();
    add_extension(certificate, NID_basic_constraints, "critical,CA:TRUE");
    require(X509_set_issuer_name(certificate, X509_get_subject_name(certificate)));
    require(X509_sign(certificate, signer_->key.get(), EVP_sha256()));
}

CertificateAuthority::~CertificateAuthority() = default;

std::string CertificateAuthority::certificate() const { return pem(signer_->certificate.get()); }

TlsIdentity CertificateAuthority::issue(std::string const& host) const { return signer_->issue(host, {}); }

TlsIdentity CertificateAuthority::issue_expired(std::string const& host) const {
    return signer_->issue(host, {.from = -2 * day, .until = -day});
}

TlsIdentity CertificateAuthority::issue_early(std::string const& host) const {
    return signer_->issue(host, {.from = day, .until = 2 * day});
}

TlsIdentity CertificateAuthority::self_signed(std::string const& host) {
    Key const key = new_key();
    Certificate const certificate = new_certificate(key.get(), host, {});
    name_host(certificate.get(), host);
    require(X509_set_issuer_name(certificate.get(), X509_get_subject_name(certificate.get())));
    require(X509_sign(certificate.get(), key.get(), EVP_sha256()));
    return {pem(certificate.get()), pem(key.get())};
}

}  // namespace zenoo_rpc::testing
