// SPDX-License-Identifier: BSL-1.0
#include "odoo/fixtures/loopback.hpp"
#include "odoo/fixtures/some_request.hpp"
#include "support/cancellation_sweep.hpp"
#include "support/catch.hpp"
#include "support/run.hpp"

#include <zenoo_rpc/exceptions.hpp>

#include <functional>
#include <list>
#include <string>

using namespace zenoo_rpc;
using namespace std::chrono_literals;
using tests::BlackHole;
using tests::contains;
using tests::Peer;
using tests::small_response;
using tests::some_request;
using tests::tcp;

namespace {

/// A server in virtual time that plays the same script on each connection, and a client.
struct RepeatingServer {
    using Script = std::function<asio::awaitable<void>(Peer&)>;

    explicit RepeatingServer(Script script_, HttpLimits limits = {})
        : script{std::move(script_)}, transport{{"127.0.0.1", acceptor.local_endpoint().port(), ""}, limits} {
        asio::co_spawn(world.io, accept(), asio::detached);
    }

    asio::awaitable<void> accept() {
        for (;;) {
            tcp::socket socket = co_await acceptor.async_accept(asio::use_awaitable);
            peers.emplace_back(std::move(socket));
            asio::co_spawn(world.io, script(peers.back()), asio::detached);
        }
    }
    auto start(Duration limit, std::string body = "{}") {
        return world.start(transport.exchange_within(limit, some_request(std::move(body))));
    }
    /// Handles what has arrived on loopback, without waiting for anything else.
    void settle() {
        for (int i = 0; i < 50; ++i) {
            world.io.restart();
            world.io.poll();
        }
    }

    tests::World world;
    Script script;
    std::list<Peer> peers;
    tcp::acceptor acceptor{world.io, tcp::endpoint{asio::ip::address_v4::loopback(), 0}};
    HttpTransport transport;
};

asio::awaitable<void> stay_silent(Peer& peer) { co_await peer.request(); }

asio::awaitable<void> respond_half(Peer& peer) {
    co_await peer.request();
    co_await peer.respond("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf");
}

asio::awaitable<void> respond_to_all(Peer& peer) {
    for (;;) {
        co_await peer.request();
        co_await peer.respond(small_response);
    }
}

void check_out_of_time(Failure const& failure, Delivery delivery) {
    CHECK(failure.is<TimeoutError>());
    CHECK(failure.transient());
    CHECK(failure.delivery() == delivery);
    CHECK(contains(failure.what(), "no result within 5 s"));
}

}  // namespace

TEST_CASE("an exchange that times out after sending leaves the outcome unknown and closes its connection") {
    RepeatingServer server{GENERATE(stay_silent, respond_half)};
    auto call = server.start(5s);
    server.settle();
    server.world.time.advance(4999ms);
    CHECK_FALSE(call.ended());
    server.world.time.advance(1ms);
    server.settle();
    REQUIRE(call.ended());
    CHECK(call.outcome().elapsed == 5s);
    check_out_of_time(call.outcome().value->error(), Delivery::unknown);
    auto gone = server.world.start(server.peers.front().end());
    server.settle();
    CHECK(gone.ended());
}

TEST_CASE("a large request that times out while it is being sent counts as not sent") {
    RepeatingServer server{[](Peer&) -> asio::awaitable<void> { co_return; }};
    auto call = server.start(5s, std::string(50'000'000, 'x'));
    server.settle();
    server.world.time.advance(5s);
    server.settle();
    REQUIRE(call.ended());
    check_out_of_time(call.outcome().value->error(), Delivery::not_sent);
}

TEST_CASE("a request that times out while connecting counts as not sent") {
    tests::World world;
    BlackHole hole{world.io, {asio::ip::address_v4::loopback(), 0}};
    HttpTransport transport{{"127.0.0.1", hole.acceptor.local_endpoint().port(), ""}};
    auto const outcome = world.run(transport.exchange_within(5s, some_request()));
    CHECK(outcome.elapsed == 5s);
    check_out_of_time(outcome.value->error(), Delivery::not_sent);
}

TEST_CASE("a request that times out in the queue counts as not sent and gives up its place") {
    HttpLimits limits;
    limits.max_concurrency = 1;
    RepeatingServer server{stay_silent, limits};
    auto first = server.start(unlimited);
    server.settle();
    auto second = server.start(5s);
    auto third = server.start(unlimited);
    server.settle();
    server.world.time.advance(5s);
    server.settle();
    REQUIRE(second.ended());
    check_out_of_time(second.outcome().value->error(), Delivery::not_sent);
    first.cancel();
    server.settle();
    CHECK(server.peers.size() == 2);
}

TEST_CASE("a response in time leaves no timer behind, and the next request reuses the connection") {
    RepeatingServer server{respond_to_all};
    for (int i = 0; i < 3; ++i) {
        auto call = server.start(5s);
        server.settle();
        REQUIRE(call.ended());
        CHECK(call.outcome().value->has_value());
        server.world.time.advance(1s);
    }
    CHECK(server.peers.size() == 1);
    server.world.time.run();
    server.settle();
    auto next = server.start(5s);
    server.settle();
    CHECK(next.outcome().value->has_value());
}

TEST_CASE("a limit of zero ends at once, and a negative limit is rejected") {
    RepeatingServer server{stay_silent};
    auto none = server.start(0s);
    server.world.time.advance(0s);
    server.settle();
    REQUIRE(none.ended());
    CHECK(none.outcome().value->error().is<TimeoutError>());
    auto negative = server.start(-1s);
    server.settle();
    REQUIRE(negative.ended());
    CHECK(negative.outcome().value->error().is<std::invalid_argument>());
    CHECK(negative.outcome().value->error().delivery() == Delivery::not_sent);
}

TEST_CASE("an exchange with a time limit ends at once wherever it is cancelled") {
    auto const script = GENERATE(stay_silent, respond_half, respond_to_all);
    auto const type =
        GENERATE(asio::cancellation_type::terminal, asio::cancellation_type::partial, asio::cancellation_type::total);
    for (int cancel_at = 0;; ++cancel_at) {
        CAPTURE(cancel_at);
        RepeatingServer server{script};
        auto const began = server.world.time.now();
        auto call = server.start(5s);
        int point = 0;
        TimePoint cancelled_at = TimePoint::max();
        tests::run_stepwise(server.world, [&] {
            if (point++ != cancel_at || call.ended()) return;
            cancelled_at = server.world.time.now();
            call.cancel(type);
        });
        REQUIRE(call.ended());
        auto const& outcome = call.outcome();
        if (cancelled_at == TimePoint::max()) {  // it had ended before
            CHECK((outcome.value->has_value() || outcome.value->error().is<TimeoutError>()));
            break;
        }
        bool const is_cancelled = outcome.value ? !*outcome.value && outcome.value->error().cancelled()
                                                : outcome.failure.code() == asio::error::operation_aborted;
        CHECK((is_cancelled || (outcome.value && outcome.value->has_value())));
        CHECK(began + outcome.elapsed <= cancelled_at);
    }
}

TEST_CASE("a context may be destroyed while an exchange has time left") {
    RepeatingServer server{stay_silent};
    auto const sent = server.start(5s);
    server.settle();
    CHECK_FALSE(sent.ended());
}
