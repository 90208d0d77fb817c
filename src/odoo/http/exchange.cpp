// SPDX-License-Identifier: BSL-1.0
#include "odoo/http/exchange.hpp"

#include "odoo/http/http_head.hpp"
#include "odoo/support/error_info.hpp"

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
        return "the response is larger than " + std::to_string(limits.max_response_size) + " bytes";
    if (error == http::error::header_limit)
        return "the response headers are larger than " + std::to_string(limits.header_size) + " bytes";
    if (error == http::error::end_of_stream) return "the server closed the connection without a response";
    if (error == http::error::partial_message) return "the response was truncated";
    if (meaning_of(error).classes == ErrorClass::protocol) return "the response is not valid HTTP";
    return "the connection was lost before the response was complete";
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

Connection::Buffers Exchange::remaining() const {
    auto const of_text = std::min(sent, text.size());
    return {asio::buffer(text) + of_text, asio::buffer(body) + (sent - of_text)};
}

bool send_now(Exchange& exchange) {
    error_code error;
    exchange.sent += exchange.connection->write_now(exchange.remaining(), error);
    return !error || error == asio::error::would_block;
}

asio::awaitable<Result<void>> send_remaining(Exchange& exchange) {
    while (!exchange.is_sent()) {
        error_code error;
        auto const written = co_await exchange.connection->write_some(exchange.remaining(), error);
        exchange.sent += written;
        if (error) {
            co_return broken(error, exchange.delivery(), "the connection was lost while the request was being sent");
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
    ErrorInfo error_info{.code = is_nonsense ? Errc::protocol_error : Errc::network_error, .what = std::move(what)};
    error_info.delivery = delivery;
    error_info.cause = error;
    return make_failure(std::move(error_info));
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
