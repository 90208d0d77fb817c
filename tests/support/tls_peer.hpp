// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_TESTS_SUPPORT_TLS_PEER_HPP
#define ZENOO_RPC_TESTS_SUPPORT_TLS_PEER_HPP

#include <zenoo_rpc/testing/certificate_authority.hpp>

#include <boost/asio/buffer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <openssl/bio.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace zenoo_rpc::tests {

/// A TLS server with blocking calls, on a thread of its own: serves a fixed number of connections, and records their
/// handshakes.
class TlsPeer {
public:
    struct Seen {
        bool shook_hands = false;
        bool resumed = false;
        std::string server_name;  ///< name requested by the client
        std::string record;       ///< last record received
        int reply = 0;            ///< type of the TLS record sent in reply to a renegotiation request
    };
    struct Rules {
        int connections = 1;
        int requests = 1;             ///< requests per connection
        int newest = TLS1_3_VERSION;  ///< highest protocol version
        std::string response = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}";
        bool says_goodbye = true;  ///< sends close_notify before closing the connection
        bool asks_anew = false;    ///< requests renegotiation before it responds
    };

    TlsPeer(testing::TlsIdentity const& identity, Rules rules) : rules_{std::move(rules)} {
        context_.reset(SSL_CTX_new(TLS_server_method()));
        std::unique_ptr<BIO, decltype(&BIO_free_all)> const certificate{text(identity.certificate), &BIO_free_all};
        std::unique_ptr<BIO, decltype(&BIO_free_all)> const key{text(identity.key), &BIO_free_all};
        X509* const shown = PEM_read_bio_X509(certificate.get(), nullptr, nullptr, nullptr);
        EVP_PKEY* const secret = PEM_read_bio_PrivateKey(key.get(), nullptr, nullptr, nullptr);
        SSL_CTX_use_certificate(context_.get(), shown);
        SSL_CTX_use_PrivateKey(context_.get(), secret);
        X509_free(shown);
        EVP_PKEY_free(secret);
        SSL_CTX_set_security_level(context_.get(), 0);  // otherwise TLS 1.1 is disabled
        SSL_CTX_set_min_proto_version(context_.get(), TLS1_VERSION);
        SSL_CTX_set_max_proto_version(context_.get(), rules_.newest);
        thread_ = std::thread{[this] {
            for (int i = 0; i < rules_.connections; ++i) serve();
        }};
    }
    ~TlsPeer() {
        if (thread_.joinable()) thread_.join();
    }

    std::uint16_t port() const { return acceptor_.local_endpoint().port(); }
    /// Waits until all connections have been served.
    std::vector<Seen> const& seen() {
        thread_.join();
        return seen_;
    }

private:
    static BIO* text(std::string const& pem) { return BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())); }

    void serve() {
        boost::asio::ip::tcp::socket socket{io_};
        acceptor_.accept(socket);
        std::unique_ptr<SSL, decltype(&SSL_free)> const tls{SSL_new(context_.get()), &SSL_free};
        SSL_set_fd(tls.get(), socket.native_handle());
        Seen seen;
        seen.shook_hands = SSL_accept(tls.get()) == 1;
        if (char const* name = SSL_get_servername(tls.get(), TLSEXT_NAMETYPE_host_name)) seen.server_name = name;
        seen.resumed = SSL_session_reused(tls.get()) == 1;
        seen_.push_back(seen);
        if (!seen.shook_hands) return;
        for (int i = 0; i < rules_.requests; ++i) {
            char request[4096];
            int const size = SSL_read(tls.get(), request, sizeof request);
            seen_.back().record.assign(request, static_cast<std::size_t>(std::max(size, 0)));
            if (rules_.asks_anew) {
                SSL_renegotiate(tls.get());
                SSL_do_handshake(tls.get());
                std::array<unsigned char, 1> type{};
                boost::asio::read(socket, boost::asio::buffer(type));
                seen_.back().reply = type[0];
            }
            SSL_write(tls.get(), rules_.response.data(), static_cast<int>(rules_.response.size()));
        }
        if (rules_.says_goodbye) SSL_shutdown(tls.get());
    }

    Rules rules_;
    std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> context_{nullptr, &SSL_CTX_free};
    boost::asio::io_context io_;
    boost::asio::ip::tcp::acceptor acceptor_{
        io_, boost::asio::ip::tcp::endpoint{boost::asio::ip::address_v4::loopback(), 0}};
    std::vector<Seen> seen_;
    std::thread thread_;
};

}  // namespace zenoo_rpc::tests

#endif  // ZENOO_RPC_TESTS_SUPPORT_TLS_PEER_HPP
