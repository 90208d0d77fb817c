// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_ODOO_TRANSPORT_HPP
#define ZENOO_RPC_ODOO_TRANSPORT_HPP

#include <zenoo_rpc/async/detail/coroutine_warnings.hpp>
#include <zenoo_rpc/async/operation.hpp>
#include <zenoo_rpc/core/clock.hpp>
#include <zenoo_rpc/odoo/http_message.hpp>

#include <boost/asio/awaitable.hpp>

ZENOO_RPC_COROUTINES_BEGIN
namespace zenoo_rpc {

/// Connection of a client to its server: sends one request, and receives one response.
///
/// Threads: exchanges may run concurrently.
class Transport {
public:
    Transport() = default;
    Transport(Transport const&) = delete;
    Transport& operator=(Transport const&) = delete;
    virtual ~Transport() = default;

    /// Sends the request and returns the response. Any complete response is a success, whatever its status. The
    /// delivery of a failure says how far the request got: `not_sent` until the last byte of its body was written,
    /// `unknown` from then on.
    ///
    /// Cancellation: terminal, partial and total; ends with a failure of code `operation_aborted` and the delivery
    /// reached.
    virtual asio::awaitable<Result<HttpResponse>> exchange(HttpRequest request) = 0;

    /// Sends the request and returns the response within `limit`; otherwise ends with `TimeoutError` and the delivery
    /// reached. By default cancels `exchange` at the limit; override it where that can be done at lower cost.
    virtual asio::awaitable<Result<HttpResponse>> exchange_within(Duration limit, HttpRequest request);

    /// Starts no more exchanges, and releases its resources when those under way have ended, at the latest after
    /// `grace` or when this is cancelled; either ends them as if they were cancelled. Does nothing by default.
    virtual asio::awaitable<void> close(Duration grace) {
        static_cast<void>(grace);
        co_return;
    }
};

}  // namespace zenoo_rpc
ZENOO_RPC_COROUTINES_END

#endif  // ZENOO_RPC_ODOO_TRANSPORT_HPP
