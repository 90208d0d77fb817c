// SPDX-License-Identifier: BSL-1.0
// The client as specified, against the simulator over real sockets.
#include "support/catch.hpp"

#include <zenoo_rpc.hpp>
#include <zenoo_rpc/testing/odoo_simulator.hpp>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>

#include <vector>

using namespace zenoo_rpc;
using namespace std::chrono_literals;
using zenoo_rpc::testing::Fault;
using zenoo_rpc::testing::OdooSimulator;

namespace {

class MillisecondsStrategy final : public RetryStrategy {
public:
    explicit MillisecondsStrategy(int max_attempts = 3) : max_attempts_{max_attempts} {}
    bool should_retry(int attempt, Failure const& failure) override {
        return attempt < max_attempts_ && (failure.is<NetworkError>() || failure.is<TimeoutError>());
    }
    Duration get_delay(int attempt) override {
        return attempt <= 1 ? 1ms : get_delay(attempt - 1) + get_delay(attempt - 2);
    }

private:
    int max_attempts_;
};

/// A client with its own server.
struct Session {
    OdooSimulator odoo;
    asio::io_context io;
    ZenooClient client{io.get_executor(), "127.0.0.1", {.port = odoo.port()}};

    template <class Body>
    void run(Body body) {
        auto done = asio::co_spawn(io, std::move(body), asio::use_future);
        io.restart();
        io.run();
        done.get();
    }
};

std::vector<RetryEventType> seen;
void log_event(RetryEvent const& event) { seen.push_back(event.type); }

}  // namespace

TEST_CASE("contract: a client logs in and calls any method of Odoo") {
    Session session;
    auto& client = session.client;
    session.run([&]() -> asio::awaitable<void> {
        co_await client.login("odoo19", "admin", "admin");

        nlohmann::json const domain = nlohmann::json::parse(R"([[["name", "=", "Ada"]]])");
        nlohmann::json const kwargs = nlohmann::json::object();
        nlohmann::json r = co_await client.execute_kw("res.partner", "search", domain, kwargs);
        CHECK(r.empty());

        RecordId id =
            co_await client.create_once("res.partner", ExternalId("shop", "customer_42"), values("name", "Ada"));
        RecordId again =
            co_await client.create_once("res.partner", ExternalId("shop", "customer_42"), values("name", "Ada"));
        CHECK(id == again);

        auto found = co_await client.results().read("res.partner", id, fields("name"));
        CHECK(found.value()[0]["name"] == "Ada");

        nlohmann::json const ids = nlohmann::json::parse("[[" + std::to_string(id) + "]]");
        co_await client.execute_kw("res.partner", "read", ids, kwargs, CallOptions().idempotent().timeout(5s));
    });
}

TEST_CASE("contract: create under async_retry is sent again only if it was not executed") {
    Session session;
    auto& client = session.client;
    session.run([&]() -> asio::awaitable<void> {
        co_await client.login("odoo19", "admin", "admin");
        auto const policy = RetryPolicy{.strategy = ExponentialBackoffStrategy{.max_attempts = 5, .base_delay = 1ms},
                                        .total_timeout = 60s};
        session.odoo.script({Fault::serialization_failure()});
        auto const id = co_await async_retry(policy, [&] {
            return client.create("res.partner", values("name", "Test Partner", "email", "test@example.com"));
        });
        CHECK(id > 0);

        session.odoo.script({Fault::drop_response()});
        bool unknown = false;
        try {
            co_await async_retry(policy, [&] { return client.create("res.partner", values("name", "Test Partner")); });
        } catch (OutcomeUnknownError const&) {
            unknown = true;
        }
        CHECK(unknown);
        CHECK(session.odoo.stats().created.at("res.partner") == 2);
    });
}

TEST_CASE("contract: a retry manager takes any strategy, a breaker, metrics and a callback") {
    Session session;
    auto& client = session.client;
    auto breaker =
        std::make_shared<CircuitBreaker>(CircuitBreakerOptions{.failure_threshold = 5, .recovery_timeout = 30s});
    client.setup_retry_manager({.strategy = MillisecondsStrategy{5}});
    CHECK(client.retry_manager().circuit_breaker() == nullptr);
    client.setup_retry_manager({.strategy = ExponentialBackoff{}, .circuit_breaker = breaker});
    CHECK_FALSE(client.retry_manager().circuit_breaker()->is_open());

    seen.clear();
    client.setup_retry_manager(
        {.strategy = ExponentialBackoff{.base_delay = 1ms}, .collect_metrics = true, .metrics_callback = log_event});
    session.run([&]() -> asio::awaitable<void> {
        co_await client.login("odoo19", "admin", "admin");
        session.odoo.script({Fault::drop_response()});
        co_await client.search("res.partner");
    });
    RetryMetrics const m = client.retry_manager().get_metrics();
    CHECK(m.total_attempts == 3);
    CHECK(m.retries == 1);
    CHECK(m.successful_retries == 1);
    CHECK(seen == std::vector{RetryEventType::retry_attempt, RetryEventType::retry_success});
}
