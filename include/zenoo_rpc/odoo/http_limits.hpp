// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_ODOO_HTTP_LIMITS_HPP
#define ZENOO_RPC_ODOO_HTTP_LIMITS_HPP

#include <zenoo_rpc/core/clock.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>

namespace zenoo_rpc {

/// Limits of an `HttpTransport`.
struct HttpLimits {
    /// Limit for name lookup, all connection attempts and TLS together.
    Duration connect_timeout = std::chrono::seconds{10};
    /// Maximum size of a body, in bytes; a larger one is a `ProtocolError`.
    std::size_t max_response_size = 256u << 20;
    std::uint32_t header_size = 64u << 10;            ///< maximum size of status line and headers, in bytes
    std::size_t max_concurrency = 32;                 ///< maximum number of concurrent exchanges; the others are queued
    std::size_t max_queued = 10'000;                  ///< maximum number of queued exchanges; more are rejected
    std::size_t idle_connections = 32;                ///< connections kept open for reuse; 0: each is used once
    Duration idle_timeout = std::chrono::seconds{4};  ///< a connection idle for longer is not reused
};

}  // namespace zenoo_rpc

#endif  // ZENOO_RPC_ODOO_HTTP_LIMITS_HPP
