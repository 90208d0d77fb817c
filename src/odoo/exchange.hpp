// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_SRC_ODOO_EXCHANGE_HPP
#define ZENOO_RPC_SRC_ODOO_EXCHANGE_HPP

#include "odoo/connection.hpp"
#include "odoo/secret.hpp"
#include "odoo/traffic.hpp"

#include <zenoo_rpc/core/failure.hpp>
#include <zenoo_rpc/odoo/http_message.hpp>
#include <zenoo_rpc/odoo/http_transport.hpp>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/buffer.hpp>

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <utility>

namespace zenoo_rpc::detail {

/// One request on its way: how far it got is what a failure must say.
struct Exchange {
    Exchange(Traffic& traffic, TimePoint deadline_) : visit{traffic}, deadline{deadline_} {}
    Exchange(Exchange const&) = delete;
    Exchange& operator=(Exchange const&) = delete;
    ~Exchange() {
        visit.uses(nullptr);
        wipe(request);
        wipe(head);
    }

    bool is_sent() const noexcept { return sent > 0 && sent == head.size() + request.body.size(); }
    Delivery delivery() const noexcept { return is_sent() ? Delivery::unknown : Delivery::not_sent; }
    /// What is left to send, the head and the body in one write as long as possible.
    Connection::Buffers rest() const;

    Traffic::Visit visit;
    TimePoint const deadline;
    std::unique_ptr<Connection> connection;
    std::string head;
    HttpRequest request;
    std::size_t sent = 0;
    bool connection_is_reusable = false;  ///< the answer was complete, and its server keeps the connection open
};

/// Writes the request to its connection, and waits where the system has no room for it.
asio::awaitable<Result<void>> send(Exchange& exchange);
/// The same without waiting, which is all that most requests take. Nothing if there is more to be sent.
std::optional<Result<void>> send_now(Exchange& exchange);
/// Reads the answer.
asio::awaitable<Result<HttpResponse>> receive(Exchange& exchange, HttpLimits const& limits);

/// What a broken connection, or an answer that is none, is called.
Failure broken(error_code error, Delivery delivery, std::string what);
Failure cancelled(Delivery delivery);

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_SRC_ODOO_EXCHANGE_HPP
