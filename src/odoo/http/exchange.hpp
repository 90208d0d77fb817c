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

/// One request on its way: how far it got is what a failure must say.
struct Exchange {
    Exchange(OpenExchanges& all, HttpRequest const& request_, TimePoint deadline_)
        : open{all}, request{request_}, deadline{deadline_} {}
    Exchange(Exchange const&) = delete;
    Exchange& operator=(Exchange const&) = delete;
    ~Exchange() {
        if (connection) disconnect();
        wipe(text);
    }

    /// Writes the text, of which the server's `lines` are a part.
    void begin(std::string_view lines);

    void disconnect() {
        open.use(nullptr);
        connection.reset();
    }

    bool is_sent() const noexcept { return sent > 0 && sent == text.size() + body.size(); }
    Delivery delivery() const noexcept { return is_sent() ? Delivery::unknown : Delivery::not_sent; }
    /// What is left to send.
    Connection::Buffers rest() const;

    OpenExchange open;
    HttpRequest const& request;
    TimePoint const deadline;
    std::unique_ptr<Connection> connection = nullptr;
    std::string text = {};  ///< the head, and the body if that is small: one piece of memory is sent faster than two
    std::string_view body = {};  ///< if it is not in the text
    std::size_t sent = 0;
};

/// Writes what the system takes of the request without waiting, which of most is all. False if the connection broke.
bool send_now(Exchange& exchange);
/// Writes the rest, and waits where the system has no room for it.
asio::awaitable<Result<void>> send_rest(Exchange& exchange);

/// What a broken connection, or an answer that is none, is called.
Failure broken(error_code error, Delivery delivery, std::string what);
/// The same of what broke while the answer was read.
Failure unreadable(error_code error, Delivery delivery, HttpLimits const& limits);
Failure cancelled(Delivery delivery);
/// As if it was cancelled, so that nobody tries again.
Failure closed(Delivery delivery);
/// What an exchange ends with that threw.
Failure thrown(Failure failure, Delivery delivery);
/// The same of one that stopped, by itself or because it was interrupted; what the interruption made of the
/// connection is no failure of its own.
Failure why_stopped(Failure const& stopped, Exchange const& exchange, bool is_cancelled, Duration limit);

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_SRC_ODOO_HTTP_EXCHANGE_HPP
