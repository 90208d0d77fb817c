// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_ODOO_CLIENT_OPTIONS_HPP
#define ZENOO_RPC_ODOO_CLIENT_OPTIONS_HPP

#include <zenoo_rpc/core/clock.hpp>
#include <zenoo_rpc/odoo/protocol.hpp>
#include <zenoo_rpc/odoo/tls_options.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>

namespace zenoo_rpc {

struct ClientOptions {
    std::uint16_t port = 0;  ///< 0: the URL's, or its scheme's; 8069 for a bare host
    Protocol protocol = Protocol::automatic;
    Duration connect_timeout = std::chrono::seconds{10};
    /// Of one attempt, connecting included. Odoo itself repeats what collides, for up to 30 s (19) or 105 s (16): a
    /// limit below that makes unknown outcomes.
    Duration request_timeout = std::chrono::seconds{150};
    /// Whether calls carry what the user has chosen, language and time zone, as in the web client. It is asked for at
    /// login; `with_context` and a call's own context have the last word.
    bool user_context = true;
    std::size_t answer_size = 256u << 20;  ///< bytes of an answer; a larger one is a `ProtocolError`
    TlsOptions tls{};                      ///< whom to trust at an `https` address
    std::size_t max_concurrency = 32;      ///< calls at a time, so that a server's workers are left to others too
    std::size_t max_waiting = 10'000;      ///< calls in line behind those; more are refused, not sent
    std::size_t idle_connections = 32;     ///< kept open at most, where the server offers it; 0: each is used once
};

}  // namespace zenoo_rpc

#endif  // ZENOO_RPC_ODOO_CLIENT_OPTIONS_HPP
