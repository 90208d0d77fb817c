// SPDX-License-Identifier: BSL-1.0
#include "odoo/http/resolver.hpp"

#include "odoo/fixtures/loopback.hpp"
#include "odoo/fixtures/some_request.hpp"
#include "support/catch.hpp"
#include "support/run.hpp"

#include <zenoo_rpc/exceptions.hpp>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/use_future.hpp>

#include <atomic>
#include <dlfcn.h>
#include <future>
#include <netdb.h>
#include <string>
#include <string_view>

using namespace zenoo_rpc;
using namespace std::chrono_literals;
using tests::BlackHole;
using tests::Loopback;
using tests::Peer;
using tests::some_request;
using tests::tcp;

namespace {

/// A lookup that the operating system does not complete until `released`.
struct Stuck {
    std::promise<void> begun;
    std::promise<void> released;
};
std::atomic<Stuck*> stuck = nullptr;
std::atomic<int> searches = 0;

using GetAddrInfo = int(char const*, char const*, addrinfo const*, addrinfo**);

}  // namespace

/// Replaces the function of the C library: no name server is as slow as a test needs it, nor as fast.
extern "C" int getaddrinfo(char const* host, char const* service, addrinfo const* hints, addrinfo** found) {
    static auto* const system = reinterpret_cast<GetAddrInfo*>(dlsym(RTLD_NEXT, "getaddrinfo"));
    std::string_view const name = host ? host : "";
    if (name.ends_with(".test") || name == "127.0.0.1") ++searches;
    if (name == "stuck.test") {
        stuck.load()->begun.set_value();
        stuck.load()->released.get_future().wait();
        return EAI_AGAIN;
    }
    if (name == "none.test") return EAI_NONAME;
    if (name == "empty.test") {
        *found = nullptr;
        return 0;
    }
    if (name == "one.test") return system("127.0.0.1", service, hints, found);
    if (name != "two.test") return system(host, service, hints, found);
    int const error = system("127.0.0.1", service, hints, found);
    return error ? error : system("127.0.0.2", service, hints, &(*found)->ai_next);
}

namespace {

asio::awaitable<void> respond_well(Peer& peer) {
    co_await peer.request();
    co_await peer.respond("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}");
}

boost::system::result<detail::Endpoints> found_by(detail::Resolver& resolver) {
    asio::io_context io;
    auto found = asio::co_spawn(io, resolver.endpoints(), asio::use_future);
    io.run();
    return found.get();
}

void run_until_response(Loopback& loopback) {
    while (!loopback.result) loopback.io.run_one();
}

}  // namespace

TEST_CASE("cancelling a request abandons its name lookup") {
    auto const type = GENERATE(asio::cancellation_type::terminal, asio::cancellation_type::total);
    Stuck search;
    stuck = &search;
    Loopback loopback;
    loopback.host = "stuck.test";
    loopback.start(some_request());
    loopback.io.poll();
    search.begun.get_future().wait();
    loopback.cancel(type);
    run_until_response(loopback);
    CHECK(loopback.result->error().cancelled());
    CHECK(loopback.result->error().delivery() == Delivery::not_sent);

    search.released.set_value();  // the abandoned lookup completes without effect
    loopback.run();
}

TEST_CASE("a request whose name lookup times out counts as not sent") {
    Stuck search;
    stuck = &search;
    tests::World world;
    HttpTransport transport{{"stuck.test", 80, ""}};
    auto running = world.start(transport.exchange(some_request()));
    world.time.advance(0s);
    search.begun.get_future().wait();
    world.time.advance(10s);
    REQUIRE(running.ended());
    auto const& failure = running.outcome().value->error();
    CHECK(failure.is<TimeoutError>());
    CHECK(failure.delivery() == Delivery::not_sent);
    search.released.set_value();
    world.io.restart();
    world.io.run();
}

TEST_CASE("closing at once ends requests that wait for a name lookup") {
    Stuck search;
    stuck = &search;
    Loopback loopback;
    HttpLimits limits;
    limits.connect_timeout = unlimited;
    HttpTransport transport{{"stuck.test", 80, ""}, limits};
    auto call = asio::co_spawn(loopback.io, transport.exchange(some_request()), asio::use_future);
    loopback.io.poll();
    search.begun.get_future().wait();
    auto closing = asio::co_spawn(loopback.io, transport.close(0s), asio::use_future);
    while (closing.wait_for(0s) != std::future_status::ready) loopback.io.run_one();
    closing.get();
    CHECK(call.get().error().cancelled());
    search.released.set_value();
    loopback.run();
}

TEST_CASE("an unknown host is a NetworkError of a request that was not sent") {
    Loopback loopback;
    loopback.host = "none.test";
    loopback.start(some_request());
    loopback.run();
    auto const& failure = loopback.result->error();
    CHECK(failure.is<NetworkError>());
    CHECK(failure.delivery() == Delivery::not_sent);
    CHECK(tests::contains(failure.what(), "cannot resolve host none.test"));
}

TEST_CASE("a name is looked up once, and again after connecting to its addresses failed") {
    searches = 0;
    Loopback loopback;
    loopback.host = "one.test";
    HttpTransport transport{loopback.address()};
    int successes = 0;
    auto call = [&]() -> asio::awaitable<void> {
        Result<HttpResponse> const response = co_await transport.exchange(some_request());
        successes += response.has_value();
    };
    auto const call_once = [&] {
        asio::co_spawn(loopback.io, call(), asio::detached);
        loopback.io.run();
        loopback.io.restart();
    };
    loopback.serve(respond_well);
    call_once();
    loopback.serve(respond_well);
    call_once();
    CHECK(successes == 2);
    CHECK(searches == 1);

    loopback.acceptor.close();
    call_once();
    call_once();
    CHECK(successes == 2);
    CHECK(searches == 2);
}

TEST_CASE("the next address is tried when one refuses the connection") {
    Loopback loopback;
    loopback.acceptor = tcp::acceptor{loopback.io, tcp::endpoint{asio::ip::make_address("127.0.0.2"), 0}};
    loopback.host = "two.test";
    CHECK(loopback.exchange_with(respond_well, some_request()).value().status == 200);
}

TEST_CASE("an unresponsive address leaves time for the next one") {
    tests::World world;
    BlackHole hole{world.io, {asio::ip::make_address("127.0.0.1"), 0}};
    auto const port = hole.acceptor.local_endpoint().port();
    tcp::acceptor acceptor{world.io, tcp::endpoint{asio::ip::make_address("127.0.0.2"), port}};
    auto serve = [&]() -> asio::awaitable<void> {
        tcp::socket socket = co_await acceptor.async_accept(asio::use_awaitable);
        Peer peer{std::move(socket)};
        co_await respond_well(peer);
    };
    asio::co_spawn(world.io, serve(), asio::detached);

    HttpTransport transport{{"two.test", port, ""}};
    auto running = world.start(transport.exchange(some_request()));
    auto& service = asio::use_service<TimeService>(world.io);
    bool share_is_over = false;
    while (!running.ended()) {
        world.io.restart();
        if (world.io.poll_one() > 0) continue;
        // Nothing is ready: the lookup is running in its thread, or the first address does not respond.
        if (!share_is_over) share_is_over = detail::waits_of(service).expire_next(world.time.now() + 5s);
        world.io.restart();
        world.io.run_one_for(1ms);
    }
    CHECK(running.outcome().value->value().status == 200);
    CHECK(share_is_over);
}

TEST_CASE("a lookup that is abandoned before it begins never begins") {
    Stuck search;
    stuck = &search;
    searches = 0;
    asio::io_context io;
    detail::Resolver slow{{"stuck.test", 80, ""}};
    detail::Resolver quick{{"one.test", 80, ""}};
    auto const first = asio::co_spawn(io, slow.endpoints(), asio::use_future);
    io.poll();
    search.begun.get_future().wait();  // Asio looks names up one by one
    asio::cancellation_signal signal;
    auto second = asio::co_spawn(io, quick.endpoints(), asio::bind_cancellation_slot(signal.slot(), asio::use_future));
    io.poll();
    signal.emit(asio::cancellation_type::terminal);
    io.poll();
    REQUIRE(second.wait_for(0s) == std::future_status::ready);
    CHECK(second.get().error() == asio::error::operation_aborted);
    search.released.set_value();
    io.run();
    CHECK(first.wait_for(0s) == std::future_status::ready);
    CHECK(searches == 1);
}

TEST_CASE("a lookup that begins after give_up ends as if it were cancelled") {
    detail::Resolver resolver{{"one.test", 80, ""}};
    resolver.give_up();
    CHECK(found_by(resolver).error() == asio::error::operation_aborted);
}

TEST_CASE("a name without an address is an unknown host") {
    detail::Resolver resolver{{"empty.test", 80, ""}};
    CHECK(found_by(resolver).error() == asio::error::host_not_found);
}

TEST_CASE("a numeric address is never looked up, not even after forget") {
    searches = 0;
    detail::Resolver resolver{{"127.0.0.1", 80, ""}};
    resolver.forget();
    detail::Endpoints const endpoints = found_by(resolver).value();
    REQUIRE(endpoints.size() == 1);
    CHECK(endpoints.front() == tcp::endpoint{asio::ip::address_v4::loopback(), 80});
    CHECK(searches == 0);
}
