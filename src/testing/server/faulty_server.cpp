// SPDX-License-Identifier: BSL-1.0
#include "testing/server/faulty_server.hpp"

#include "testing/server/http_wire.hpp"
#include "testing/server/request_reader.hpp"
#include "testing/server/tls_server.hpp"

#include <zenoo_rpc/async/async_sleep.hpp>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <memory>
#include <optional>
#include <set>
#include <string>
#include <thread>
#include <tuple>
#include <utility>

namespace zenoo_rpc::testing {

namespace {

using asio::ip::tcp;
using boost::system::error_code;
using detail::Connection;
using namespace std::chrono_literals;

constexpr Duration accept_delay = 10ms;  ///< before accepting again when the system is out of resources
constexpr auto as_result = asio::as_tuple(asio::use_awaitable);

bool out_of_resources(error_code error) {
    return error == asio::error::no_descriptors || error == asio::error::no_buffer_space
           || error == asio::error::no_memory;
}

/// Closes with RST instead of FIN. The destructor of the socket would not: it resets the option.
void reset(tcp::socket& socket) {
    error_code gone_already;
    socket.set_option(asio::socket_base::linger(true, 0), gone_already);
    socket.close(gone_already);
}

}  // namespace

class FaultyServer::Worker {
public:
    Worker(Responder& responder, FaultyServerOptions const& options)
        : responder_{responder}, keep_alive_{options.keep_alive}, prefork_{options.prefork} {
        if (options.tls) tls_.emplace(*options.tls);
        bind_listener({asio::ip::address_v4::loopback(), options.port});
        acceptor_.listen();
        endpoint_ = acceptor_.local_endpoint();
        start(listen());
        thread_ = std::thread([this] { io_.run(); });
    }

    ~Worker() {
        io_.stop();
        thread_.join();
    }

    std::uint16_t port() const noexcept { return endpoint_.port(); }

private:
    void start(asio::awaitable<void> task) {
        asio::co_spawn(io_, std::move(task), [this](std::exception_ptr error) {
            if (error) responder_.failed(error);
        });
    }

    void bind_listener(tcp::endpoint const& endpoint) {
        acceptor_.open(endpoint.protocol());
        acceptor_.set_option(asio::socket_base::reuse_address(true));
        acceptor_.bind(endpoint);
    }

    asio::awaitable<void> listen();
    void go_away(Duration lasting);
    asio::awaitable<void> come_back(Duration later);
    asio::awaitable<void> restore_database(Duration later);
    asio::awaitable<void> serve(std::unique_ptr<Connection> connection);
    asio::awaitable<bool> shake_hands(Connection& connection);
    asio::awaitable<bool> wait_for_request(Connection& connection);
    Fault fate_of_next(Connection& connection);
    asio::awaitable<bool> deliver(Connection& connection, HttpResponse const& response, Fault const& fault, bool keep);

    Responder& responder_;
    bool const keep_alive_;
    bool const prefork_;
    std::optional<TlsServer> tls_;
    tcp::endpoint endpoint_;
    bool away_ = false;
    std::set<tcp::socket*> idle_;  ///< connections between two requests
    asio::io_context io_{1};
    tcp::acceptor acceptor_{io_};
    std::thread thread_;
};

asio::awaitable<void> FaultyServer::Worker::listen() {
    while (!away_) {
        auto connection = std::make_unique<Connection>(io_.get_executor());
        auto [error] = co_await acceptor_.async_accept(connection->socket, as_result);
        if (away_) co_return;
        if (!error) {
            start(serve(std::move(connection)));
        } else if (out_of_resources(error)) {
            co_await async_sleep(accept_delay);
        } else if (error != asio::error::connection_aborted) {
            throw boost::system::system_error{error, "accept"};
        }
    }
}

/// Stops listening but keeps the port: a socket that is bound and not listening refuses connections.
void FaultyServer::Worker::go_away(Duration lasting) {
    if (away_) return;
    away_ = true;
    acceptor_.close();
    bind_listener(endpoint_);
    for (tcp::socket* socket : idle_) socket->cancel();
    start(come_back(lasting));
}

asio::awaitable<void> FaultyServer::Worker::come_back(Duration later) {
    co_await async_sleep(later);
    acceptor_.listen();
    away_ = false;
    start(listen());
}

asio::awaitable<void> FaultyServer::Worker::restore_database(Duration later) {
    co_await async_sleep(later);
    responder_.database_down(false);
}

asio::awaitable<void> FaultyServer::Worker::serve(std::unique_ptr<Connection> connection) {
    bool keep = co_await shake_hands(*connection);
    while (keep && !away_) {
        bool const is_there = co_await wait_for_request(*connection);
        if (!is_there) co_return;
        Fault const fault = fate_of_next(*connection);
        if (fault.kind == FaultKind::refuse_connection) go_away(fault.lasting);
        if (!fault.reaches_server()) co_return;

        std::optional<ReadRequest> const request = co_await read_request(*connection);
        if (!request) co_return;
        keep = keep_alive_ && request->keep_alive;
        HttpResponse const response = responder_.respond(request->request, fault);
        if (fault.kind == FaultKind::database_down && fault.lasting > Duration::zero()) {
            responder_.database_down(true);
            start(restore_database(fault.lasting));
        }
        bool const is_usable = co_await deliver(*connection, response, fault, keep);
        if (!is_usable) co_return;
    }
}

asio::awaitable<bool> FaultyServer::Worker::shake_hands(Connection& connection) {
    if (!tls_) co_return true;
    connection.tls.emplace(connection.socket, tls_->new_connection(), detail::TlsRole::server);
    error_code const refused = co_await connection.tls->handshake();
    co_return !refused;
}

/// Returns false if the client has closed the connection or the server stops listening. TLS data must be read to be
/// noticed.
asio::awaitable<bool> FaultyServer::Worker::wait_for_request(Connection& connection) {
    struct Idle {
        std::set<tcp::socket*>& all;
        tcp::socket* socket;
        Idle(std::set<tcp::socket*>& sockets, tcp::socket* one) : all{sockets}, socket{one} { all.insert(one); }
        ~Idle() { all.erase(socket); }
        Idle(Idle const&) = delete;
    };
    if (connection.received.size() > 0) co_return true;
    Idle const idle{idle_, &connection.socket};
    if (connection.tls) {
        error_code const gone = co_await receive(connection);
        co_return !gone;
    }
    error_code error;
    connection.socket.non_blocking(true, error);
    for (;;) {
        std::tie(error) = co_await connection.socket.async_wait(tcp::socket::wait_read, as_result);
        if (error) co_return false;
        char first = '\0';
        connection.socket.receive(asio::buffer(&first, 1), asio::socket_base::message_peek, error);
        if (error != asio::error::would_block) co_return !error;  // otherwise a spurious wakeup
    }
}

/// Returns the fault of the next request, before any byte is consumed from a plain socket. GET requests are exempt.
Fault FaultyServer::Worker::fate_of_next(Connection& connection) {
    char first = '\0';
    if (connection.received.size() > 0) {
        first = *static_cast<char const*>(connection.received.data().data());
    } else {
        error_code gone;
        connection.socket.receive(asio::buffer(&first, 1), asio::socket_base::message_peek, gone);
    }
    return first == 'G' ? Fault{} : responder_.next_fault();
}

/// Returns false if the connection must not be used again.
asio::awaitable<bool> FaultyServer::Worker::deliver(Connection& connection, HttpResponse const& response,
                                                    Fault const& fault, bool keep) {
    std::string text = wire_text(response, {.keep_alive = keep, .http_1_0 = prefork_});
    switch (fault.kind) {
        case FaultKind::drop_response: co_return false;
        case FaultKind::reset_connection: reset(connection.socket); co_return false;
        case FaultKind::truncate_response: text.resize(text.size() - (response.body.size() + 1) / 2); break;
        case FaultKind::delay_response: co_await async_sleep(fault.lasting); break;
        default: break;
    }
    error_code const error = co_await write(connection, text);
    co_return !error && fault.kind != FaultKind::truncate_response;
}

FaultyServer::FaultyServer(Responder& responder, FaultyServerOptions const& options)
    : worker_{std::make_unique<Worker>(responder, options)} {}

FaultyServer::~FaultyServer() = default;

std::uint16_t FaultyServer::port() const noexcept { return worker_->port(); }

}  // namespace zenoo_rpc::testing
