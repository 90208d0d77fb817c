// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"

#include <zenoo_rpc/exceptions.hpp>
#include <zenoo_rpc/odoo/http_transport.hpp>
#include <zenoo_rpc/testing/odoo_simulator.hpp>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_future.hpp>

#include <chrono>
#include <future>
#include <string>
#include <vector>

using namespace zenoo_rpc;
using namespace std::chrono_literals;

namespace {

/// Makes calls with short limits. Returns the last error other than a timeout; empty if there was none.
asio::awaitable<std::string> ask_often(HttpTransport& transport, int caller) {
    std::string surprise;
    for (int i = 0; i < 50; ++i) {
        HttpRequest request;
        request.method = "GET";
        request.target = "/web/health";
        auto const limit = std::chrono::microseconds{(caller * 37 + i * 101) % 1500};
        Result<HttpResponse> const response = co_await transport.exchange_within(limit, std::move(request));
        if (!response && !response.error().is<TimeoutError>()) surprise = response.error().what();
    }
    co_return surprise;
}

}  // namespace

TEST_CASE("a time limit may expire on one thread while its exchange ends on another") {
    bool const keep_alive = GENERATE(true, false);
    CAPTURE(keep_alive);
    testing::OdooSimulatorOptions options;
    options.keep_alive = keep_alive;
    testing::OdooSimulator odoo{std::move(options)};
    HttpLimits limits;
    limits.max_concurrency = 4;
    HttpTransport transport{parse_server_address(odoo.url(), 0), limits};
    asio::thread_pool pool{4};
    std::vector<std::future<std::string>> all;
    for (int caller = 0; caller < 16; ++caller) {
        all.push_back(asio::co_spawn(pool, ask_often(transport, caller), asio::use_future));
    }
    for (auto& each : all) CHECK(each.get() == "");
}
