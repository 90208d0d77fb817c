// SPDX-License-Identifier: BSL-1.0
#include "odoo/http/exchange.hpp"

#include "odoo/http/http_head.hpp"
#include "odoo/support/complaint.hpp"

#include <zenoo_rpc/async/detail/interruption.hpp>

#include <boost/asio/error.hpp>
#include <boost/beast/http/error.hpp>

#include <algorithm>
#include <exception>

namespace http = boost::beast::http;

namespace zenoo_rpc::detail {

namespace {

std::string why_unreadable(error_code error, HttpLimits const& limits) {
    if (error == http::error::body_limit)
        return "the answer has more than " + std::to_string(limits.answer_size) + " bytes";
    if (error == http::error::header_limit)
        return "the headers have more than " + std::to_string(limits.header_size) + " bytes";
    if (error == http::error::end_of_stream) return "the server closed the connection without an answer";
    if (error == http::error::partial_message) return "the answer was cut off";
    if (meaning_of(error).classes == ErrorClass::protocol) return "the answer is not HTTP";
    return "the connection broke before the answer was complete";
}

}  // namespace

void Exchange::begin(std::string_view lines) {
    bool const is_small = request.body.size() <= 4096;
    text = http_head(request, lines, is_small ? request.body.size() : 0);
    if (is_small) {
        text += request.body;
    } else {
        body = request.body;
    }
}

Connection::Buffers Exchange::rest() const {
    auto const of_text = std::min(sent, text.size());
    return {asio::buffer(text) + of_text, asio::buffer(body) + (sent - of_text)};
}

bool send_now(Exchange& exchange) {
    error_code error;
    exchange.sent += exchange.connection->write_now(exchange.rest(), error);
    return !error || error == asio::error::would_block;
}

asio::awaitable<Result<void>> send_rest(Exchange& exchange) {
    while (!exchange.is_sent()) {
        error_code error;
        auto const written = co_await exchange.connection->write_some(exchange.rest(), error);
        exchange.sent += written;
        if (error) {
            co_return broken(error, exchange.delivery(), "the connection broke while the request was sent");
        }
    }
    co_return Result<void>{};
}

Failure unreadable(error_code error, Delivery delivery, HttpLimits const& limits) {
    return broken(error, delivery, why_unreadable(error, limits));
}

Failure broken(error_code error, Delivery delivery, std::string what) {
    if (error == asio::error::operation_aborted) return cancelled(delivery);
    bool const is_nonsense = meaning_of(error).classes == ErrorClass::protocol;
    Complaint complaint{.code = is_nonsense ? Errc::protocol_error : Errc::network_error, .what = std::move(what)};
    complaint.delivery = delivery;
    complaint.cause = error;
    return as_failure(std::move(complaint));
}

Failure cancelled(Delivery delivery) {
    ZenooError error{make_error_code(asio::error::operation_aborted), "cancelled"};
    error.delivery(delivery);
    return Failure{std::make_exception_ptr(std::move(error))};
}

Failure closed(Delivery delivery) {
    ZenooError error{make_error_code(asio::error::operation_aborted), "the client was closed"};
    error.delivery(delivery);
    return Failure{std::make_exception_ptr(std::move(error))};
}

Failure thrown(Failure failure, Delivery delivery) {
    if (failure.cancelled()) return cancelled(delivery);
    failure.delivery(delivery);
    return failure;
}

Failure why_stopped(Failure const& stopped, Exchange const& exchange, bool is_cancelled, Duration limit) {
    auto const why = exchange.open.interruption();
    if (why == Interruption::closed) return closed(exchange.delivery());
    bool const is_late = why == Interruption::out_of_time && !is_cancelled;
    bool const is_own = !stopped.cancelled() && !stopped.transient();
    return is_late && !is_own ? timed_out_with(cancelled(exchange.delivery()), limit) : stopped;
}

}  // namespace zenoo_rpc::detail
