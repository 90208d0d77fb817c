// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_SRC_ODOO_HTTP_EXCHANGE_HPP
#define ZENOO_RPC_SRC_ODOO_HTTP_EXCHANGE_HPP

#include "odoo/http/connection.hpp"
#include "odoo/http/open_exchanges.hpp"
#include "odoo/support/secret.hpp"

#include <zenoo_rpc/async/operation.hpp>
#include <zenoo_rpc/core/failure.hpp>
#include <zenoo_rpc/odoo/http_limits.hpp>
#include <zenoo_rpc/odoo/http_message.hpp>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/buffer.hpp>

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace zenoo_rpc::detail {

/// One request in progress, with how much of it was sent: failures report that.
struct Exchange {
    Exchange(OpenExchanges& all, HttpRequest const& request_, TimePoint deadline_)
        : open{all}, request{request_}, deadline{deadline_} {}
    Exchange(Exchange const&) = delete;
    Exchange& operator=(Exchange const&) = delete;
    ~Exchange() {
        if (connection) disconnect();
        wipe(text);
    }

    /// Composes `text`, including the server's `lines`.
    void begin(std::string_view lines);

    void disconnect() {
        open.use(nullptr);
        connection.reset();
    }

    bool is_sent() const noexcept { return sent > 0 && sent == text.size() + body.size(); }
    Delivery delivery() const noexcept { return is_sent() ? Delivery::unknown : Delivery::not_sent; }
    /// Returns the bytes not sent yet.
    Connection::Buffers remaining() const;

    OpenExchange open;
    HttpRequest const& request;
    TimePoint const deadline;
    std::unique_ptr<Connection> connection = nullptr;
    std::string text = {};       ///< the head, and a small body: one buffer is sent faster than two
    std::string_view body = {};  ///< a body that is not in `text`
    std::size_t sent = 0;
};

/// Writes as much of the request as the system accepts without waiting: usually all of it. Returns false if the
/// connection was lost.
bool send_now(Exchange& exchange);
/// Writes the remaining bytes, waiting while the system has no room for them.
asio::awaitable<Result<void>> send_remaining(Exchange& exchange);

/// Returns the failure for an I/O error or an invalid response; `operation_aborted` becomes a cancellation.
Failure broken(error_code error, Delivery delivery, std::string what);
/// Returns the failure for an error while reading the response.
Failure unreadable(error_code error, Delivery delivery, HttpLimits const& limits);
Failure cancelled(Delivery delivery);
/// Returns the failure of a closed client: a cancellation, so that it is not retried.
Failure closed(Delivery delivery);
/// Returns the failure of an exchange that threw `failure`.
Failure thrown(Failure failure, Delivery delivery);
/// Returns the failure of an exchange that stopped, by itself or because it was interrupted. An interruption takes
/// precedence over the connection error that it causes.
Failure why_stopped(Failure const& stopped, Exchange const& exchange, bool is_cancelled, Duration limit);

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_SRC_ODOO_HTTP_EXCHANGE_HPP
