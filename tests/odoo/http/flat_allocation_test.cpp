// SPDX-License-Identifier: BSL-1.0
// Thousands of calls leave behind neither memory nor descriptors, and one answer takes no more memory than it may.
#include "odoo/fixtures/local_server.hpp"
#include "odoo/wire/classify.hpp"
#include "support/catch.hpp"
#include "support/descriptors.hpp"
#include "support/own_allocator.hpp"

#include <zenoo_rpc/core/exceptions.hpp>
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

/// What becomes of a request: each in its turn.
enum class Fate { kept, closed, chunked, refused, garbage, half, nothing, reset, silence };
constexpr std::array fates{Fate::kept, Fate::kept,    Fate::closed, Fate::chunked, Fate::refused, Fate::garbage,
                           Fate::half, Fate::nothing, Fate::kept,   Fate::reset,   Fate::silence};

struct Fair {
    Fair() {
        CHECK(server.run(client.login("shop", "admin", "sesame")).value == 2);
        turn = 0;
    }

    std::string answer(std::string const& request) const {
        auto const rows = json::array({{{"id", 7}, {"name", std::string(1000, 'x')}}});
        switch (fate()) {
            case Fate::kept: return answer_to(request, turn < 0 ? json(2) : rows, tests::kept);
            case Fate::closed: return answer_to(request, rows, tests::closed);
            case Fate::chunked:
                return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
                       "2\r\n{}\r\n0\r\n\r\n";
            case Fate::refused: return "HTTP/1.1 503 No\r\nContent-Length: 2\r\nRetry-After: 7\r\n\r\nno";
            case Fate::garbage: return "SSH-2.0-OpenSSH_9.2\r\n\r\n";
            case Fate::half: return "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf";
            default: return "";
        }
    }
    Fate fate() const { return turn < 0 ? Fate::kept : fates[static_cast<std::size_t>(turn) % fates.size()]; }

    asio::awaitable<bool> play(Peer& peer, std::string request) {
        if (fate() == Fate::silence) co_await peer.end();
        if (fate() == Fate::reset) peer.reset();
        auto const bytes = answer(request);
        if (!bytes.empty()) co_await peer.answer(bytes);
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
        good += running.outcome().value->has_value();
        ++turn;
    }
    void call(int times) {
        for (int i = 0; i < times; ++i) call();
        server.settle();
    }

    int turn = -1;
    int good = 0;
    LocalServer server{[this](Peer& peer, std::string request) { return play(peer, std::move(request)); }};
    ZenooClient client{server.world.io.get_executor(), "127.0.0.1", {.port = server.port(), .user_context = false}};
};

/// How much more memory than before `work` needs at a time.
template <class Work>
long most_memory_of(Work work) {
    auto const before = live_bytes;
    most_live_bytes = live_bytes;
    work();
    return most_live_bytes - before;
}

}  // namespace

TEST_CASE("after thousands of calls that end in all ways no descriptor and no memory is taken that was not before") {
    constexpr int rounds = 300;
    constexpr int calls = rounds * static_cast<int>(fates.size());
    Fair fair;
    fair.call(calls / 10);
    auto const descriptors = open_descriptors();
    auto const memory = live_bytes;
    fair.good = 0;
    fair.call(calls);
    CHECK(fair.good == rounds * 4);
    CHECK(open_descriptors() == descriptors);
    CHECK(live_bytes - memory < calls);  // less than a byte each
}

TEST_CASE("clients that come and go in one context leave behind neither descriptors nor memory") {
    Fair fair;
    fair.turn = -1;
    auto const come_and_go = [&](int times) {
        for (int i = 0; i < times; ++i) {
            ZenooClient client{fair.server.world.io.get_executor(), "127.0.0.1", {.port = fair.server.port()}};
            REQUIRE(fair.server.run(client.login("shop", "admin", "sesame")).value == 2);
        }
        fair.server.settle();
    };
    come_and_go(100);
    auto const descriptors = open_descriptors();
    auto const memory = live_bytes;
    come_and_go(1000);
    CHECK(open_descriptors() == descriptors);
    CHECK(live_bytes - memory < 8000);  // less than a pointer each
}

TEST_CASE("a hundred megabytes of brackets take no memory beside their own") {
    HttpResponse const brackets{200, {{"Content-Type", "application/json"}}, std::string(100 * mega, '[')};
    for (auto const protocol : {Protocol::json_rpc, Protocol::json2}) {
        detail::AskedCall const call{.id = 1, .name = "x.y", .protocol = protocol};
        CHECK(most_memory_of([&] { CHECK(classify(brackets, call).error().is<ProtocolError>()); }) < mega);
    }
}

TEST_CASE("what never ends takes no more memory than its limit") {
    struct Endless {
        char const* head;
        char const* piece;
    };
    ClientOptions options;
    options.answer_size = mega;
    for (auto const& [head, piece] : {Endless{"HTTP/1.1 200 OK\r\nX: ", "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"},
                                      Endless{"HTTP/1.1 200 OK\r\n", "X: y\r\n"},
                                      Endless{"HTTP/1.1 200 OK\r\n\r\n", "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"},
                                      Endless{"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", "1\r\nx\r\n"},
                                      Endless{"", "HTTP/1.1 100 Continue\r\n\r\n"}}) {
        CAPTURE(head);
        std::string pieces;
        while (pieces.size() < 100'000) pieces += piece;
        LocalServer server{[&](Peer& peer, std::string) -> asio::awaitable<bool> {
            co_await peer.answer(head);
            for (;;) co_await peer.answer(pieces);
        }};
        options.port = server.port();
        ZenooClient client{server.world.io.get_executor(), "127.0.0.1", options};
        auto const most =
            most_memory_of([&] { CHECK(server.run(client.results().version()).value->error().is<ProtocolError>()); });
        CHECK(most < 4 * mega);
    }
}

#endif
