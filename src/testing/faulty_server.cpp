// SPDX-License-Identifier: BSL-1.0
#include "faulty_server.hpp"

#include "http_wire.hpp"
#include "odoo/connection.hpp"
#include "tls_server.hpp"

#include <zenoo_rpc/async/async_sleep.hpp>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>

#include <memory>
#include <optional>
#include <set>
#include <string>
#include <thread>
#include <utility>

namespace zenoo_rpc::testing {

namespace {

namespace http = boost::beast::http;
using asio::ip::tcp;
using boost::system::error_code;
using detail::Connection;
using namespace std::chrono_literals;

constexpr std::size_t piece = 64 * 1024;  // read at a time
constexpr std::uint64_t body_limit = 64 * 1024 * 1024;
constexpr Duration breath = 10ms;  ///< before what the system refused is tried again
constexpr auto as_result = asio::as_tuple(asio::use_awaitable);

using Parser = http::request_parser<http::string_body>;

HttpRequest request_from(Parser& parser) {
    auto& message = parser.get();
    HttpRequest request{std::string(message.method_string()), std::string(message.target()), {}, {}};
    for (auto const& field : message) {
        request.headers.push_back({std::string(field.name_string()), std::string(field.value())});
    }
    request.body = std::move(message.body());
    return request;
}

bool out_of_resources(error_code error) {
    return error == asio::error::no_descriptors || error == asio::error::no_buffer_space
           || error == asio::error::no_memory;
}

/// Unlike a connection that ended, this deserves an answer.
bool malformed(error_code error) {
    return error.category() == http::make_error_code(http::error::bad_method).category()
           && error != http::error::end_of_stream && error != http::error::partial_message;
}

/// Closes with RST instead of FIN. Its destructor would not: it takes the option back.
void reset(tcp::socket& socket) {
    error_code gone_already;
    socket.set_option(asio::socket_base::linger(true, 0), gone_already);
    socket.close(gone_already);
}

asio::awaitable<error_code> write(Connection& connection, std::string const& text) {
    error_code error;
    for (std::size_t sent = 0; sent < text.size() && !error;) {
        Connection::Buffers const rest{asio::buffer(text) + sent, asio::const_buffer()};
        std::size_t const size = co_await connection.write_some(rest, error);
        sent += size;
    }
    co_return error;
}

/// Takes in more of what the client sends.
asio::awaitable<error_code> receive(Connection& connection) {
    error_code error;
    std::size_t const size = co_await connection.read_some(connection.received.prepare(piece), error);
    connection.received.commit(size);
    co_return error;
}

/// Goes as far as what was received allows.
error_code parse_received(Connection& connection, Parser& parser) {
    error_code error;
    while (!parser.is_done() && connection.received.size() > 0 && !error) {
        connection.received.consume(parser.put(connection.received.data(), error));
    }
    return error == http::error::need_more ? error_code() : error;
}

}  // namespace

class FaultyServer::Worker {
public:
    Worker(Site& site, FaultyServerOptions const& options)
        : site_(site), keep_alive_(options.keep_alive), prefork_(options.prefork) {
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
            if (error) site_.failed(error);
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
    asio::awaitable<bool> read(Connection& connection, Parser& parser);
    asio::awaitable<bool> deliver(Connection& connection, HttpResponse const& response, Fault const& fault, bool keep);

    Site& site_;
    bool const keep_alive_;
    bool const prefork_;
    std::optional<TlsServer> tls_;
    tcp::endpoint endpoint_;
    bool away_ = false;
    std::set<tcp::socket*> idle_;  ///< between two requests
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
            co_await async_sleep(breath);
        } else if (error != asio::error::connection_aborted) {
            throw boost::system::system_error(error, "accept");
        }
    }
}

/// Stops listening, and holds the port all the same: bound without listening it refuses connections.
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
    site_.database_down(false);
}

asio::awaitable<void> FaultyServer::Worker::serve(std::unique_ptr<Connection> connection) {
    bool keep = co_await shake_hands(*connection);
    while (keep && !away_) {
        bool const is_there = co_await wait_for_request(*connection);
        if (!is_there) co_return;
        Fault const fault = fate_of_next(*connection);
        if (fault.kind == FaultKind::refuse_connection) go_away(fault.lasting);
        if (!fault.reaches_server()) co_return;

        Parser parser;
        bool const is_request = co_await read(*connection, parser);
        if (!is_request) co_return;
        keep = keep_alive_ && parser.keep_alive();
        HttpRequest const request = request_from(parser);
        HttpResponse const response = site_.answer(request, fault);
        if (fault.kind == FaultKind::database_down && fault.lasting > Duration::zero()) {
            site_.database_down(true);
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

/// False if the client is gone or the server goes away. What comes in TLS must be read to be seen.
asio::awaitable<bool> FaultyServer::Worker::wait_for_request(Connection& connection) {
    struct Idle {
        std::set<tcp::socket*>& all;
        tcp::socket* socket;
        Idle(std::set<tcp::socket*>& sockets, tcp::socket* one) : all(sockets), socket(one) { all.insert(one); }
        ~Idle() { all.erase(socket); }
        Idle(Idle const&) = delete;
    };
    if (connection.received.size() > 0) co_return true;
    Idle const idle(idle_, &connection.socket);
    if (connection.tls) {
        error_code const gone = co_await receive(connection);
        co_return !gone;
    }
    auto [error] = co_await connection.socket.async_wait(tcp::socket::wait_read, as_result);
    if (error) co_return false;
    co_return connection.socket.available(error) > 0;
}

/// Decided before a byte is taken from a plain socket. A GET is looked at only, and spared.
Fault FaultyServer::Worker::fate_of_next(Connection& connection) {
    char first = '\0';
    if (connection.received.size() > 0) {
        first = *static_cast<char const*>(connection.received.data().data());
    } else {
        error_code gone;
        connection.socket.receive(asio::buffer(&first, 1), asio::socket_base::message_peek, gone);
    }
    return first == 'G' ? Fault{} : site_.next_fault();
}

/// False if there is nothing to serve. What is no request is answered here.
asio::awaitable<bool> FaultyServer::Worker::read(Connection& connection, Parser& parser) {
    parser.body_limit(body_limit);
    parser.eager(true);
    bool was_asked = false;
    error_code error = parse_received(connection, parser);
    while (!error) {
        if (!was_asked && parser.is_header_done() && parser.get()[http::field::expect] == "100-continue") {
            was_asked = true;
            std::string const go_on = "HTTP/1.1 100 Continue\r\n\r\n";
            co_await write(connection, go_on);
        }
        if (parser.is_done()) break;
        error = co_await receive(connection);
        if (!error) error = parse_received(connection, parser);
    }
    if (malformed(error)) {
        std::string const text = wire_text(refusal_of_request(error == http::error::body_limit), {});
        co_await write(connection, text);
    }
    co_return !error;
}

/// False if the connection must not be used any more.
asio::awaitable<bool> FaultyServer::Worker::deliver(Connection& connection, HttpResponse const& response,
                                                    Fault const& fault, bool keep) {
    std::string text = wire_text(response, {.keep_alive = keep, .http_1_0 = prefork_});
    switch (fault.kind) {
        case FaultKind::drop_answer: co_return false;
        case FaultKind::reset_connection: reset(connection.socket); co_return false;
        case FaultKind::truncate_answer: text.resize(text.size() - (response.body.size() + 1) / 2); break;
        case FaultKind::delay_answer: co_await async_sleep(fault.lasting); break;
        default: break;
    }
    error_code const error = co_await write(connection, text);
    co_return !error && fault.kind != FaultKind::truncate_answer;
}

FaultyServer::FaultyServer(Site& site, FaultyServerOptions const& options)
    : worker_(std::make_unique<Worker>(site, options)) {}

FaultyServer::~FaultyServer() = default;

std::uint16_t FaultyServer::port() const noexcept { return worker_->port(); }

}  // namespace zenoo_rpc::testing
