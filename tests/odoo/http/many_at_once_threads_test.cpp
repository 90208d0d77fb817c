// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"
#include "support/descriptors.hpp"
#include "support/temporary_file.hpp"

#include <zenoo_rpc/exceptions.hpp>
#include <zenoo_rpc/odoo/client.hpp>
#include <zenoo_rpc/testing/odoo_simulator.hpp>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_future.hpp>

#include <algorithm>
#include <atomic>
#include <future>
#include <string>
#include <thread>
#include <vector>

using namespace zenoo_rpc;
using namespace std::chrono_literals;
using nlohmann::json;
using tests::open_descriptors;

namespace {

constexpr int callers = 500;
constexpr std::size_t concurrency = 16;

/// Counts both ends of each connection: both are in this process.
constexpr std::size_t descriptors_at_most = 2 * concurrency + 2;

/// Waits for the server, which closes its ends of connections a moment after the client.
void wait_until_open(std::size_t count) {
    while (open_descriptors() > count) std::this_thread::yield();
}

template <class T>
T run(asio::thread_pool& pool, asio::awaitable<T> work) {
    return asio::co_spawn(pool, std::move(work), asio::use_future).get();
}

}  // namespace

TEST_CASE("hundreds of coroutines on four threads share one client and leave no descriptors open") {
    bool const keep_alive = GENERATE(false, true);
    bool const secure = GENERATE(false, true);
    testing::CertificateAuthority const authority;
    tests::TemporaryFile const trusted{authority.certificate()};
    testing::OdooSimulatorOptions server;
    ClientOptions options;
    server.keep_alive = keep_alive;
    if (secure) server.tls = authority.issue("127.0.0.1");
    if (secure) options.tls.ca_file = trusted.path();
    options.max_concurrency = concurrency;
    testing::OdooSimulator odoo{std::move(server)};

    asio::thread_pool pool{4};
    ZenooClient client{pool.get_executor(), odoo.url(), options};
    run(pool, client.login("odoo19", "admin", "admin"));
    auto const before = open_descriptors();
    auto const requests_before = odoo.stats().requests;
    std::atomic<std::size_t> most_open = 0;
    auto call = [&]() -> asio::awaitable<bool> {
        json const partners = co_await client.read("res.partner", RecordId{1}, fields("name"));
        auto const open = open_descriptors();
        for (auto seen = most_open.load(); open > seen && !most_open.compare_exchange_weak(seen, open);) {
        }
        co_return partners.size() == 1;
    };
    std::vector<std::future<bool>> all;
    for (int i = 0; i < callers; ++i) all.push_back(asio::co_spawn(pool, call(), asio::use_future));
    CHECK(std::ranges::all_of(all, [](auto& each) { return each.get(); }));

    CHECK(most_open <= before + 4 + descriptors_at_most + 2 * concurrency);  // each caller opens a directory to count
    run(pool, client.close());
    wait_until_open(before);
    CHECK(odoo.stats().requests == requests_before + callers);
}

TEST_CASE("closing a client at once ends calls in progress with an unknown outcome and rejects later ones") {
    testing::OdooSimulator odoo;
    asio::thread_pool pool{4};
    ZenooClient client{pool.get_executor(), odoo.url()};
    run(pool, client.login("odoo19", "admin", "admin"));
    auto const requests_before = odoo.stats().requests;
    odoo.script(std::vector<testing::Fault>(20, testing::Fault::delay_response(1h)));
    std::vector<std::future<Result<RecordId>>> all;
    for (int i = 0; i < 20; ++i) {
        auto call = client.results().create("res.partner", values("name", std::to_string(i)));
        all.push_back(asio::co_spawn(pool, std::move(call), asio::use_future));
    }
    odoo.wait_for_calls(requests_before + 20);
    run(pool, client.close(0s));
    for (auto& each : all) CHECK(each.get().error().is<OutcomeUnknownError>());
    Result<RecordId> const late = run(pool, client.results().create("res.partner", values("name", "late")));
    CHECK(late.error().never_retried());
    CHECK(late.error().delivery() == Delivery::not_sent);
}
