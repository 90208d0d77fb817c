// SPDX-License-Identifier: BSL-1.0
#include "odoo/fixtures/tls_exchange.hpp"
#include "support/catch.hpp"
#include "support/run.hpp"
#include "support/temporary_file.hpp"
#include "support/tls_peer.hpp"

#include <zenoo_rpc/exceptions.hpp>
#include <zenoo_rpc/odoo/client.hpp>
#include <zenoo_rpc/testing/certificate_authority.hpp>

#include <boost/asio/io_context.hpp>

#include <cstdlib>
#include <dlfcn.h>
#include <netdb.h>
#include <stdexcept>
#include <string>
#include <string_view>

using namespace zenoo_rpc;
using tests::contains;
using tests::exchange;
using tests::TemporaryFile;
using tests::TlsPeer;
using tests::Trusted;

namespace {

/// Returns why a client with `options` rejects a server that presents `identity`.
Failure refusal(testing::TlsIdentity const& identity, TlsOptions const& options,
                std::string const& host = "127.0.0.1") {
    TlsPeer peer{identity, {}};
    Result<HttpResponse> const response = exchange(peer.port(), options, host);
    REQUIRE(response.has_error());
    Failure const failure = response.error();
    CHECK(failure.is<NetworkError>());
    CHECK_FALSE(failure.transient());
    CHECK(failure.delivery() == Delivery::not_sent);
    CHECK_FALSE(peer.seen().front().shook_hands);
    return failure;
}

}  // namespace

/// Replaces the function of the C library: names below example.test resolve to this machine.
extern "C" int getaddrinfo(char const* host, char const* service, addrinfo const* hints, addrinfo** found) {
    static auto* const system = reinterpret_cast<decltype(&getaddrinfo)>(dlsym(RTLD_NEXT, "getaddrinfo"));
    bool const is_here = host && std::string_view{host}.ends_with(".example.test");
    return system(is_here ? "127.0.0.1" : host, service, hints, found);
}

TEST_CASE("an invalid certificate is rejected with the reason") {
    Trusted const trusted;
    testing::CertificateAuthority const stranger;
    CHECK(contains(refusal(trusted.authority.issue("127.0.0.2"), trusted.options).what(),
                   "its certificate is not valid for host 127.0.0.1"));
    CHECK(contains(refusal(trusted.authority.issue("other.example"), trusted.options, "localhost").what(),
                   "its certificate is not valid for host localhost"));
    CHECK(contains(refusal(trusted.authority.issue_expired("127.0.0.1"), trusted.options).what(),
                   "its certificate has expired"));
    CHECK(contains(refusal(trusted.authority.issue_early("127.0.0.1"), trusted.options).what(),
                   "its certificate is not valid yet"));
    for (auto const& identity :
         {testing::CertificateAuthority::self_signed("127.0.0.1"), stranger.issue("127.0.0.1")}) {
        auto const failure = refusal(identity, trusted.options);
        CHECK(contains(failure.what(), "not signed by a trusted authority"));
        CHECK(contains(failure.what(), "TlsOptions::ca_file"));
    }
    CHECK(contains(refusal(stranger.issue("127.0.0.1"), {}).what(), "not signed by a trusted authority"));
}

TEST_CASE("a wildcard in a certificate matches a whole label of a name and no part of one") {
    Trusted const trusted;
    TlsPeer whole{trusted.authority.issue("*.example.test"), {}};
    CHECK(exchange(whole.port(), trusted.options, "www.example.test").value().status == 200);
    CHECK(contains(refusal(trusted.authority.issue("w*.example.test"), trusted.options, "www.example.test").what(),
                   "its certificate is not valid for host www.example.test"));
}

TEST_CASE("a certificate for a name does not match an address and vice versa") {
    Trusted const trusted;
    refusal(trusted.authority.issue("localhost"), trusted.options, "127.0.0.1");
    refusal(trusted.authority.issue("127.0.0.1"), trusted.options, "localhost");
}

TEST_CASE("a self-signed certificate is trusted if ca_file names it") {
    auto const identity = testing::CertificateAuthority::self_signed("127.0.0.1");
    TemporaryFile const file{identity.certificate};
    TlsPeer peer{identity, {}};
    CHECK(exchange(peer.port(), {file.path()}).value().status == 200);
}

TEST_CASE("a client without ca_file trusts the authorities of the system") {
    Trusted const trusted;
    setenv("SSL_CERT_FILE", trusted.file.path().c_str(), 1);  // OpenSSL uses it as the system's authorities
    TlsPeer peer{trusted.authority.issue("127.0.0.1"), {}};
    CHECK(exchange(peer.port(), {}).value().status == 200);
    unsetenv("SSL_CERT_FILE");
}

TEST_CASE("a ca_file without certificates is rejected at once, and so is any for an address without TLS") {
    TemporaryFile const nonsense{"no certificate"};
    for (auto const& path : {nonsense.path(), std::string{"/no/such/file"}}) {
        CHECK_THROWS_WITH(
            (HttpTransport{{"127.0.0.1", 443, "", true}, {}, {path}}),
            Catch::Matchers::ContainsSubstring(path) && Catch::Matchers::ContainsSubstring("TlsOptions::ca_file"));
    }
    asio::io_context io;
    CHECK_THROWS_AS((ZenooClient{io.get_executor(), "http://127.0.0.1", {.tls = {nonsense.path()}}}),
                    std::invalid_argument);
}
