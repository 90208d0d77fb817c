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
#include <string>
#include <utility>

namespace zenoo_rpc::detail {

/// One request on its way: how far it got is what a failure must say.
struct Exchange {
    Exchange(Traffic& traffic, HttpRequest const& request_, TimePoint deadline_)
        : visit{traffic}, request{request_}, deadline{deadline_} {}
    Exchange(Exchange const&) = delete;
    Exchange& operator=(Exchange const&) = delete;
    ~Exchange() {
        if (connection) disconnect();
        wipe(head);
    }

    void disconnect() {
        visit.uses(nullptr);
        connection.reset();
    }

    bool is_sent() const noexcept { return sent > 0 && sent == head.size() + request.body.size(); }
    Delivery delivery() const noexcept { return is_sent() ? Delivery::unknown : Delivery::not_sent; }
    /// What is left to send, the head and the body in one write as long as possible.
    Connection::Buffers rest() const;

    Traffic::Visit visit;
    HttpRequest const& request;
    TimePoint const deadline;
    std::unique_ptr<Connection> connection = nullptr;
    std::string head = {};
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

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_SRC_ODOO_EXCHANGE_HPP
