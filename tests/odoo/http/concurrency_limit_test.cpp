// SPDX-License-Identifier: BSL-1.0
#include "odoo/fixtures/loopback.hpp"
#include "odoo/fixtures/some_request.hpp"
#include "support/catch.hpp"
#include "support/run.hpp"

#include <zenoo_rpc/async/timeout.hpp>
#include <zenoo_rpc/exceptions.hpp>

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
using tests::some_request;
using tests::tcp;

namespace {

/// A server in virtual time that responds on demand, and a client with a small concurrency limit.
struct Counter {
    explicit Counter(std::size_t max_concurrency, std::size_t max_queued = 100)
        : transport{{"127.0.0.1", acceptor.local_endpoint().port(), ""}, limits(max_concurrency, max_queued)} {
        asio::co_spawn(world.io, accept(), asio::detached);
    }

    static HttpLimits limits(std::size_t max_concurrency, std::size_t max_queued) {
        HttpLimits limits;
        limits.max_concurrency = max_concurrency;
        limits.max_queued = max_queued;
        return limits;
    }

    asio::awaitable<void> accept() {
        for (;;) {
            tcp::socket socket = co_await acceptor.async_accept(asio::use_awaitable);
            peers.emplace_back(std::move(socket));
            asio::co_spawn(world.io, receive(peers.back()), asio::detached);
        }
    }
    asio::awaitable<void> receive(Peer& peer) {
        std::string const request = co_await peer.request();
        received.push_back(request.substr(request.find("\r\n\r\n") + 4));
    }
    /// Responds to the first request that has no response yet.
    void respond_to_next() {
        auto task = peers.at(responded++).respond("HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\n{}");
        asio::co_spawn(world.io, std::move(task), asio::detached);
        settle();
    }
    auto start(std::string body) {
        auto running = world.start(transport.exchange(some_request(std::move(body))));
        settle();
        return running;
    }
    /// Handles what has arrived on loopback, without waiting for anything else.
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
    std::vector<std::string> received;
    std::size_t responded = 0;
};

using Bodies = std::vector<std::string>;

}  // namespace

TEST_CASE("at most max_concurrency requests run concurrently, and the others follow in their order") {
    Counter counter{2};
    std::vector<testing::Running<Result<HttpResponse>>> calls;
    for (auto const* body : {"1", "2", "3", "4"}) calls.push_back(counter.start(body));
    CHECK(counter.received == Bodies{"1", "2"});
    counter.respond_to_next();
    CHECK(counter.received == Bodies{"1", "2", "3"});
    counter.respond_to_next();
    CHECK(counter.received == Bodies{"1", "2", "3", "4"});
    counter.respond_to_next();
    counter.respond_to_next();
    for (auto& call : calls) CHECK(call.outcome().value->has_value());
}

TEST_CASE("a queued request that is cancelled or times out counts as not sent and gives up its place") {
    auto const type =
        GENERATE(asio::cancellation_type::terminal, asio::cancellation_type::partial, asio::cancellation_type::total);
    Counter counter{1};
    auto first = counter.start("1");
    auto second = counter.start("2");
    auto hurried = [&] { return counter.transport.exchange(some_request("hurried")); };
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
    counter.respond_to_next();
    CHECK(counter.received == Bodies{"1", "4"});
}

TEST_CASE("a request that is cancelled when its place becomes free passes the place on") {
    Counter counter{1};
    auto first = counter.start("1");
    auto second = counter.start("2");
    auto third = counter.start("3");
    asio::post(counter.world.io, [&] { second.cancel(); });
    counter.respond_to_next();
    counter.settle();
    REQUIRE(second.ended());
    if (counter.received.size() == 1) counter.settle();
    CHECK(counter.received.back() == "3");
}

TEST_CASE("a full queue rejects a request as not sent and transient") {
    Counter counter{1, 1};
    auto first = counter.start("1");
    auto second = counter.start("2");
    auto third = counter.start("3");
    REQUIRE(third.ended());
    auto const& failure = third.outcome().value->error();
    CHECK(failure.transient());
    CHECK(failure.delivery() == Delivery::not_sent);
    CHECK(contains(failure.what(), "the request queue for 127.0.0.1:"));
    CHECK(contains(failure.what(), "is full: max_queued is 1"));
}

TEST_CASE("closing waits for running and queued requests and rejects new ones") {
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
    counter.respond_to_next();
    CHECK_FALSE(closing.ended());
    counter.respond_to_next();
    CHECK(first.outcome().value->has_value());
    CHECK(second.outcome().value->has_value());
    CHECK(closing.ended());
}

TEST_CASE("requests that do not end within the grace period end as if they were cancelled") {
    Counter counter{2};
    auto sent = counter.start("1");
    tests::BlackHole hole{counter.world.io, {asio::ip::address_v4::loopback(), 0}};
    auto also_sent = counter.start("2");
    auto queued = counter.start("3");
    auto closing = counter.world.start(counter.transport.close(5s));
    counter.world.time.advance(4s);
    CHECK_FALSE(sent.ended());
    counter.world.time.advance(1s);
    counter.settle();
    REQUIRE(closing.ended());
    CHECK_FALSE(closing.outcome().failure);
    for (auto* call : {&sent, &also_sent, &queued}) {
        REQUIRE(call->ended());
        CHECK(call->outcome().value->error().cancelled());
    }
    CHECK(sent.outcome().value->error().delivery() == Delivery::unknown);
    CHECK(queued.outcome().value->error().delivery() == Delivery::not_sent);
}

TEST_CASE("cancelling a close ends the running requests") {
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

TEST_CASE("closing an idle transport ends at once") {
    Counter counter{1};
    auto const closing = counter.world.start(counter.transport.close(unlimited));
    counter.settle();
    CHECK(closing.ended());
}

TEST_CASE("closing at once ends requests that are still connecting") {
    tests::World world;
    tests::BlackHole hole{world.io, {asio::ip::address_v4::loopback(), 0}};
    HttpTransport transport{{"127.0.0.1", hole.acceptor.local_endpoint().port(), ""}};
    auto call = world.start(transport.exchange(some_request("1")));
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

TEST_CASE("a context may be destroyed while one request runs and another is queued") {
    tests::World world;
    // A context destroys its services in the reverse order of creation: that of sockets before that of channels.
    asio::experimental::concurrent_channel<void(boost::system::error_code)> earlier{world.io, 1};
    tcp::acceptor silent{world.io, tcp::endpoint{asio::ip::address_v4::loopback(), 0}};
    HttpTransport transport{{"127.0.0.1", silent.local_endpoint().port(), ""}, Counter::limits(1, 100)};
    auto const first = world.start(transport.exchange(some_request("1")));
    auto const second = world.start(transport.exchange(some_request("2")));
    for (int i = 0; i < 50; ++i) {
        world.io.restart();
        world.io.poll();
    }
    CHECK_FALSE(first.ended());
    CHECK_FALSE(second.ended());
}

TEST_CASE("a concurrency limit of zero is rejected") {
    HttpLimits none;
    none.max_concurrency = 0;
    CHECK_THROWS_WITH((HttpTransport{{"127.0.0.1", 80, ""}, none}),
                      Catch::Matchers::ContainsSubstring("HttpLimits::max_concurrency"));
}
