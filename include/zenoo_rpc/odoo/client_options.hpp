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

/// Protocol to speak with the server.
enum class Protocol {
    automatic,  ///< JSON-RPC with a password; with an API key, the server is asked once whether it speaks JSON-2
    json_rpc,   ///< `/jsonrpc`, Odoo 16 to 21; with a password or an API key
    json2,      ///< `/json/2`, Odoo 19 and later; accepts API keys only
};

/// Certificate authorities to trust. Rejected unless the address is `https`.
///
/// Requires TLS 1.2 or later. A certificate must be valid, signed by a trusted authority and issued for the host of the
/// address; these checks cannot be switched off. For certificates that you sign yourself, name the file of your own
/// authority.
struct TlsOptions {
    std::string ca_file{};  ///< PEM file of the only trusted authorities; empty: those of the system
};

/// Options of a `ZenooClient`.
struct ClientOptions {
    std::uint16_t port = 0;  ///< 0: port of the URL or of its scheme; 8069 for a bare host
    Protocol protocol = Protocol::automatic;
    Duration connect_timeout = std::chrono::seconds{10};
    /// Limit of one attempt, including connecting. Odoo itself retries conflicting transactions for up to 30 s (19) or
    /// 105 s (16): a lower limit causes unknown outcomes.
    Duration request_timeout = std::chrono::seconds{150};
    /// Sends the language and time zone that the user has chosen with each call, as the web client does. They are read
    /// at login; `with_context` and a call's own context take precedence.
    bool user_context = true;
    std::size_t max_response_size = 256u << 20;  ///< bytes of a response; a larger one is a `ProtocolError`
    TlsOptions tls{};                            ///< authorities to trust at an `https` address
    std::size_t max_concurrency = 32;            ///< concurrent calls; more are queued, which leaves workers to others
    std::size_t max_queued = 10'000;             ///< queued calls; more are rejected, not sent
    std::size_t idle_connections = 32;  ///< connections kept open if the server offers it; 0: each is used once
};

/// Health of a server.
struct ServerHealth {
    bool is_reachable = false;                        ///< an Odoo server responds
    std::optional<bool> has_database = std::nullopt;  ///< it reaches PostgreSQL; not reported before Odoo 19
    Failure failure = {};                             ///< reason why it is not reachable

    /// Returns true unless a problem is known.
    explicit operator bool() const noexcept { return is_reachable && has_database.value_or(true); }
};

/// Receives the traceback of a server error, with the name of the call. It contains code and data of the server: keep
/// it out of logs that others read. The secret of the session is removed.
using TracebackObserver = std::function<void(std::string_view call, std::string_view traceback)>;

}  // namespace zenoo_rpc

#endif  // ZENOO_RPC_ODOO_CLIENT_OPTIONS_HPP
