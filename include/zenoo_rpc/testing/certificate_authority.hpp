// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_TESTING_CERTIFICATE_AUTHORITY_HPP
#define ZENOO_RPC_TESTING_CERTIFICATE_AUTHORITY_HPP

#include <memory>
#include <string>

namespace zenoo_rpc::testing {

/// The certificate and private key of a TLS server, as PEM.
struct TlsIdentity {
    std::string certificate;
    std::string key;
};

/// Signs certificates for test servers. Its key is generated in memory; certificates are valid for one day.
class CertificateAuthority {
public:
    CertificateAuthority();
    ~CertificateAuthority();
    CertificateAuthority(CertificateAuthority const&) = delete;
    CertificateAuthority& operator=(CertificateAuthority const&) = delete;

    /// Returns the authority's own certificate as PEM, for the file named by `TlsOptions::ca_file`.
    std::string certificate() const;

    /// Issues a certificate for the host name or IP address `host`.
    TlsIdentity issue(std::string const& host) const;
    /// Issues a certificate for `host` that expired yesterday.
    TlsIdentity issue_expired(std::string const& host) const;
    /// Issues a certificate for `host` that becomes valid tomorrow.
    TlsIdentity issue_early(std::string const& host) const;
    /// Creates a self-signed certificate for `host`.
    static TlsIdentity self_signed(std::string const& host);

private:
    struct Signer;
    std::unique_ptr<Signer> signer_;
};

}  // namespace zenoo_rpc::testing

#endif  // ZENOO_RPC_TESTING_CERTIFICATE_AUTHORITY_HPP
