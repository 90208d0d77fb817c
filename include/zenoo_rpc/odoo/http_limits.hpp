// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_ODOO_HTTP_LIMITS_HPP
#define ZENOO_RPC_ODOO_HTTP_LIMITS_HPP

#include <zenoo_rpc/core/clock.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>

namespace zenoo_rpc {

/// What an `HttpTransport` takes upon itself at most.
struct HttpLimits {
    Duration connect_timeout = std::chrono::seconds{10};  ///< address, all connections tried, TLS: all together
    std::size_t answer_size = 256u << 20;                 ///< bytes of a body; a larger one is a `ProtocolError`
    std::uint32_t header_size = 64u << 10;                ///< bytes of status line and headers
    std::size_t max_concurrency = 32;                     ///< exchanges at a time; the others wait in line
    std::size_t max_waiting = 10'000;                     ///< in line; more are refused
    std::size_t idle_connections = 32;                    ///< kept open for later at most; 0: each is used once
    Duration idle_timeout = std::chrono::seconds{4};      ///< an older one is not used again
};

}  // namespace zenoo_rpc

#endif  // ZENOO_RPC_ODOO_HTTP_LIMITS_HPP
