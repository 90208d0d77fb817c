// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_ODOO_HTTP_TRANSPORT_HPP
#define ZENOO_RPC_ODOO_HTTP_TRANSPORT_HPP

#include <zenoo_rpc/odoo/client_options.hpp>
#include <zenoo_rpc/odoo/http_limits.hpp>
#include <zenoo_rpc/odoo/transport.hpp>
#include <zenoo_rpc/odoo/url.hpp>

#include <memory>

namespace zenoo_rpc {

/// HTTP/1.1 over TCP or TLS. A connection is reused only if the server offered it in its last response, as proxies do:
/// Odoo itself closes after each response, and an open but idle connection would block a worker.
///
/// Redirects are returned like any other response. The addresses of a name are tried in order, each for its share of
/// `connect_timeout`, and remembered until none of them can be reached. A failure to connect is a `NetworkError`, or a
/// `TimeoutError` if it took too long. A queued request has not been sent. Nothing is ever sent twice: a request that
/// was written to a reused connection just as the server closed it has an unknown outcome.
///
/// Cancellation: an exchange ends at once, even while it is queued or a name is looked up; so it does when its time
/// limit expires. The lookup itself continues, since the operating system cannot interrupt it, and keeps the execution
/// context busy until it is done.
/// Threads: safe to share. Each exchange runs on the executor of its coroutine and has a connection to itself.
class HttpTransport final : public Transport {
public:
    /// Throws `std::invalid_argument` for unusable limits or TLS options.
    explicit HttpTransport(ServerAddress address, HttpLimits limits = {}, TlsOptions const& tls = {});
    ~HttpTransport() override;

    asio::awaitable<Result<HttpResponse>> exchange(HttpRequest request) override;
    asio::awaitable<Result<HttpResponse>> exchange_within(Duration limit, HttpRequest request) override;

    /// Rejects new exchanges, waits at most `grace` for those under way, then ends them as if they were cancelled.
    /// Afterwards no connection is open.
    asio::awaitable<void> close(Duration grace) override;

private:
    struct Shared;
    std::shared_ptr<Shared> shared_;  // with the exchanges under way
};

}  // namespace zenoo_rpc

#endif  // ZENOO_RPC_ODOO_HTTP_TRANSPORT_HPP
