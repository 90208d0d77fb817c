// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_TESTING_CERTIFICATE_AUTHORITY_HPP
#define ZENOO_RPC_TESTING_CERTIFICATE_AUTHORITY_HPP

#include <memory>
#include <string>

namespace zenoo_rpc::testing {

/// What a TLS server shows of itself, as PEM.
struct TlsIdentity {
    std::string certificate;
    std::string key;
};

/// Signs certificates for the servers of a test: made anew in memory, valid for a day.
class CertificateAuthority {
public:
    CertificateAuthority();
    ~CertificateAuthority();
    CertificateAuthority(CertificateAuthority const&) = delete;
    CertificateAuthority& operator=(CertificateAuthority const&) = delete;

    /// Its own certificate as PEM, for the file that `TlsOptions::ca_file` names.
    std::string certificate() const;

    /// For a server of that name or address.
    TlsIdentity issue(std::string const& host) const;
    /// The same, but its time was over yesterday.
    TlsIdentity issue_expired(std::string const& host) const;
    /// The same, but its time begins tomorrow.
    TlsIdentity issue_early(std::string const& host) const;
    /// Signed by nobody else.
    static TlsIdentity self_signed(std::string const& host);

private:
    struct Signer;
    std::unique_ptr<Signer> signer_;
};

}  // namespace zenoo_rpc::testing

#endif  // ZENOO_RPC_TESTING_CERTIFICATE_AUTHORITY_HPP
