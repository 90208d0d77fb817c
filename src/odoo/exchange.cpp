// SPDX-License-Identifier: BSL-1.0
#include "odoo/exchange.hpp"

#include "odoo/answer_reader.hpp"
#include "odoo/complaint.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/deferred.hpp>
#include <boost/asio/error.hpp>
#include <boost/beast/http/error.hpp>

#include <algorithm>
#include <exception>
#include <tuple>

namespace http = boost::beast::http;

namespace zenoo_rpc::detail {

namespace {

constexpr auto as_result = asio::as_tuple(asio::deferred);

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

Connection::Buffers Exchange::rest() const {
    auto const of_head = std::min(sent, head.size());
    return {asio::buffer(head) + of_head, asio::buffer(request.body) + (sent - of_head)};
}

namespace {

Failure not_sent_in_full(error_code error, Exchange const& exchange) {
    return broken(error, exchange.delivery(), "the connection broke while the request was sent");
}

}  // namespace

std::optional<Result<void>> send_now(Exchange& exchange) {
    error_code error;
    exchange.sent += exchange.connection->write_now(exchange.rest(), error);
    if (error && error != asio::error::would_block) return not_sent_in_full(error, exchange);
    return exchange.is_sent() ? std::optional{Result<void>{}} : std::nullopt;
}

asio::awaitable<Result<void>> send(Exchange& exchange) {
    while (!exchange.is_sent()) {
        error_code error;
        auto const written = co_await exchange.connection->write_some(exchange.rest(), error);
        exchange.sent += written;
        if (error) co_return not_sent_in_full(error, exchange);
    }
    co_return Result<void>{};
}

asio::awaitable<Result<HttpResponse>> receive(Exchange& exchange, HttpLimits const& limits) {
    Connection& connection = *exchange.connection;
    AnswerReader reader{limits, connection.received};
    for (;;) {
        error_code error;
        std::size_t size = 0;
        if (connection.tls) {
            size = co_await connection.tls->read_some(reader.space(), error);
        } else {
            std::tie(error, size) = co_await connection.socket.async_read_some(reader.space(), as_result);
        }
        bool const at_end = error == asio::error::eof;
        if (!error || at_end) {
            if (reader.take(size, at_end, error)) {
                exchange.connection_is_reusable = !at_end && exchange.is_sent() && reader.keeps_connection();
                co_return reader.release();
            }
        }
        if (error) co_return broken(error, exchange.delivery(), why_unreadable(error, limits));
    }
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

}  // namespace zenoo_rpc::detail
