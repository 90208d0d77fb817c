// SPDX-License-Identifier: BSL-1.0
#include "odoo/fixtures/loopback.hpp"
#include "support/catch.hpp"
#include "support/run.hpp"
#include "support/temporary_file.hpp"
#include "support/tls_peer.hpp"

#include <zenoo_rpc/exceptions.hpp>
#include <zenoo_rpc/odoo/client.hpp>
#include <zenoo_rpc/testing/odoo_simulator.hpp>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_future.hpp>

#include <cstdlib>
#include <dlfcn.h>
#include <netdb.h>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>

using namespace zenoo_rpc;
using namespace std::chrono_literals;
using tests::contains;
using tests::TemporaryFile;
using tests::TlsPeer;

namespace {

HttpRequest some_request() {
    HttpRequest request;
    request.target = "/jsonrpc";
    request.body = "{}";
    return request;
}

/// A certificate authority, and the file with which clients trust it.
struct Trusted {
    testing::CertificateAuthority authority;
    TemporaryFile file{authority.certificate()};
    TlsOptions options{file.path()};
};

Result<HttpResponse> exchange(HttpTransport& transport) {
    asio::io_context io;
    auto response = asio::co_spawn(io, transport.exchange(some_request()), asio::use_future);
    io.run();
    return response.get();
}

Result<HttpResponse> exchange(std::uint16_t port, TlsOptions const& options, std::string const& host = "127.0.0.1") {
    HttpTransport transport{{host, port, "", true}, {}, options};
    return exchange(transport);
}

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

TEST_CASE("a client logs in and creates records over TLS, with and without kept connections") {
    bool const keep_alive = GENERATE(false, true);
    Trusted const trusted;
    testing::OdooSimulator odoo{{.keep_alive = keep_alive, .tls = trusted.authority.issue("127.0.0.1")}};
    CHECK(odoo.url().starts_with("https://127.0.0.1:"));

    asio::io_context io;
    ZenooClient client{io.get_executor(), odoo.url(), {.tls = trusted.options}};
    auto work = [&]() -> asio::awaitable<RecordId> {
        co_await client.login("odoo19", "admin", "admin");
        Values const ada = values("name", "Ada");
        co_await client.create("res.partner", ada);
        co_return co_await client.create("res.partner", ada);
    };
    auto id = asio::co_spawn(io, work(), asio::use_future);
    io.run();
    CHECK(id.get() > 0);
    CHECK(odoo.stats().created.at("res.partner") == 2);
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

TEST_CASE("the handshake sends the server name but no address") {
    Trusted const trusted;
    TlsPeer by_name{trusted.authority.issue("localhost"), {}};
    CHECK(exchange(by_name.port(), trusted.options, "localhost").value().status == 200);
    CHECK(by_name.seen().front().server_name == "localhost");

    TlsPeer by_address{trusted.authority.issue("127.0.0.1"), {}};
    CHECK(exchange(by_address.port(), trusted.options).value().status == 200);
    CHECK(by_address.seen().front().server_name.empty());
}

TEST_CASE("the next connection resumes the TLS session of the last") {
    int const newest = GENERATE(TLS1_2_VERSION, TLS1_3_VERSION);
    Trusted const trusted;
    TlsPeer peer{trusted.authority.issue("127.0.0.1"), {.connections = 3, .newest = newest}};
    HttpTransport transport{{"127.0.0.1", peer.port(), "", true}, {}, trusted.options};
    for (int i = 0; i < 3; ++i) CHECK(exchange(transport).value().body == "{}");
    auto const& seen = peer.seen();
    CHECK_FALSE(seen[0].resumed);
    CHECK(seen[1].resumed);
    CHECK(seen[2].resumed);
}

TEST_CASE("a TLS connection is kept and reused") {
    int const newest = GENERATE(TLS1_2_VERSION, TLS1_3_VERSION);
    Trusted const trusted;
    TlsPeer::Rules rules{.requests = 3, .newest = newest};
    rules.response = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}";
    TlsPeer peer{trusted.authority.issue("127.0.0.1"), rules};
    HttpTransport transport{{"127.0.0.1", peer.port(), "", true}, {}, trusted.options};
    int successes = 0;
    auto work = [&]() -> asio::awaitable<void> {
        for (int i = 0; i < 3; ++i) {
            Result<HttpResponse> const response = co_await transport.exchange(some_request());
            successes += response.has_value();
        }
    };
    asio::io_context io;
    asio::co_spawn(io, work(), asio::detached);
    io.run();
    CHECK(successes == 3);
    auto const& seen = peer.seen();
    REQUIRE(seen.size() == 1);
    CHECK(contains(seen.front().record, "POST /jsonrpc"));  // head and body are one
    CHECK(seen.front().record.ends_with("\r\n\r\n{}"));
}

TEST_CASE("a server that supports only TLS 1.1 or no TLS is rejected") {
    Trusted const trusted;
    TlsPeer old{trusted.authority.issue("127.0.0.1"), {.newest = TLS1_1_VERSION}};
    Failure const outdated = exchange(old.port(), trusted.options).error();
    CHECK(contains(outdated.what(), "does not support TLS 1.2 or later"));
    CHECK(outdated.delivery() == Delivery::not_sent);

    testing::OdooSimulator plain;
    Failure const none = exchange(plain.port(), trusted.options).error();
    CHECK(contains(none.what(), "does not use TLS on this port"));
    CHECK(none.delivery() == Delivery::not_sent);
}

TEST_CASE("a TLS renegotiation requested by the server is refused with an alert") {
    Trusted const trusted;
    TlsPeer peer{trusted.authority.issue("127.0.0.1"), {.newest = TLS1_2_VERSION, .asks_anew = true}};
    CHECK(exchange(peer.port(), trusted.options).value().status == 200);
    CHECK(peer.seen().front().reply == SSL3_RT_ALERT);
}

TEST_CASE("a response that ends with its connection is complete only after a TLS close_notify") {
    bool const says_goodbye = GENERATE(true, false);
    Trusted const trusted;
    TlsPeer::Rules rules;
    rules.response = "HTTP/1.1 200 OK\r\n\r\nuntil the end";
    rules.says_goodbye = says_goodbye;
    TlsPeer peer{trusted.authority.issue("127.0.0.1"), rules};
    Result<HttpResponse> const response = exchange(peer.port(), trusted.options);
    CHECK(response.has_value() == says_goodbye);
    if (response.has_error()) CHECK(response.error().delivery() == Delivery::unknown);
}

TEST_CASE("a ca_file without certificates is rejected at once, and so is any for an address without TLS") {
    TemporaryFile const nonsense{"no certificate"};
    for (auto const& path : {nonsense.path(), std::string{"/no/such/file"}}) {
        CHECK_THROWS_WITH((HttpTransport{{"127.0.0.1", 443, "", true}, {}, {path}}),
                          Catch::Matchers::Contains(path) && Catch::Matchers::Contains("TlsOptions::ca_file"));
    }
    asio::io_context io;
    CHECK_THROWS_AS((ZenooClient{io.get_executor(), "http://127.0.0.1", {.tls = {nonsense.path()}}}),
                    std::invalid_argument);
}

TEST_CASE("a request counts as not sent if its handshake is cancelled or times out") {
    auto const type =
        GENERATE(asio::cancellation_type::terminal, asio::cancellation_type::partial, asio::cancellation_type::total);
    tests::World world;
    tests::tcp::acceptor silent{world.io, tests::tcp::endpoint{asio::ip::address_v4::loopback(), 0}};
    HttpTransport transport{{"127.0.0.1", silent.local_endpoint().port(), "", true}};
    auto running = world.start(transport.exchange(some_request()));
    SECTION("cancelled") {
        world.time.advance(1s);
        REQUIRE_FALSE(running.ended());
        running.cancel(type);
        world.time.advance(0s);
        REQUIRE(running.ended());
        CHECK(running.outcome().value->error().cancelled());
    }
    SECTION("too long") {
        world.time.advance(10s);
        REQUIRE(running.ended());
        CHECK(running.outcome().value->error().is<TimeoutError>());
    }
    CHECK(running.outcome().value->error().delivery() == Delivery::not_sent);
}

TEST_CASE("a cancellation signal may be destroyed before the context with a pending handshake") {
    asio::io_context io;
    tests::tcp::acceptor silent{io, tests::tcp::endpoint{asio::ip::address_v4::loopback(), 0}};
    HttpTransport transport{{"127.0.0.1", silent.local_endpoint().port(), "", true}};
    bool ended = false;
    {
        asio::cancellation_signal stop;
        auto exchange = transport.exchange(some_request());
        asio::co_spawn(io, std::move(exchange),
                       asio::bind_cancellation_slot(stop.slot(), [&](auto const&...) { ended = true; }));
        for (int i = 0; i < 50; ++i) {
            io.restart();
            io.poll();
        }
    }
    CHECK_FALSE(ended);
}

TEST_CASE("a request that is cancelled after it was sent over TLS has an unknown outcome") {
    auto const type =
        GENERATE(asio::cancellation_type::terminal, asio::cancellation_type::partial, asio::cancellation_type::total);
    Trusted const trusted;
    testing::OdooSimulator odoo{{.tls = trusted.authority.issue("127.0.0.1")}};
    odoo.script(testing::Fault::delay_response(1h));
    tests::Loopback loopback;
    loopback.use({"127.0.0.1", odoo.port(), "", true}, trusted.options);
    auto request = some_request();
    request.headers.add("Content-Type", "application/json");
    request.body = R"({"id":1,"params":{"service":"common","method":"version","args":[]}})";
    loopback.start(std::move(request));
    std::thread client{[&] { loopback.run(); }};
    odoo.wait_for_calls(1);
    asio::post(loopback.io, [&] { loopback.cancel(type); });
    client.join();
    CHECK(loopback.result->error().cancelled());
    CHECK(loopback.result->error().delivery() == Delivery::unknown);
}
