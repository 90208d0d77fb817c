// SPDX-License-Identifier: BSL-1.0
#include "odoo/http/connection_pool.hpp"
#include "odoo/http/exchange.hpp"
#include "odoo/http/http_head.hpp"
#include "odoo/http/innermost.hpp"
#include "odoo/http/resolver.hpp"
#include "odoo/http/time_limit.hpp"
#include "odoo/http/tls_client.hpp"
#include "odoo/http/wiped_request.hpp"
#include "odoo/support/error_info.hpp"

#include <zenoo_rpc/async/detail/interruption.hpp>
#include <zenoo_rpc/async/timeout.hpp>
#include <zenoo_rpc/core/detail/check.hpp>
#include <zenoo_rpc/core/detail/duration_text.hpp>
#include <zenoo_rpc/core/errors.hpp>
#include <zenoo_rpc/odoo/http_transport.hpp>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/deferred.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <exception>
#include <optional>
#include <stdexcept>
#include <string>
#include <tuple>
#include <utility>

namespace zenoo_rpc {

namespace {

using asio::ip::tcp;
using detail::broken;
using detail::cancelled;
using detail::closed;
using detail::Connection;
using detail::Exchange;
using detail::KeepAlive;
using detail::OpenExchange;

constexpr auto as_result = asio::as_tuple(asio::deferred);

asio::execution_context& context_of(asio::any_io_executor const& executor) {
    return asio::query(executor, asio::execution::context);
}

HttpLimits usable(HttpLimits const& limits) {
    detail::check_each(detail::NotNegative{"HttpLimits::connect_timeout", limits.connect_timeout},
                       detail::NotNegative{"HttpLimits::idle_timeout", limits.idle_timeout});
    if (limits.max_concurrency == 0)
        throw std::invalid_argument{"HttpLimits::max_concurrency must be at least 1, but is 0"};
    return limits;
}

}  // namespace

struct HttpTransport::Shared {
    Shared(ServerAddress address, HttpLimits const& limits_, TlsOptions const& options)
        : server{std::move(address)}, limits{usable(limits_)}, resolver{server} {
        if (server.is_secure) tls.emplace(options, server.host);
        if (!server.is_secure && !options.ca_file.empty()) {
            throw std::invalid_argument{"TlsOptions::ca_file is set, but the address of " + server.text()
                                        + " is not https"};
        }
    }

    asio::awaitable<Result<detail::Endpoints>> find() {
        auto found = co_await resolver.endpoints();
        if (found) co_return std::move(*found);
        co_return broken(found.error(), Delivery::not_sent, "cannot resolve host " + server.host);
    }

    /// Connects to one address.
    asio::awaitable<Result<void>> connect(Exchange& exchange, tcp::endpoint endpoint) {
        Connection& connection = *exchange.connection;
        error_code error;
        connection.socket.open(endpoint.protocol(), error);
        if (!error && !exchange.open.use(&connection.socket)) error = asio::error::operation_aborted;
        if (!error) {
            co_await connection.socket.async_connect(endpoint, asio::redirect_error(asio::use_awaitable, error));
        }
        if (error) co_return broken(error, Delivery::not_sent, "cannot connect to " + server.text());
        connection.socket.set_option(tcp::no_delay{true}, error);  // a failure costs no more than a delay
        connection.socket.non_blocking(true, error);
        if (error) co_return broken(error, Delivery::not_sent, "cannot configure the connection to " + server.text());
        if (!tls) co_return Result<void>{};

        connection.tls.emplace(connection.socket, tls->new_connection(), detail::TlsRole::client);
        error = co_await connection.tls->handshake();
        if (!error) co_return Result<void>{};
        auto why = tls->why_refused(connection.tls->native_handle(), static_cast<unsigned long>(error.value()));
        co_return broken(error, Delivery::not_sent,
                         "cannot establish TLS with " + server.text() + ": " + std::move(why));
    }

    Failure in_time(Failure reason) const {
        if (!reason.is<TimeoutError>()) return reason;
        detail::ErrorInfo error_info{.code = Errc::timed_out, .delivery = Delivery::not_sent};
        error_info.what = "no connection to " + server.text() + " within " + detail::in_seconds(limits.connect_timeout);
        return detail::make_failure(std::move(error_info));
    }

    /// Resolves the host and connects to the first address that accepts. Each address gets its share of the remaining
    /// time, so that the last one is tried even if the earlier ones do not respond.
    asio::awaitable<Result<void>> reach(Exchange& exchange) {
        auto const executor = co_await asio::this_coro::executor;
        auto& time = TimeService::of(executor);
        auto const began = time.now();
        auto const deadline = std::min(exchange.deadline, saturating_add(began, limits.connect_timeout));

        auto find_addresses = [&] { return find(); };
        auto const searched_in_time = timeout(time_left(began, deadline));
        Result<detail::Endpoints> const found = co_await searched_in_time(find_addresses);
        if (!found) co_return in_time(found.error());

        Failure last;
        auto untried = static_cast<int>(found->size());
        for (auto const& endpoint : *found) {
            exchange.open.use(nullptr);
            // Not on the caller's executor: the connection may be reused on another one.
            exchange.connection = std::make_unique<Connection>(detail::innermost(executor));
            auto connect_once = [&] { return connect(exchange, endpoint); };
            auto const share = time_left(time.now(), deadline) / untried--;
            auto const connected_in_time = timeout(share);
            Result<void> const connected = co_await connected_in_time(connect_once);
            if (connected) co_return connected;
            last = connected.error();
            if (last.cancelled()) co_return last;
        }
        resolver.forget();
        co_return in_time(last);
    }

    /// Sends the request over a kept connection without waiting: the common case. Returns false if that was not
    /// possible, or not all of it was sent.
    bool send_at_once(Exchange& exchange, asio::any_io_executor const& executor, TimeService const& time) {
        if (!pool->keeps_any()) return false;
        exchange.connection = pool->take(context_of(executor), time.time_source().coarse_now());
        if (!exchange.connection || !exchange.open.use(&exchange.connection->socket)) return false;
        return detail::send_now(exchange) && exchange.is_sent();
    }

    /// Sends the remaining bytes over the kept connection; over a new connection if there is none, or if the kept one
    /// failed before it accepted a byte.
    asio::awaitable<Failure> send(Exchange& exchange) {
        if (exchange.connection) {
            Result<void> const sent = co_await detail::send_remaining(exchange);
            if (sent) co_return Failure{};
            bool const was_none = exchange.sent == 0 && !sent.error().cancelled();
            if (!was_none) co_return sent.error();
        }
        Result<void> const reached = co_await reach(exchange);
        if (!reached) {
            exchange.disconnect();
            co_return reached.error();
        }
        if (detail::send_now(exchange) && exchange.is_sent()) co_return Failure{};
        Result<void> const sent = co_await detail::send_remaining(exchange);
        co_return sent ? Failure{} : sent.error();
    }

    /// Makes one exchange. The common path stays within this coroutine: it starts no other one.
    static asio::awaitable<Result<HttpResponse>> run(std::shared_ptr<Shared> self, Duration limit,
                                                     HttpRequest request) {
        detail::WipedRequest const wiped{request};
        auto const executor = co_await asio::this_coro::executor;
        auto& time = TimeService::of(executor);
        Exchange exchange{self->exchanges, request, deadline_of(time, limit)};
        detail::TimeLimit time_limit{exchange.open};
        Failure stopped;
        try {
            detail::check_each(detail::NotNegative{"timeout", limit});
            exchange.begin(self->lines);
            time_limit.begin(time, exchange.deadline, executor);
            auto admission = exchange.open.begin();
            if (admission == OpenExchange::Admission::queued) admission = co_await exchange.open.wait();
            if (admission != OpenExchange::Admission::running) stopped = self->refused(admission);
            if (!stopped && !self->send_at_once(exchange, executor, time)) stopped = co_await self->send(exchange);
            // A server may refuse a request before it has read all of it, such as with 413, and close.
            if (exchange.connection && !stopped.cancelled()) {
                auto& connection = *exchange.connection;
                auto& reader = connection.response.emplace(self->limits, connection.received);
                error_code error;
                std::size_t size = 0;
                do {
                    if (connection.tls) {
                        size = co_await connection.tls->read_some(reader.space(), error);
                    } else {
                        std::tie(error, size) = co_await connection.socket.async_read_some(reader.space(), as_result);
                    }
                    if (has_all(reader, size, error)) co_return self->response_of(exchange, executor, time);
                } while (!error);
                if (!stopped) stopped = detail::unreadable(error, exchange.delivery(), self->limits);
            }
        } catch (std::exception const& error) {
            stopped = detail::thrown(Failure{std::current_exception(), error}, exchange.delivery());
        }
        auto const cancellation = co_await asio::this_coro::cancellation_state;
        co_return detail::why_stopped(stopped, exchange, detail::is_cancelled(cancellation), limit);
    }

    static TimePoint deadline_of(TimeService const& time, Duration limit) {
        bool const is_limited = limit != unlimited && limit >= Duration::zero();
        return is_limited ? saturating_add(time.now(), limit) : TimePoint::max();
    }

    static bool has_all(detail::ResponseReader& reader, std::size_t size, error_code& error) {
        bool const at_end = error == asio::error::eof;
        return (!error || at_end) && reader.take(size, at_end, error);
    }

    HttpResponse response_of(Exchange& exchange, asio::any_io_executor const& executor, TimeService const& time) {
        auto& reader = *exchange.connection->response;
        bool const is_reusable = exchange.is_sent() && reader.keeps_connection();
        HttpResponse response = reader.release();  // before another exchange gets the connection
        if (exchange.open.use(nullptr) && is_reusable) keep(exchange, executor, time);
        return response;
    }

    void keep(Exchange& exchange, asio::any_io_executor const& executor, TimeService const& time) {
        pool->keep(std::move(exchange.connection), context_of(executor), time.time_source().coarse_now());
    }

    static asio::awaitable<void> close(std::shared_ptr<Shared> self, Duration grace) {
        self->exchanges.close();
        auto until_all_ended = [&] { return self->exchanges.all_ended(); };
        auto const for_a_while = timeout(grace);
        Failure failure;
        try {
            co_await for_a_while(until_all_ended);
        } catch (std::exception const& error) {
            failure = Failure{std::current_exception(), error};
        }
        self->pool->close();
        if (!failure) co_return;
        self->exchanges.interrupt();
        self->resolver.give_up();
        if (failure.cancelled()) failure.raise();
        co_await self->exchanges.all_ended();
    }

    Failure refused(OpenExchange::Admission admission) const {
        if (admission == OpenExchange::Admission::closed) return closed(Delivery::not_sent);
        return admission == OpenExchange::Admission::full ? queue_is_full() : cancelled(Delivery::not_sent);
    }

    Failure queue_is_full() const {
        ZenooError error{
            make_error_code(asio::error::try_again),
            "the request queue for " + server.text() + " is full: max_queued is " + std::to_string(limits.max_queued)};
        error.delivery(Delivery::not_sent);
        return Failure{std::make_exception_ptr(std::move(error))};
    }

    ServerAddress const server;
    HttpLimits const limits;
    std::string const lines =
        detail::server_lines(server, limits.idle_connections > 0 ? KeepAlive::yes : KeepAlive::no);
    std::optional<detail::TlsClient> tls;
    detail::Resolver resolver;
    detail::OpenExchanges exchanges{limits.max_concurrency, limits.max_queued};
    std::shared_ptr<detail::ConnectionPool> const pool =
        std::make_shared<detail::ConnectionPool>(limits.idle_connections, limits.idle_timeout);
};

HttpTransport::HttpTransport(ServerAddress address, HttpLimits limits, TlsOptions const& tls)
    : shared_{std::make_shared<Shared>(std::move(address), limits, tls)} {}

HttpTransport::~HttpTransport() = default;

asio::awaitable<Result<HttpResponse>> HttpTransport::exchange(HttpRequest request) {
    return Shared::run(shared_, unlimited, std::move(request));
}

asio::awaitable<Result<HttpResponse>> HttpTransport::exchange_within(Duration limit, HttpRequest request) {
    return Shared::run(shared_, limit, std::move(request));
}

asio::awaitable<void> HttpTransport::close(Duration grace) { return Shared::close(shared_, grace); }

}  // namespace zenoo_rpc
