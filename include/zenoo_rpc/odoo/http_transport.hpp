// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_ODOO_HTTP_TRANSPORT_HPP
#define ZENOO_RPC_ODOO_HTTP_TRANSPORT_HPP

#include <zenoo_rpc/odoo/client_options.hpp>
#include <zenoo_rpc/odoo/http_limits.hpp>
#include <zenoo_rpc/odoo/transport.hpp>
#include <zenoo_rpc/odoo/url.hpp>

#include <memory>

namespace zenoo_rpc {

/// HTTP/1.1 over TCP or TLS. A connection is used again only if the server offered it by its last answer, as proxies
/// do: Odoo itself closes after each answer, and one that is open but idle would block a worker.
///
/// Redirects are answers like any other. Addresses of a name are tried in their order, each for its share of
/// `connect_timeout`, and remembered until none of them can be reached. A failure to connect is a `NetworkError`,
/// `TimeoutError` if it took too long. One that waits in line was not sent. Nothing is ever sent twice: a request
/// that was written to a kept connection just when the server closed it has an unknown outcome.
///
/// Cancellation: an exchange ends at once, in line too, and even while a name is looked up, as it does when its time is
/// up. The lookup goes on unheard, since the operating system cannot interrupt it, and keeps the execution context busy
/// until it is done.
/// Threads: safe to share. Each exchange runs on the executor of its coroutine, and its connection is used by it alone.
class HttpTransport final : public Transport {
public:
    /// Throws `std::invalid_argument` for limits or TLS options that are of no use.
    explicit HttpTransport(ServerAddress address, HttpLimits limits = {}, TlsOptions const& tls = {});
    ~HttpTransport() override;

    asio::awaitable<Result<HttpResponse>> exchange(HttpRequest request) override;
    asio::awaitable<Result<HttpResponse>> exchange_within(Duration limit, HttpRequest request) override;

    /// Refuses new exchanges, lets those under way end for at most `grace`, then ends them as if they were cancelled.
    /// Afterwards no connection is open.
    asio::awaitable<void> close(Duration grace) override;

private:
    struct Shared;
    std::shared_ptr<Shared> shared_;  // with exchanges under way
};

}  // namespace zenoo_rpc

#endif  // ZENOO_RPC_ODOO_HTTP_TRANSPORT_HPP
