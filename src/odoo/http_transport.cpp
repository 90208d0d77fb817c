// SPDX-License-Identifier: BSL-1.0
#include "odoo/complaint.hpp"
#include "odoo/http_head.hpp"
#include "odoo/name_lookup.hpp"
#include "odoo/secret.hpp"

#include <zenoo_rpc/async/timeout.hpp>
#include <zenoo_rpc/core/duration_text.hpp>
#include <zenoo_rpc/odoo/http_transport.hpp>

#include <boost/asio/buffer.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>

#include <algorithm>
#include <array>
#include <exception>
#include <optional>
#include <string>
#include <utility>

namespace http = boost::beast::http;

namespace zenoo_rpc {

namespace {

using asio::ip::tcp;

constexpr std::size_t piece = 64u << 10;  // read at a time

/// One request on its way: how far it got is what a failure must say.
struct Exchange {
    explicit Exchange(asio::any_io_executor const& executor) : socket{executor} {}
    Exchange(Exchange const&) = delete;
    Exchange& operator=(Exchange const&) = delete;
    ~Exchange() { detail::wipe(request.body); }  // it has the password in it

    bool is_sent() const noexcept { return sent > 0 && sent == head.size() + request.body.size(); }
    Delivery delivery() const noexcept { return is_sent() ? Delivery::unknown : Delivery::not_sent; }

    /// What is left to send, the head and the body in one write as long as possible.
    std::array<asio::const_buffer, 2> rest() const {
        auto const of_head = std::min(sent, head.size());
        return {asio::buffer(head) + of_head, asio::buffer(request.body) + (sent - of_head)};
    }

    tcp::socket socket;
    std::string head;
    HttpRequest request;
    std::size_t sent = 0;
};

Failure failure(Errc code, error_code cause, Delivery delivery, std::string what) {
    detail::Complaint complaint{.code = code, .what = std::move(what), .delivery = delivery};
    complaint.cause = cause;
    return detail::as_failure(std::move(complaint));
}

Failure cancelled(Delivery delivery) {
    ZenooError error{make_error_code(asio::error::operation_aborted), "cancelled"};
    error.delivery(delivery);
    return Failure{std::make_exception_ptr(std::move(error))};
}

Failure broken(error_code error, Delivery delivery, std::string what) {
    if (error == asio::error::operation_aborted) return cancelled(delivery);
    bool const is_nonsense = meaning_of(error).classes == ErrorClass::protocol;
    return failure(is_nonsense ? Errc::protocol_error : Errc::network_error, error, delivery, std::move(what));
}

/// An operation for `timeout`: connects to one address.
asio::awaitable<Result<void>> connect(tcp::socket& socket, tcp::endpoint endpoint, std::string server) {
    error_code error;
    co_await socket.async_connect(endpoint, asio::redirect_error(asio::use_awaitable, error));
    if (error) co_return broken(error, Delivery::not_sent, "cannot connect to " + server);
    socket.set_option(tcp::no_delay{true}, error);  // a delay is all that would come of its failure
    co_return Result<void>{};
}

asio::awaitable<Result<void>> send(Exchange& exchange) {
    while (!exchange.is_sent()) {
        error_code error;
        auto const written = co_await exchange.socket.async_write_some(
            exchange.rest(), asio::redirect_error(asio::use_awaitable, error));
        exchange.sent += written;
        if (error) co_return broken(error, exchange.delivery(), "the connection broke while the request was sent");
    }
    co_return Result<void>{};
}

HttpResponse as_response(http::response<http::string_body>&& message) {
    HttpResponse response;
    response.status = static_cast<int>(message.result_int());
    for (auto const& header : message) {
        response.headers.push_back({std::string{header.name_string()}, std::string{header.value()}});
    }
    response.body = std::move(message.body());
    return response;
}

/// The answer, out of the pieces that it comes in.
class AnswerReader {
public:
    explicit AnswerReader(HttpLimits const& limits) : limits_{limits} { start(); }

    boost::asio::mutable_buffer space() { return buffer_.prepare(piece); }

    /// Takes in `size` more bytes, or the end of the stream. True if the answer is complete.
    bool take(std::size_t size, bool at_end, error_code& error) {
        buffer_.commit(size);
        while (!parser_->is_done() && buffer_.size() > 0) {
            auto const used = parser_->put(buffer_.data(), error);
            buffer_.consume(used);
            if (error == http::error::need_more || (!error && used == 0)) break;
            if (error) return false;
            if (parser_->is_done() && is_interim()) start();
        }
        error = {};
        if (at_end && !parser_->is_done()) end(error);
        return parser_->is_done() && !error;
    }

    HttpResponse release() { return as_response(parser_->release()); }

private:
    void start() {
        parser_.emplace();
        parser_->eager(true);
        parser_->body_limit(limits_.answer_size);
        parser_->header_limit(limits_.header_size);
    }
    void end(error_code& error) {
        error = http::error::end_of_stream;
        if (parser_->got_some()) parser_->put_eof(error);
    }
    /// 100 and 103 come before the answer proper; a proxy may send them unasked.
    bool is_interim() const { return parser_->get().result_int() < 200 && parser_->get().result_int() != 101; }

    HttpLimits const& limits_;
    boost::beast::flat_buffer buffer_;
    std::optional<http::response_parser<http::string_body>> parser_;
};

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

asio::awaitable<Result<HttpResponse>> receive(Exchange& exchange, HttpLimits const& limits) {
    AnswerReader reader{limits};
    for (;;) {
        error_code error;
        auto const size =
            co_await exchange.socket.async_read_some(reader.space(), asio::redirect_error(asio::use_awaitable, error));
        bool const at_end = error == asio::error::eof;
        if (!error || at_end) {
            if (reader.take(size, at_end, error)) co_return reader.release();
        }
        if (error) co_return broken(error, exchange.delivery(), why_unreadable(error, limits));
    }
}

}  // namespace

struct HttpTransport::Shared {
    Shared(ServerAddress address, HttpLimits limits_) : server{std::move(address)}, limits{limits_}, names{server} {
        detail::check_each(detail::NotNegative{"HttpLimits::connect_timeout", limits.connect_timeout});
    }

    asio::awaitable<Result<detail::Endpoints>> find() {
        auto found = co_await names.endpoints();
        if (found) co_return std::move(*found);
        co_return broken(found.error(), Delivery::not_sent, "cannot find the address of " + server.host);
    }

    Failure in_time(Failure reason) const {
        if (!reason.is<TimeoutError>()) return reason;
        auto text = "no connection to " + server.text() + " within " + detail::in_seconds(limits.connect_timeout);
        return failure(Errc::timed_out, {}, Delivery::not_sent, std::move(text));
    }

    /// Each address gets its share of the time that is left, so that the last is tried whatever the first ones do.
    asio::awaitable<Result<void>> reach(tcp::socket& socket) {
        auto& time = TimeService::of(co_await asio::this_coro::executor);
        auto const deadline = saturating_add(time.now(), limits.connect_timeout);

        auto find_addresses = [&] { return find(); };
        auto const searched_in_time = timeout(limits.connect_timeout);
        Result<detail::Endpoints> const found = co_await searched_in_time(find_addresses);
        if (!found) co_return in_time(found.error());

        Failure last;
        auto untried = static_cast<int>(found->size());
        for (auto const& endpoint : *found) {
            error_code ignored;
            socket.close(ignored);
            auto connect_once = [&] { return connect(socket, endpoint, server.text()); };
            auto const share = time_left(time.now(), deadline) / untried--;
            auto const connected_in_time = timeout(share);
            Result<void> const connected = co_await connected_in_time(connect_once);
            if (connected) co_return connected;
            last = connected.error();
            if (last.cancelled()) co_return last;
        }
        names.forget();
        co_return in_time(last);
    }

    asio::awaitable<Result<HttpResponse>> carry(Exchange& exchange) {
        Result<void> const reached = co_await reach(exchange.socket);
        if (!reached) co_return reached.error();
        Result<void> const sent = co_await send(exchange);
        if (!sent && sent.error().cancelled()) co_return sent.error();
        // A server that has had enough before the end says so, and closes: 413, for one.
        Result<HttpResponse> answer = co_await receive(exchange, limits);
        if (!answer && !sent) co_return sent.error();
        co_return answer;
    }

    static asio::awaitable<Result<HttpResponse>> run(std::shared_ptr<Shared> self, HttpRequest request) {
        detail::WipedAtEnd const wiped{request.body};
        auto const executor = co_await asio::this_coro::executor;
        Exchange exchange{executor};
        Failure stopped;
        try {
            exchange.head = detail::http_head(request, self->server);
            exchange.request = std::move(request);
            co_return co_await self->carry(exchange);
        } catch (std::exception const& error) {
            stopped = Failure{std::current_exception(), error};
        }
        if (stopped.cancelled()) co_return cancelled(exchange.delivery());
        stopped.delivery(exchange.delivery());
        co_return stopped;
    }

    ServerAddress const server;
    HttpLimits const limits;
    detail::NameLookup names;
};

HttpTransport::HttpTransport(ServerAddress address, HttpLimits limits)
    : shared_{std::make_shared<Shared>(std::move(address), limits)} {}

HttpTransport::~HttpTransport() = default;

asio::awaitable<Result<HttpResponse>> HttpTransport::exchange(HttpRequest request) {
    return Shared::run(shared_, std::move(request));
}

}  // namespace zenoo_rpc
