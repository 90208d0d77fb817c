// SPDX-License-Identifier: BSL-1.0
#include "odoo/fixtures/loopback.hpp"
#include "support/catch.hpp"
#include "support/run.hpp"

#include <zenoo_rpc/async/timeout.hpp>
#include <zenoo_rpc/core/exceptions.hpp>

#include <boost/asio/experimental/concurrent_channel.hpp>
#include <boost/asio/post.hpp>

#include <deque>
#include <stdexcept>
#include <string>
#include <vector>

using namespace zenoo_rpc;
using namespace std::chrono_literals;
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

/// A server in virtual time that answers when it is told to, and a client with few places.
struct Counter {
    explicit Counter(std::size_t max_concurrency, std::size_t max_waiting = 100)
        : transport{{"127.0.0.1", acceptor.local_endpoint().port(), ""}, limits(max_concurrency, max_waiting)} {
        asio::co_spawn(world.io, accept(), asio::detached);
    }

    static HttpLimits limits(std::size_t max_concurrency, std::size_t max_waiting) {
        HttpLimits limits;
        limits.max_concurrency = max_concurrency;
        limits.max_waiting = max_waiting;
        return limits;
    }

    asio::awaitable<void> accept() {
        for (;;) {
            tcp::socket socket = co_await acceptor.async_accept(asio::use_awaitable);
            peers.emplace_back(std::move(socket));
            asio::co_spawn(world.io, hear(peers.back()), asio::detached);
        }
    }
    asio::awaitable<void> hear(Peer& peer) {
        std::string const request = co_await peer.request();
        heard.push_back(request.substr(request.find("\r\n\r\n") + 4));
    }
    /// Answers the first request that has no answer yet.
    void answer_next() {
        auto task = peers.at(answered++).answer("HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\n{}");
        asio::co_spawn(world.io, std::move(task), asio::detached);
        settle();
    }
    auto start(std::string body) {
        auto running = world.start(transport.exchange(request_of(std::move(body))));
        settle();
        return running;
    }
    /// What is on loopback is there at once; nothing else is waited for.
    void settle() {
        for (int i = 0; i < 50; ++i) {
            world.io.restart();
            world.io.poll();
        }
    }

    tests::World world;
    tcp::acceptor acceptor{world.io, tcp::endpoint{asio::ip::address_v4::loopback(), 0}};
    HttpTransport transport;
    std::deque<Peer> peers;
    std::vector<std::string> heard;
    std::size_t answered = 0;
};

using Bodies = std::vector<std::string>;

}  // namespace

TEST_CASE("no more requests than allowed are under way; the others follow in their order") {
    Counter counter{2};
    std::vector<testing::Running<Result<HttpResponse>>> calls;
    for (auto const* body : {"1", "2", "3", "4"}) calls.push_back(counter.start(body));
    CHECK(counter.heard == Bodies{"1", "2"});
    counter.answer_next();
    CHECK(counter.heard == Bodies{"1", "2", "3"});
    counter.answer_next();
    CHECK(counter.heard == Bodies{"1", "2", "3", "4"});
    counter.answer_next();
    counter.answer_next();
    for (auto& call : calls) CHECK(call.outcome().value->has_value());
}

TEST_CASE("who waits in line can be cancelled, runs out of time, was not sent, and gives his place away") {
    auto const type =
        GENERATE(asio::cancellation_type::terminal, asio::cancellation_type::partial, asio::cancellation_type::total);
    Counter counter{1};
    auto first = counter.start("1");
    auto second = counter.start("2");
    auto hurried = [&] { return counter.transport.exchange(request_of("hurried")); };
    auto const limited = timeout(5s);
    auto third = counter.world.start(limited(hurried));
    auto fourth = counter.start("4");
    second.cancel(type);
    counter.world.time.advance(5s);
    REQUIRE(second.ended());
    CHECK(second.outcome().value->error().cancelled());
    CHECK(second.outcome().value->error().delivery() == Delivery::not_sent);
    REQUIRE(third.ended());
    CHECK(third.outcome().value->error().is<TimeoutError>());
    CHECK(third.outcome().value->error().delivery() == Delivery::not_sent);
    counter.answer_next();
    CHECK(counter.heard == Bodies{"1", "4"});
}

TEST_CASE("cancelled in the moment when it is its turn, a request hands the turn on") {
    Counter counter{1};
    auto first = counter.start("1");
    auto second = counter.start("2");
    auto third = counter.start("3");
    asio::post(counter.world.io, [&] { second.cancel(); });
    counter.answer_next();
    counter.settle();
    REQUIRE(second.ended());
    if (counter.heard.size() == 1) counter.settle();
    CHECK(counter.heard.back() == "3");
}

TEST_CASE("when too many are waiting, another is refused, not sent, and may come later") {
    Counter counter{1, 1};
    auto first = counter.start("1");
    auto second = counter.start("2");
    auto third = counter.start("3");
    REQUIRE(third.ended());
    auto const& failure = third.outcome().value->error();
    CHECK(failure.transient());
    CHECK(failure.delivery() == Delivery::not_sent);
    CHECK(contains(failure.what(), "1 requests to 127.0.0.1:"));
    CHECK(contains(failure.what(), "are waiting already"));
}

TEST_CASE("closing waits for what is under way and in line, and lets nobody else in") {
    Counter counter{1};
    auto first = counter.start("1");
    auto second = counter.start("2");
    auto closing = counter.world.start(counter.transport.close(unlimited));
    counter.settle();
    auto late = counter.start("late");
    REQUIRE(late.ended());
    CHECK(late.outcome().value->error().never_retried());
    CHECK(late.outcome().value->error().delivery() == Delivery::not_sent);
    CHECK(contains(late.outcome().value->error().what(), "the client was closed"));
    counter.answer_next();
    CHECK_FALSE(closing.ended());
    counter.answer_next();
    CHECK(first.outcome().value->has_value());
    CHECK(second.outcome().value->has_value());
    CHECK(closing.ended());
}

TEST_CASE("what has not ended in its time of grace is ended, as if it were cancelled") {
    Counter counter{2};
    auto sent = counter.start("1");
    tests::BlackHole hole{counter.world.io, {asio::ip::address_v4::loopback(), 0}};
    auto also_sent = counter.start("2");
    auto in_line = counter.start("3");
    auto closing = counter.world.start(counter.transport.close(5s));
    counter.world.time.advance(4s);
    CHECK_FALSE(sent.ended());
    counter.world.time.advance(1s);
    counter.settle();
    REQUIRE(closing.ended());
    CHECK_FALSE(closing.outcome().failure);
    for (auto* call : {&sent, &also_sent, &in_line}) {
        REQUIRE(call->ended());
        CHECK(call->outcome().value->error().cancelled());
    }
    CHECK(sent.outcome().value->error().delivery() == Delivery::unknown);
    CHECK(in_line.outcome().value->error().delivery() == Delivery::not_sent);
}

TEST_CASE("who waits for the close can be cancelled, which ends what is under way") {
    Counter counter{1};
    auto call = counter.start("1");
    auto closing = counter.world.start(counter.transport.close(unlimited));
    counter.settle();
    closing.cancel();
    counter.settle();
    CHECK(closing.outcome().failure.cancelled());
    REQUIRE(call.ended());
    CHECK(call.outcome().value->error().cancelled());
}

TEST_CASE("where nothing is under way closing ends at once") {
    Counter counter{1};
    auto const closing = counter.world.start(counter.transport.close(unlimited));
    counter.settle();
    CHECK(closing.ended());
}

TEST_CASE("closing at once ends what is still connecting") {
    tests::World world;
    tests::BlackHole hole{world.io, {asio::ip::address_v4::loopback(), 0}};
    HttpTransport transport{{"127.0.0.1", hole.acceptor.local_endpoint().port(), ""}};
    auto call = world.start(transport.exchange(request_of("1")));
    world.time.advance(1s);
    auto closing = world.start(transport.close(0s));
    world.time.advance(0s);
    for (int i = 0; i < 50; ++i) {
        world.io.restart();
        world.io.poll();
    }
    REQUIRE(call.ended());
    CHECK(call.outcome().value->error().cancelled());
    CHECK(call.outcome().value->error().delivery() == Delivery::not_sent);
    CHECK(closing.ended());
}

TEST_CASE("a context may go while one request is under way and another in line") {
    tests::World world;
    // Services of a context go in the order opposite to that of their making: that of sockets before that of channels.
    asio::experimental::concurrent_channel<void(boost::system::error_code)> earlier{world.io, 1};
    tcp::acceptor silent{world.io, tcp::endpoint{asio::ip::address_v4::loopback(), 0}};
    HttpTransport transport{{"127.0.0.1", silent.local_endpoint().port(), ""}, Counter::limits(1, 100)};
    auto const first = world.start(transport.exchange(request_of("1")));
    auto const second = world.start(transport.exchange(request_of("2")));
    for (int i = 0; i < 50; ++i) {
        world.io.restart();
        world.io.poll();
    }
    CHECK_FALSE(first.ended());
    CHECK_FALSE(second.ended());
}

TEST_CASE("limits of no use are refused") {
    HttpLimits none;
    none.max_concurrency = 0;
    CHECK_THROWS_WITH((HttpTransport{{"127.0.0.1", 80, ""}, none}),
                      Catch::Matchers::Contains("HttpLimits::max_concurrency"));
}
