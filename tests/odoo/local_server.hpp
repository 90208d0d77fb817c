// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_TESTS_ODOO_LOCAL_SERVER_HPP
#define ZENOO_RPC_TESTS_ODOO_LOCAL_SERVER_HPP

#include "loopback.hpp"
#include "support/run.hpp"

#include <nlohmann/json.hpp>

#include <functional>
#include <string>
#include <utility>

namespace zenoo_rpc::tests {

/// A server in virtual time whose connections go on from request to request, as long as `play` says so.
struct LocalServer {
    /// Answers one request, and tells whether the server goes on listening to this connection.
    using Play = std::function<asio::awaitable<bool>(Peer&, std::string request)>;

    explicit LocalServer(Play play_) : play{std::move(play_)} { asio::co_spawn(world.io, accept(), asio::detached); }
    ~LocalServer() { world.io.stop(); }

    std::uint16_t port() const { return acceptor.local_endpoint().port(); }

    /// Runs until it has ended; the server goes on.
    template <class T>
    Outcome<T> run(asio::awaitable<T> work) {
        auto running = world.start(std::move(work));
        while (!running.ended()) {
            world.io.restart();
            world.io.run_one();
        }
        return std::move(running.outcome());
    }
    /// What is on loopback is there at once; nothing else is waited for.
    void settle() {
        for (int i = 0; i < 50; ++i) {
            world.io.restart();
            world.io.poll();
        }
    }

    Play play;
    World world;
    tcp::acceptor acceptor{world.io, tcp::endpoint{asio::ip::address_v4::loopback(), 0}};
    int connections = 0;
    int ended = 0;  ///< of them, by the client or by `play`

private:
    asio::awaitable<void> accept() {
        for (;;) {
            tcp::socket socket = co_await acceptor.async_accept(asio::use_awaitable);
            ++connections;
            asio::co_spawn(world.io, serve(std::move(socket)), [this](std::exception_ptr) { ++ended; });
        }
    }
    asio::awaitable<void> serve(tcp::socket socket) {
        Peer peer{std::move(socket)};
        for (bool goes_on = true; goes_on;) {
            std::string request = co_await peer.request();
            goes_on = co_await play(peer, std::move(request));
        }
    }
};

inline nlohmann::json body_of(std::string const& request) {
    return nlohmann::json::parse(request.substr(request.find("\r\n\r\n") + 4));
}

/// The answer of JSON-RPC to `request`, after a status line and headers.
inline std::string answer_to(std::string const& request, nlohmann::json result, std::string head) {
    nlohmann::json answer;
    answer["id"] = body_of(request)["id"];
    answer["result"] = std::move(result);
    auto const body = answer.dump();
    return head + "Content-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n"
           + body;
}

constexpr auto kept = "HTTP/1.1 200 OK\r\n";
constexpr auto closed = "HTTP/1.0 200 OK\r\n";  // as an Odoo with workers does

}  // namespace zenoo_rpc::tests

#endif  // ZENOO_RPC_TESTS_ODOO_LOCAL_SERVER_HPP
