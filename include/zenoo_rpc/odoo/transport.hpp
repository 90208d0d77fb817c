// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_ODOO_TRANSPORT_HPP
#define ZENOO_RPC_ODOO_TRANSPORT_HPP

#include <zenoo_rpc/async/operation.hpp>
#include <zenoo_rpc/core/clock.hpp>
#include <zenoo_rpc/odoo/http_message.hpp>

#include <boost/asio/awaitable.hpp>

namespace zenoo_rpc {

/// What a client needs of the world: one request out, one answer in.
///
/// Threads: exchanges may run concurrently.
class Transport {
public:
    Transport() = default;
    Transport(Transport const&) = delete;
    Transport& operator=(Transport const&) = delete;
    virtual ~Transport() = default;

    /// Any complete answer is a success, whatever its status. A failure says by its delivery how far the request
    /// got: `not_sent` until the last byte of its body was written, `unknown` from then on.
    ///
    /// Cancellation: terminal, partial and total; ends with a failure of code `operation_aborted` and the delivery
    /// that was reached.
    virtual asio::awaitable<Result<HttpResponse>> exchange(HttpRequest request) = 0;

    /// The same for at most `limit`; what takes longer ends with `TimeoutError` and the delivery that was reached. By
    /// default the limit cancels `exchange`: to be overridden by what can do it with less.
    virtual asio::awaitable<Result<HttpResponse>> exchange_within(Duration limit, HttpRequest request);

    /// Begins no more exchanges, and gives up what it holds: once those under way have ended, at the latest after
    /// `grace` or when it is cancelled, which ends them as if they were cancelled. By default there is nothing to do.
    virtual asio::awaitable<void> close(Duration grace) {
        static_cast<void>(grace);
        co_return;
    }
};

}  // namespace zenoo_rpc

#endif  // ZENOO_RPC_ODOO_TRANSPORT_HPP
