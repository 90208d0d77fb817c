// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_ODOO_CLIENT_OPTIONS_HPP
#define ZENOO_RPC_ODOO_CLIENT_OPTIONS_HPP

#include <zenoo_rpc/core/clock.hpp>
#include <zenoo_rpc/core/failure.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace zenoo_rpc {

/// How to speak with the server.
enum class Protocol {
    automatic,  ///< JSON-RPC with a password; with an API key, the server is asked once whether it speaks JSON-2
    json_rpc,   ///< `/jsonrpc`, Odoo 16 to 21; with a password or an API key
    json2,      ///< `/json/2`, Odoo 19 and later; takes nothing but API keys
};

/// Whom to believe that a server is who it says. For `https` addresses alone; given for any other they are refused.
///
/// TLS 1.2 at least. A certificate must be valid, be signed by a trusted authority and name the host of the address;
/// that can't be switched off: whoever signs his own certificates names the file of his authority.
struct TlsOptions {
    std::string ca_file{};  ///< PEM, of the only trusted authorities; empty: those of the system
};

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

/// How a server says it is.
struct ServerHealth {
    bool is_reachable = false;                        ///< an Odoo answers
    std::optional<bool> has_database = std::nullopt;  ///< whether it reaches PostgreSQL; before Odoo 19 it does not say
    Failure failure = {};                             ///< why it is not reachable

    /// True if nothing is known to be wrong.
    explicit operator bool() const noexcept { return is_reachable && has_database.value_or(true); }
};

/// Receives what the server says for its developers, with the name of the call: its code and its data are in there, so
/// it belongs into no log that others read. The secret of the session is taken out.
using TracebackObserver = std::function<void(std::string_view call, std::string_view traceback)>;

}  // namespace zenoo_rpc

#endif  // ZENOO_RPC_ODOO_CLIENT_OPTIONS_HPP
