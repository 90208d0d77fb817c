// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_TESTS_SUPPORT_BAD_PROXY_HPP
#define ZENOO_RPC_TESTS_SUPPORT_BAD_PROXY_HPP

#include <zenoo_rpc/async/async_sleep.hpp>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/connect.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <random>
#include <string>
#include <thread>
#include <utility>

namespace zenoo_rpc::tests {

/// A TCP proxy on 127.0.0.1, with a thread of its own, that breaks connections at any byte: while connecting, within a
/// request, between request and response, or within a response, by FIN or RST. It also delays responses.
class BadProxy {
    using tcp = boost::asio::ip::tcp;

public:
    /// Breaks the first connection, and about the fraction `ruined` of the others.
    BadProxy(std::string host, std::uint16_t port, double ruined, std::uint64_t seed)
        : host_{std::move(host)}, service_{std::to_string(port)}, ruined_{ruined}, random_{seed} {
        asio::co_spawn(io_, listen(), asio::detached);
        thread_ = std::thread{[this] { io_.run(); }};
    }
    ~BadProxy() {
        io_.stop();
        thread_.join();
    }
    BadProxy(BadProxy const&) = delete;
    BadProxy& operator=(BadProxy const&) = delete;

    std::string url() const { return "http://127.0.0.1:" + std::to_string(acceptor_.local_endpoint().port()); }
    std::uint64_t faults() const noexcept { return faults_; }

private:
    /// The number of bytes forwarded in each direction, how the connection then ends, and the delay of the response.
    struct Fate {
        std::size_t request = SIZE_MAX;
        std::size_t response = SIZE_MAX;
        bool resets = false;
        Duration late = Duration::zero();
    };

    struct Link {
        explicit Link(tcp::socket&& accepted, Fate what)
            : client{std::move(accepted)}, server{client.get_executor()}, fate{what} {}

        void close() {
            boost::system::error_code ignored;
            if (fate.resets) client.set_option(asio::socket_base::linger(true, 0), ignored);
            client.close(ignored);
            server.close(ignored);  // the server executes a request it has read nevertheless
        }

        tcp::socket client;
        tcp::socket server;
        Fate fate;
    };

    static constexpr auto as_result = asio::as_tuple(asio::use_awaitable);

    std::size_t below(std::size_t end) { return static_cast<std::size_t>(random_() % end); }

    Fate next_fate() {
        Fate fate;
        bool const is_spared = static_cast<double>(below(1'000'000)) >= ruined_ * 1e6;
        if (is_spared && faults_ > 0) return fate;
        ++faults_;
        fate.resets = below(2) == 0;
        switch (below(4)) {
            case 0: fate.request = below(6000); break;  // within the headers, the body, or not at all
            case 1: fate.response = 0; break;
            case 2: fate.response = below(400); break;
            default: fate.late = std::chrono::milliseconds{below(40)}; break;
        }
        return fate;
    }

    asio::awaitable<void> listen() {
        while (true) {
            auto [error, client] = co_await acceptor_.async_accept(as_result);
            if (error) continue;
            auto link = std::make_shared<Link>(std::move(client), next_fate());
            asio::co_spawn(io_, serve(std::move(link)), asio::detached);
        }
    }

    asio::awaitable<void> serve(std::shared_ptr<Link> link) {
        tcp::resolver resolver{io_};
        auto [unknown, endpoints] = co_await resolver.async_resolve(host_, service_, as_result);
        if (unknown) co_return link->close();
        auto [refused, endpoint] = co_await asio::async_connect(link->server, endpoints, as_result);
        if (refused) co_return link->close();
        asio::co_spawn(io_, pump(link, link->client, link->server, link->fate.request), asio::detached);
        asio::co_spawn(io_, pump(link, link->server, link->client, link->fate.response, link->fate.late),
                       asio::detached);
    }

    /// Forwards up to `left` bytes.
    static asio::awaitable<void> pump(std::shared_ptr<Link> link, tcp::socket& from, tcp::socket& to, std::size_t left,
                                      Duration late = Duration::zero()) {
        std::array<char, 4096> bytes;
        while (true) {
            auto [ended, size] = co_await from.async_read_some(asio::buffer(bytes), as_result);
            if (ended) break;
            if (late > Duration::zero()) co_await async_sleep(std::exchange(late, Duration::zero()));
            auto const passed = std::min(size, left);
            left -= passed;
            auto [gone, written] = co_await asio::async_write(to, asio::buffer(bytes, passed), as_result);
            if (gone || left == 0) break;
        }
        link->close();
    }

    asio::io_context io_{1};
    tcp::acceptor acceptor_{io_, tcp::endpoint{asio::ip::address_v4::loopback(), 0}};
    std::string host_;
    std::string service_;
    double ruined_;
    std::mt19937_64 random_;
    std::atomic<std::uint64_t> faults_ = 0;
    std::thread thread_;
};

}  // namespace zenoo_rpc::tests

#endif  // ZENOO_RPC_TESTS_SUPPORT_BAD_PROXY_HPP
