// SPDX-License-Identifier: BSL-1.0
#include "odoo/fixtures/local_server.hpp"
#include "support/catch.hpp"

#include <zenoo_rpc/exceptions.hpp>
#include <zenoo_rpc/odoo/client.hpp>
#include <zenoo_rpc/retry.hpp>

#include <algorithm>
#include <string>
#include <vector>

using namespace zenoo_rpc;
using namespace zenoo_rpc::tests;
using namespace std::chrono_literals;
using nlohmann::json;

namespace {

/// A server that responds to a call by its number, the login being number 1, and a client.
struct Setup {
    using Response = std::function<std::string(std::string const& request, int number)>;

    explicit Setup(Response response_, ClientOptions options = {}) : response{std::move(response_)} {
        options.port = server.port();
        options.user_context = false;
        client.emplace(server.world.io.get_executor(), "127.0.0.1", options);
    }
    void log_in() { CHECK(server.run(client->login("shop", "admin", "sesame")).value == 2); }
    auto read() { return client->results().read("res.partner", 7); }
    auto start() { return server.world.start(read()); }
    long asked(char const* method) const {
        auto const asks = [&](std::string const& request) { return contains(request, method); };
        return std::ranges::count_if(requests, asks);
    }

    Response response;
    std::vector<std::string> requests;
    LocalServer server{[this](Peer& peer, std::string request) -> asio::awaitable<bool> {
        requests.push_back(request);
        auto const bytes = response(request, static_cast<int>(requests.size()));
        co_await peer.respond(bytes);
        co_return !bytes.empty();
    }};
    std::optional<ZenooClient> client;
};

std::string as_odoo(std::string const& request, int number) {
    return response_to(request, number == 1 ? json(2) : json::array(), closed_head);
}

/// A server that reads each request and never responds.
struct Silent {
    explicit Silent(ClientOptions options) {
        options.port = server.port();
        client.emplace(server.world.io.get_executor(), "127.0.0.1", options);
    }
    auto start() {
        auto running = server.world.start(client->results().version());
        server.settle();
        return running;
    }

    LocalServer server{[](Peer& peer, std::string) -> asio::awaitable<bool> {
        co_await peer.end();
        co_return false;
    }};
    std::optional<ZenooClient> client;
};

}  // namespace

TEST_CASE("each call opens and closes a connection of its own if the server does not keep it") {
    Setup setup{as_odoo};
    setup.server.settle();
    CHECK(setup.server.connections == 0);
    setup.log_in();
    for (int i = 0; i < 3; ++i) CHECK(setup.server.run(setup.read()).value->has_value());
    setup.server.settle();
    CHECK(setup.requests.size() == 4);
    CHECK(setup.server.connections == 4);
    CHECK(setup.server.ended == 4);
}

TEST_CASE("a client that keeps no connections sends Connection: close") {
    Setup setup{as_odoo, {.idle_connections = 0}};
    setup.log_in();
    CHECK(contains(setup.requests.at(0), "\r\nConnection: close\r\n"));
}

TEST_CASE("a client limits concurrent and queued calls as its options say") {
    Silent at{{.max_concurrency = 2, .max_queued = 1}};
    auto const first = at.start();
    auto const second = at.start();
    auto const waiting = at.start();
    auto refused = at.start();
    CHECK(at.server.connections == 2);
    CHECK_FALSE(waiting.ended());
    REQUIRE(refused.ended());
    CHECK(contains(refused.outcome().value->error().what(), "is full: max_queued is 1"));
}

TEST_CASE("a client gives up connecting after the connect_timeout of its options") {
    World world;
    BlackHole hole{world.io, {asio::ip::address_v4::loopback(), 0}};
    ZenooClient client{
        world.io.get_executor(), "127.0.0.1", {.port = hole.acceptor.local_endpoint().port(), .connect_timeout = 3s}};
    auto const outcome = world.run(client.results().version());
    CHECK(outcome.elapsed == 3s);
    CHECK(outcome.value->error().is<TimeoutError>());
    CHECK(outcome.value->error().delivery() == Delivery::not_sent);
}

TEST_CASE("a redirect, such as from http to https, fails the call without a retry and is not followed") {
    Setup setup{[](std::string const&, int) {
        return "HTTP/1.1 308 Permanent Redirect\r\nLocation: https://erp.example.com/jsonrpc\r\n"
               "Content-Length: 0\r\n\r\n";
    }};
    setup.client->setup_retry_manager({.strategy = FixedDelayStrategy{.max_attempts = 3, .delay = 0s}});
    auto const failure = setup.server.run(setup.client->login("shop", "admin", "sesame")).failure;
    CHECK(failure.is<ProtocolError>());
    CHECK(contains(failure.what(), "https://erp.example.com/jsonrpc"));
    CHECK(setup.requests.size() == 1);
    CHECK(setup.server.connections == 1);
}

TEST_CASE("a call lost with a kept connection is retried only if it is idempotent") {
    auto const lost_once = [](std::string const& request, int number) {
        return number == 2 ? "" : response_to(request, number == 1 ? json(2) : json::array(), kept_head);
    };
    auto const patient = FixedDelayStrategy{.max_attempts = 5, .delay = 0s};
    Setup creating{lost_once};
    creating.client->setup_retry_manager({.strategy = patient});
    creating.log_in();
    auto const create = creating.server.run(creating.client->create("res.partner", values("name", "Ada")));
    CHECK(create.failure.is<OutcomeUnknownError>());
    CHECK(creating.asked("\"create\"") == 1);
    CHECK(creating.server.connections == 1);

    Setup reading{lost_once};
    reading.client->setup_retry_manager({.strategy = patient});
    reading.log_in();
    CHECK(reading.server.run(reading.read()).value->has_value());
    CHECK(reading.asked("\"read\"") == 2);
    CHECK(reading.server.connections == 2);
}

TEST_CASE("a call that finds its kept connection closed is sent once on another") {
    LocalServer server{[](Peer& peer, std::string request) -> asio::awaitable<bool> {
        auto const bytes = response_to(request, 2, kept_head);
        co_await peer.respond(bytes);
        co_return false;  // closes the connection that it promised to keep
    }};
    ZenooClient client{server.world.io.get_executor(), "127.0.0.1", {.port = server.port(), .user_context = false}};
    CHECK(server.run(client.login("shop", "admin", "sesame")).value == 2);
    server.settle();
    CHECK(server.run(client.create("res.partner", values("name", "Ada"))).value == 2);
    CHECK(server.connections == 2);
}
