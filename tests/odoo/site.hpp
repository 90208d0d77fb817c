// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_TESTS_ODOO_SITE_HPP
#define ZENOO_RPC_TESTS_ODOO_SITE_HPP

#include "loopback.hpp"
#include "support/run.hpp"

#include <boost/asio/use_future.hpp>

#include <chrono>
#include <functional>
#include <future>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace zenoo_rpc::tests {

inline constexpr auto kept = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}";

inline HttpRequest some_request(std::string body = "{}") {
    HttpRequest request;
    request.target = "/";
    request.body = std::move(body);
    return request;
}

/// A server in virtual time, whose connections each play a script, and a client.
struct Site {
    explicit Site(HttpLimits limits_ = {}) : limits{limits_} {}
    ~Site() { world.io.stop(); }

    using Play = std::function<asio::awaitable<void>(Peer&, int number)>;

    void serve(Play play) { asio::co_spawn(world.io, accept(std::move(play)), asio::detached); }

    asio::awaitable<void> accept(Play play) {
        for (;;) {
            tcp::socket socket = co_await acceptor.async_accept(asio::use_awaitable);
            auto one = [&, number = ++connections](tcp::socket accepted) -> asio::awaitable<void> {
                Peer peer{std::move(accepted)};
                co_await play(peer, number);
            };
            plays.push_back(std::make_unique<std::function<asio::awaitable<void>(tcp::socket)>>(one));
            auto playing = (*plays.back())(std::move(socket));
            asio::co_spawn(world.io, std::move(playing), asio::detached);
        }
    }

    /// Runs until the answer is there; the server goes on.
    Result<HttpResponse> exchange(HttpRequest request = some_request()) {
        auto running = world.start(transport.exchange(std::move(request)));
        while (!running.ended()) {
            world.io.restart();
            world.io.run_one();
        }
        return running.outcome().value.value();
    }
    /// Runs two at a time until both answers are there.
    void exchange_two() {
        auto first = world.start(transport.exchange(some_request()));
        auto second = world.start(transport.exchange(some_request()));
        while (!first.ended() || !second.ended()) {
            world.io.restart();
            world.io.run_one();
        }
    }
    /// Runs one in a context of its own until its answer is there.
    Result<HttpResponse> exchange_in(asio::io_context& other) {
        auto answer = asio::co_spawn(other, transport.exchange(some_request()), asio::use_future);
        while (answer.wait_for(std::chrono::seconds{0}) != std::future_status::ready) {
            other.restart();
            other.poll();
            world.io.restart();
            world.io.poll();
        }
        return answer.get();
    }
    void settle() {
        world.io.restart();
        while (world.io.poll() > 0) world.io.restart();
    }

    World world;
    HttpLimits limits;
    tcp::acceptor acceptor{world.io, tcp::endpoint{asio::ip::address_v4::loopback(), 0}};
    int connections = 0;
    std::vector<std::unique_ptr<std::function<asio::awaitable<void>(tcp::socket)>>> plays;
    HttpTransport transport{{"127.0.0.1", acceptor.local_endpoint().port(), ""}, limits};
};

inline asio::awaitable<void> answer_each(Peer& peer, std::string answer) {
    for (;;) {
        co_await peer.request();
        co_await peer.answer(answer);
    }
}

}  // namespace zenoo_rpc::tests

#endif  // ZENOO_RPC_TESTS_ODOO_SITE_HPP
