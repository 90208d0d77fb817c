// SPDX-License-Identifier: BSL-1.0
#include "odoo/http/name_lookup.hpp"

#include "odoo/fixtures/loopback.hpp"
#include "support/catch.hpp"
#include "support/run.hpp"

#include <zenoo_rpc/core/exceptions.hpp>

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
using tests::tcp;

namespace {

/// A search that the operating system does not end until it is told to.
struct Stuck {
    std::promise<void> begun;
    std::promise<void> released;
};
std::atomic<Stuck*> stuck = nullptr;
std::atomic<int> searches = 0;

using GetAddrInfo = int(char const*, char const*, addrinfo const*, addrinfo**);

}  // namespace

/// Stands before that of the C library: no name server is as slow as a test needs it, nor as quick.
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

HttpRequest some_request() {
    HttpRequest request;
    request.target = "/";
    request.body = "{}";
    return request;
}

asio::awaitable<void> answer_well(Peer& peer) {
    co_await peer.request();
    co_await peer.answer("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}");
}

boost::system::result<detail::Endpoints> found_by(detail::NameLookup& lookup) {
    asio::io_context io;
    auto found = asio::co_spawn(io, lookup.endpoints(), asio::use_future);
    io.run();
    return found.get();
}

void run_until_answered(Loopback& loopback) {
    while (!loopback.result) loopback.io.run_one();
}

}  // namespace

TEST_CASE("a search for a name is abandoned when nobody waits for it any more") {
    auto const type = GENERATE(asio::cancellation_type::terminal, asio::cancellation_type::total);
    Stuck search;
    stuck = &search;
    Loopback loopback;
    loopback.host = "stuck.test";
    loopback.start(some_request());
    loopback.io.poll();
    search.begun.get_future().wait();
    loopback.cancel(type);
    run_until_answered(loopback);
    CHECK(loopback.result->error().cancelled());
    CHECK(loopback.result->error().delivery() == Delivery::not_sent);

    search.released.set_value();  // it ends after all, and harms nobody
    loopback.run();
}

TEST_CASE("a search that takes too long was not sent") {
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

TEST_CASE("closing at once ends who waits for an address, too") {
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

TEST_CASE("an unknown host is a network error of a request that was not sent") {
    Loopback loopback;
    loopback.host = "none.test";
    loopback.start(some_request());
    loopback.run();
    auto const& failure = loopback.result->error();
    CHECK(failure.is<NetworkError>());
    CHECK(failure.delivery() == Delivery::not_sent);
    CHECK(tests::contains(failure.what(), "cannot find the address of none.test"));
}

TEST_CASE("a name is looked up once, and anew when its addresses are of no use any more") {
    searches = 0;
    Loopback loopback;
    loopback.host = "one.test";
    HttpTransport transport{loopback.address()};
    int good = 0;
    auto call = [&]() -> asio::awaitable<void> {
        Result<HttpResponse> const answer = co_await transport.exchange(some_request());
        good += answer.has_value();
    };
    auto const call_once = [&] {
        asio::co_spawn(loopback.io, call(), asio::detached);
        loopback.io.run();
        loopback.io.restart();
    };
    loopback.serve(answer_well);
    call_once();
    loopback.serve(answer_well);
    call_once();
    CHECK(good == 2);
    CHECK(searches == 1);

    loopback.acceptor.close();
    call_once();
    call_once();
    CHECK(good == 2);
    CHECK(searches == 2);
}

TEST_CASE("an address that refuses is followed by the next one") {
    Loopback loopback;
    loopback.acceptor = tcp::acceptor{loopback.io, tcp::endpoint{asio::ip::make_address("127.0.0.2"), 0}};
    loopback.host = "two.test";
    CHECK(loopback.exchange_with(answer_well, some_request()).value().status == 200);
}

TEST_CASE("an address that does not answer leaves time for the next one") {
    tests::World world;
    BlackHole hole{world.io, {asio::ip::make_address("127.0.0.1"), 0}};
    auto const port = hole.acceptor.local_endpoint().port();
    tcp::acceptor acceptor{world.io, tcp::endpoint{asio::ip::make_address("127.0.0.2"), port}};
    auto serve = [&]() -> asio::awaitable<void> {
        tcp::socket socket = co_await acceptor.async_accept(asio::use_awaitable);
        Peer peer{std::move(socket)};
        co_await answer_well(peer);
    };
    asio::co_spawn(world.io, serve(), asio::detached);

    HttpTransport transport{{"two.test", port, ""}};
    auto running = world.start(transport.exchange(some_request()));
    auto& service = asio::use_service<TimeService>(world.io);
    bool share_is_over = false;
    while (!running.ended()) {
        world.io.restart();
        if (world.io.poll_one() > 0) continue;
        // Nothing is ready: the search is under way in its thread, or the first address does not answer.
        if (!share_is_over) share_is_over = detail::waits_of(service).expire_next(world.time.now() + 5s);
        world.io.restart();
        world.io.run_one_for(1ms);
    }
    CHECK(running.outcome().value->value().status == 200);
    CHECK(share_is_over);
}

TEST_CASE("a search that has not begun when it is abandoned never does") {
    Stuck search;
    stuck = &search;
    searches = 0;
    asio::io_context io;
    detail::NameLookup slow{{"stuck.test", 80, ""}};
    detail::NameLookup quick{{"one.test", 80, ""}};
    auto const first = asio::co_spawn(io, slow.endpoints(), asio::use_future);
    io.poll();
    search.begun.get_future().wait();  // Asio searches for one name at a time
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

TEST_CASE("a search that begins after all were given up ends as if it were cancelled") {
    detail::NameLookup lookup{{"one.test", 80, ""}};
    lookup.give_up();
    CHECK(found_by(lookup).error() == asio::error::operation_aborted);
}

TEST_CASE("a name without an address is an unknown host") {
    detail::NameLookup lookup{{"empty.test", 80, ""}};
    CHECK(found_by(lookup).error() == asio::error::host_not_found);
}

TEST_CASE("an address is never searched for, not even when it turned out to be of no use") {
    searches = 0;
    detail::NameLookup lookup{{"127.0.0.1", 80, ""}};
    lookup.forget();
    detail::Endpoints const endpoints = found_by(lookup).value();
    REQUIRE(endpoints.size() == 1);
    CHECK(endpoints.front() == tcp::endpoint{asio::ip::address_v4::loopback(), 80});
    CHECK(searches == 0);
}
