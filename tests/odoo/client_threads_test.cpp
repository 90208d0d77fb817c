// SPDX-License-Identifier: BSL-1.0
#include "odoo/fixtures/scripted_transport.hpp"
#include "support/catch.hpp"

#include <zenoo_rpc/exceptions.hpp>
#include <zenoo_rpc/odoo/client.hpp>
#include <zenoo_rpc/retry.hpp>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_future.hpp>

#include <atomic>
#include <future>
#include <memory>
#include <string>
#include <vector>

using namespace zenoo_rpc;
using namespace std::chrono_literals;
using namespace zenoo_rpc::tests;
using nlohmann::json;

namespace {

/// Responds to every request, but loses a third of the responses, spread so that callers in step do not lose all.
class Forgetful final : public Transport {
public:
    std::atomic<int> asked = 0;

    asio::awaitable<Result<HttpResponse>> exchange(HttpRequest request) override {
        auto const body = json::parse(request.body);
        co_await asio::post(asio::use_awaitable);
        if (++asked * 37 % 101 < 33) {
            Failure lost{make_error_code(asio::error::connection_reset)};
            co_return lost;
        }
        auto const fate = response_to(body["params"]["args"]);
        Result<HttpResponse> response = co_await fate(body);
        co_return response;
    }

private:
    static Fate response_to(json const& args) {
        if (args.size() < 5) return fate::result(2);
        if (args[4] == "fields_get") return fate::result(json::parse(R"({"name": {"type": "char"}})"));
        if (args[4] == "load") return fate::result(json::parse(R"({"ids": [7], "messages": []})"));
        return fate::result(json::array());
    }
};

/// Expires all sessions after every hundredth call; each login returns a new user id, the only one accepted from then
/// on.
class Expiring final : public Transport {
public:
    std::atomic<int> logins = 0;
    std::atomic<int> asked = 0;

    asio::awaitable<Result<HttpResponse>> exchange(HttpRequest request) override {
        auto const body = json::parse(request.body);
        co_await asio::post(asio::use_awaitable);
        auto const fate = response_to(body["params"]["args"]);
        Result<HttpResponse> response = co_await fate(body);
        co_return response;
    }

private:
    Fate response_to(json const& args) {
        if (args.size() < 5) {
            ++logins;
            int const user = ++last_user_;
            known_ = user;
            return fate::result(user);
        }
        if (++asked % 100 == 0) known_ = 0;
        return args[1] == known_.load() ? fate::result(json::array())
                                        : fate::error("odoo.http.SessionExpiredException");
    }

    std::atomic<int> last_user_ = 0;
    std::atomic<int> known_ = 0;
};

asio::awaitable<int> read_often(ZenooClient& client) {
    int done = 0;
    for (int i = 0; i < 100; ++i) {
        Result<json> const read = co_await client.results().read("res.partner", 7);
        done += read.has_value() || read.error().is<SessionExpiredError>();
    }
    co_return done;
}

asio::awaitable<int> work(ZenooClient& client, int number) {
    int done = 0;
    for (int i = 0; i < 50; ++i) {
        auto const name = std::to_string(number) + '_' + std::to_string(i);
        ExternalId const external_id{"shop", name};
        RecordId const id = co_await client.create_once("res.partner", external_id, values("name", name));
        done += id == 7;
        Result<json> const read = co_await client.results().read("res.partner", id, fields("name"));
        done += read.has_value();
    }
    co_return done;
}

}  // namespace

TEST_CASE("one client serves many coroutines on many threads while its retry manager is replaced") {
    asio::thread_pool pool{4};
    ZenooClient client{pool.get_executor(), std::make_shared<Forgetful>()};
    auto const patient = RetryPolicy{.strategy = FixedDelayStrategy{.max_attempts = 50, .delay = 0s}};
    client.setup_retry_manager({.policy = patient});
    asio::co_spawn(pool, client.login("shop", "admin", "sesame"), asio::use_future).get();

    std::vector<std::future<int>> all;
    for (int i = 0; i < 16; ++i) all.push_back(asio::co_spawn(pool, work(client, i), asio::use_future));
    for (int i = 0; i < 20; ++i) {
        auto const breaker = std::make_shared<CircuitBreaker>(CircuitBreakerOptions{.failure_threshold = 1000});
        client.setup_retry_manager({.circuit_breaker = breaker, .collect_metrics = true, .policy = patient});
        CHECK(client.retry_manager().circuit_breaker() == breaker);
    }
    for (auto& each : all) CHECK(each.get() == 100);
}

TEST_CASE("expired sessions are renewed only a few times for many coroutines on many threads") {
    asio::thread_pool pool{4};
    auto const server = std::make_shared<Expiring>();
    ZenooClient client{pool.get_executor(), server, {.user_context = false}};
    asio::co_spawn(pool, client.login("shop", "admin", "sesame"), asio::use_future).get();
    std::vector<std::future<int>> all;
    for (int i = 0; i < 16; ++i) all.push_back(asio::co_spawn(pool, read_often(client), asio::use_future));
    for (auto& each : all) CHECK(each.get() == 100);
    CHECK(server->logins > 1);
    CHECK(server->logins <= 1 + server->asked / 100);
}
