// SPDX-License-Identifier: BSL-1.0
#include "odoo/fixtures/loopback.hpp"
#include "support/cancellation_sweep.hpp"
#include "support/catch.hpp"
#include "support/run.hpp"

#include <zenoo_rpc/core/exceptions.hpp>

#include <functional>
#include <list>
#include <string>

using namespace zenoo_rpc;
using namespace std::chrono_literals;
using tests::BlackHole;
using tests::contains;
using tests::Peer;
using tests::tcp;

namespace {

HttpRequest request_of(std::string body) {
    HttpRequest request;
    request.target = "/";
    request.body = std::move(body);
    return request;
}

constexpr auto kept = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}";

/// A server in virtual time that plays the same script with each connection, and a client.
struct Site {
    using Script = std::function<asio::awaitable<void>(Peer&)>;

    explicit Site(Script script_, HttpLimits limits = {})
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
        return world.start(transport.exchange_within(limit, request_of(std::move(body))));
    }
    /// What is on loopback is there at once; nothing else is waited for.
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

asio::awaitable<void> hear(Peer& peer) { co_await peer.request(); }

asio::awaitable<void> answer_half(Peer& peer) {
    co_await peer.request();
    co_await peer.answer("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf");
}

asio::awaitable<void> answer_each(Peer& peer) {
    for (;;) {
        co_await peer.request();
        co_await peer.answer(kept);
    }
}

void check_out_of_time(Failure const& failure, Delivery delivery) {
    CHECK(failure.is<TimeoutError>());
    CHECK(failure.transient());
    CHECK(failure.delivery() == delivery);
    CHECK(contains(failure.what(), "no result within 5 s"));
}

}  // namespace

TEST_CASE("an exchange whose answer does not come in time leaves the outcome unknown, and the server sees its end") {
    Site site{GENERATE(hear, answer_half)};
    auto call = site.start(5s);
    site.settle();
    site.world.time.advance(4999ms);
    CHECK_FALSE(call.ended());
    site.world.time.advance(1ms);
    site.settle();
    REQUIRE(call.ended());
    CHECK(call.outcome().elapsed == 5s);
    check_out_of_time(call.outcome().value->error(), Delivery::unknown);
    auto gone = site.world.start(site.peers.front().end());
    site.settle();
    CHECK(gone.ended());
}

TEST_CASE("out of time while a large request is under way, it was not sent") {
    Site site{[](Peer&) -> asio::awaitable<void> { co_return; }};
    auto call = site.start(5s, std::string(50'000'000, 'x'));
    site.settle();
    site.world.time.advance(5s);
    site.settle();
    REQUIRE(call.ended());
    check_out_of_time(call.outcome().value->error(), Delivery::not_sent);
}

TEST_CASE("out of time while it connects, a request was not sent") {
    tests::World world;
    BlackHole hole{world.io, {asio::ip::address_v4::loopback(), 0}};
    HttpTransport transport{{"127.0.0.1", hole.acceptor.local_endpoint().port(), ""}};
    auto const outcome = world.run(transport.exchange_within(5s, request_of("{}")));
    CHECK(outcome.elapsed == 5s);
    check_out_of_time(outcome.value->error(), Delivery::not_sent);
}

TEST_CASE("out of time in line, a request was not sent, and gives its place away") {
    HttpLimits limits;
    limits.max_concurrency = 1;
    Site site{hear, limits};
    auto first = site.start(unlimited);
    site.settle();
    auto second = site.start(5s);
    auto third = site.start(unlimited);
    site.settle();
    site.world.time.advance(5s);
    site.settle();
    REQUIRE(second.ended());
    check_out_of_time(second.outcome().value->error(), Delivery::not_sent);
    first.cancel();
    site.settle();
    CHECK(site.peers.size() == 2);
}

TEST_CASE("an answer in time leaves nothing waiting, and the connection to the next request") {
    Site site{answer_each};
    for (int i = 0; i < 3; ++i) {
        auto call = site.start(5s);
        site.settle();
        REQUIRE(call.ended());
        CHECK(call.outcome().value->has_value());
        site.world.time.advance(1s);
    }
    CHECK(site.peers.size() == 1);
    site.world.time.run();
    site.settle();
    auto next = site.start(5s);
    site.settle();
    CHECK(next.outcome().value->has_value());
}

TEST_CASE("a limit of nothing ends at once, and a negative one is refused") {
    Site site{hear};
    auto none = site.start(0s);
    site.world.time.advance(0s);
    site.settle();
    REQUIRE(none.ended());
    CHECK(none.outcome().value->error().is<TimeoutError>());
    auto negative = site.start(-1s);
    site.settle();
    REQUIRE(negative.ended());
    CHECK(negative.outcome().value->error().is<std::invalid_argument>());
    CHECK(negative.outcome().value->error().delivery() == Delivery::not_sent);
}

TEST_CASE("wherever an exchange with a limit is cancelled, it ends at once, and nobody waits any more") {
    auto const script = GENERATE(hear, answer_half, answer_each);
    auto const type =
        GENERATE(asio::cancellation_type::terminal, asio::cancellation_type::partial, asio::cancellation_type::total);
    for (int cancel_at = 0;; ++cancel_at) {
        CAPTURE(cancel_at);
        Site site{script};
        auto const began = site.world.time.now();
        auto call = site.start(5s);
        int point = 0;
        TimePoint cancelled_at = TimePoint::max();
        tests::run_stepwise(site.world, [&] {
            if (point++ != cancel_at || call.ended()) return;
            cancelled_at = site.world.time.now();
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

TEST_CASE("a context may go while an exchange has time left") {
    Site site{hear};
    auto const sent = site.start(5s);
    site.settle();
    CHECK_FALSE(sent.ended());
}
