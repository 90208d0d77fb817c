// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_SRC_TESTING_SERVER_FAULTY_SERVER_HPP
#define ZENOO_RPC_SRC_TESTING_SERVER_FAULTY_SERVER_HPP

#include <zenoo_rpc/odoo/http_message.hpp>
#include <zenoo_rpc/testing/certificate_authority.hpp>
#include <zenoo_rpc/testing/fault.hpp>

#include <cstdint>
#include <exception>
#include <memory>
#include <optional>

namespace zenoo_rpc::testing {

/// Produces the responses of a FaultyServer. Called on the server's thread.
class Responder {
public:
    virtual Fault next_fault() = 0;
    virtual HttpResponse respond(HttpRequest const& request, Fault const& fault) = 0;
    virtual void database_down(bool down) = 0;
    /// Reports an error that the server cannot handle.
    virtual void failed(std::exception_ptr error) = 0;

protected:
    ~Responder() = default;
};

struct FaultyServerOptions {
    std::uint16_t port = 0;  ///< 0: the system chooses
    bool keep_alive = false;
    bool prefork = false;  ///< HTTP/1.0
    std::optional<TlsIdentity> tls{};
};

/// An HTTP server on 127.0.0.1 with a thread of its own that injects faults into its connections.
///
/// Listens once constructed. The destructor closes all connections.
class FaultyServer {
public:
    FaultyServer(Responder& responder, FaultyServerOptions const& options);
    ~FaultyServer();
    FaultyServer(FaultyServer const&) = delete;
    FaultyServer& operator=(FaultyServer const&) = delete;

    std::uint16_t port() const noexcept;

private:
    class Worker;

    std::unique_ptr<Worker> worker_;
};

}  // namespace zenoo_rpc::testing

#endif  // ZENOO_RPC_SRC_TESTING_SERVER_FAULTY_SERVER_HPP
