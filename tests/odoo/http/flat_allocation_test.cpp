// SPDX-License-Identifier: BSL-1.0
// Thousands of calls leave behind neither memory nor descriptors, and no response takes more memory than its limit.
#include "odoo/fixtures/local_server.hpp"
#include "odoo/wire/classify.hpp"
#include "support/catch.hpp"
#include "support/descriptors.hpp"
#include "support/own_allocator.hpp"

#include <zenoo_rpc/exceptions.hpp>
#include <zenoo_rpc/odoo/client.hpp>

#include <array>
#include <string>

#if ZENOO_RPC_OWN_ALLOCATOR

#include "support/allocation_counts.hpp"

using namespace zenoo_rpc;
using namespace zenoo_rpc::tests;
using namespace std::chrono_literals;
using nlohmann::json;

namespace {

constexpr long mega = 1 << 20;

/// Outcome of a request. All fates take turns.
enum class Fate { kept, closed, chunked, refused, garbage, half, nothing, reset, silence };
constexpr std::array fates{Fate::kept, Fate::kept,    Fate::closed, Fate::chunked, Fate::refused, Fate::garbage,
                           Fate::half, Fate::nothing, Fate::kept,   Fate::reset,   Fate::silence};

/// A server that treats requests with all fates in turn, and a client.
struct AllFates {
    AllFates() {
        CHECK(server.run(client.login("shop", "admin", "sesame")).value == 2);
        number = 0;
    }

    std::string respond(std::string const& request) const {
        auto const rows = json::array({{{"id", 7}, {"name", std::string(1000, 'x')}}});
        switch (fate()) {
            case Fate::kept: return response_to(request, number < 0 ? json(2) : rows, tests::kept_head);
            case Fate::closed: return response_to(request, rows, tests::closed_head);
            case Fate::chunked:
                return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
                       "2\r\n{}\r\n0\r\n\r\n";
            case Fate::refused: return "HTTP/1.1 503 No\r\nContent-Length: 2\r\nRetry-After: 7\r\n\r\nno";
            case Fate::garbage: return "SSH-2.0-OpenSSH_9.2\r\n\r\n";
            case Fate::half: return "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf";
            default: return "";
        }
    }
    Fate fate() const { return number < 0 ? Fate::kept : fates[static_cast<std::size_t>(number) % fates.size()]; }

    asio::awaitable<bool> play(Peer& peer, std::string request) {
        if (fate() == Fate::silence) co_await peer.end();
        if (fate() == Fate::reset) peer.reset();
        auto const bytes = respond(request);
        if (!bytes.empty()) co_await peer.respond(bytes);
        co_return fate() == Fate::kept || fate() == Fate::chunked || fate() == Fate::refused;
    }

    void call() {
        auto running = server.world.start(client.results().read("res.partner", 7));
        if (fate() == Fate::silence) {
            server.settle();
            running.cancel();
        }
        while (!running.ended()) {
            server.world.io.restart();
            server.world.io.run_one();
        }
        successes += running.outcome().value->has_value();
        ++number;
    }
    void call(int times) {
        for (int i = 0; i < times; ++i) call();
        server.settle();
    }

    int number = -1;
    int successes = 0;
    LocalServer server{[this](Peer& peer, std::string request) { return play(peer, std::move(request)); }};
    ZenooClient client{server.world.io.get_executor(), "127.0.0.1", {.port = server.port(), .user_context = false}};
};

/// Returns the peak of additional memory in bytes while `work` runs.
template <class Work>
long most_memory_of(Work work) {
    auto const before = live_bytes;
    most_live_bytes = live_bytes;
    work();
    return most_live_bytes - before;
}

}  // namespace

TEST_CASE("thousands of calls with all outcomes leak neither descriptors nor memory") {
    constexpr int rounds = 300;
    constexpr int calls = rounds * static_cast<int>(fates.size());
    AllFates setup;
    setup.call(calls / 10);
    auto const descriptors = open_descriptors();
    auto const memory = live_bytes;
    setup.successes = 0;
    setup.call(calls);
    CHECK(setup.successes == rounds * 4);
    CHECK(open_descriptors() == descriptors);
    CHECK(live_bytes - memory < calls);  // less than a byte each
}

TEST_CASE("clients created and destroyed in one context leak neither descriptors nor memory") {
    AllFates setup;
    setup.number = -1;
    auto const come_and_go = [&](int times) {
        for (int i = 0; i < times; ++i) {
            ZenooClient client{setup.server.world.io.get_executor(), "127.0.0.1", {.port = setup.server.port()}};
            REQUIRE(setup.server.run(client.login("shop", "admin", "sesame")).value == 2);
        }
        setup.server.settle();
    };
    come_and_go(100);
    auto const descriptors = open_descriptors();
    auto const memory = live_bytes;
    come_and_go(1000);
    CHECK(open_descriptors() == descriptors);
    CHECK(live_bytes - memory < 8000);  // less than a pointer each
}

TEST_CASE("parsing a hundred megabytes of brackets takes no additional memory") {
    HttpResponse const brackets{200, {{"Content-Type", "application/json"}}, std::string(100 * mega, '[')};
    for (auto const protocol : {Protocol::json_rpc, Protocol::json2}) {
        detail::AskedCall const call{.id = 1, .name = "x.y", .protocol = protocol};
        CHECK(most_memory_of([&] { CHECK(classify(brackets, call).error().is<ProtocolError>()); }) < mega);
    }
}

TEST_CASE("an endless response takes no more memory than its limit") {
    struct Endless {
        char const* head;
        char const* piece;
    };
    ClientOptions options;
    options.max_response_size = mega;
    for (auto const& [head, piece] : {Endless{"HTTP/1.1 200 OK\r\nX: ", "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"},
                                      Endless{"HTTP/1.1 200 OK\r\n", "X: y\r\n"},
                                      Endless{"HTTP/1.1 200 OK\r\n\r\n", "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"},
                                      Endless{"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", "1\r\nx\r\n"},
                                      Endless{"", "HTTP/1.1 100 Continue\r\n\r\n"}}) {
        CAPTURE(head);
        std::string pieces;
        while (pieces.size() < 100'000) pieces += piece;
        LocalServer server{[&](Peer& peer, std::string) -> asio::awaitable<bool> {
            co_await peer.respond(head);
            for (;;) co_await peer.respond(pieces);
        }};
        options.port = server.port();
        ZenooClient client{server.world.io.get_executor(), "127.0.0.1", options};
        auto const most =
            most_memory_of([&] { CHECK(server.run(client.results().version()).value->error().is<ProtocolError>()); });
        CHECK(most < 4 * mega);
    }
}

#endif
