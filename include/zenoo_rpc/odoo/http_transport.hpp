// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_ODOO_HTTP_TRANSPORT_HPP
#define ZENOO_RPC_ODOO_HTTP_TRANSPORT_HPP

#include <zenoo_rpc/odoo/transport.hpp>
#include <zenoo_rpc/odoo/url.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>

namespace zenoo_rpc {

struct HttpLimits {
    Duration connect_timeout = std::chrono::seconds{10};  ///< finding the address, and all addresses together
    std::size_t answer_size = 256u << 20;                 ///< bytes of a body; a larger one is a `ProtocolError`
    std::uint32_t header_size = 64u << 10;                ///< bytes of status line and headers
};

/// HTTP/1.1 over plain TCP, with a connection of its own for each exchange: Odoo closes it after each answer anyhow,
/// and one that is open but idle blocks a worker.
///
/// Redirects are answers like any other. Addresses of a name are tried in their order, each for its share of
/// `connect_timeout`, and remembered until none of them can be reached. A failure to connect is a `NetworkError`,
/// `TimeoutError` if it took too long.
///
/// Cancellation: an exchange ends at once, even while a name is looked up. That goes on unheard, since the operating
/// system cannot interrupt it, and keeps the execution context busy until it is done.
/// Threads: safe to share.
class HttpTransport final : public Transport {
public:
    explicit HttpTransport(ServerAddress address, HttpLimits limits = {});
    ~HttpTransport() override;

    asio::awaitable<Result<HttpResponse>> exchange(HttpRequest request) override;

private:
    struct Shared;
    std::shared_ptr<Shared> shared_;  // with exchanges under way
};

}  // namespace zenoo_rpc

#endif  // ZENOO_RPC_ODOO_HTTP_TRANSPORT_HPP
