// SPDX-License-Identifier: BSL-1.0
// The seed document on retry mechanisms, in its order: "Error Handling" and "Best Practices".
#include "contract/seed_world.hpp"
#include "support/catch.hpp"

#include <zenoo_rpc/exceptions.hpp>

#include <string>

using namespace zenoo_rpc;
using namespace zenoo_rpc::tests;
using namespace std::chrono_literals;
using testing::Fault;

TEST_CASE("seed: retry exception handling") {
    SeedWorld world;
    auto& client = world.client;
    auto const breaker = std::make_shared<CircuitBreaker>(CircuitBreakerOptions{.failure_threshold = 3});
    client.setup_retry_manager({.strategy = ExponentialBackoff{}, .circuit_breaker = breaker});
    std::vector<std::string> messages;
    auto const create = [&]() -> asio::awaitable<void> {
        try {
            co_await client.model<ResPartner>().create(values("name", "Test Partner", "email", "test@example.com"));
        } catch (RetryExhaustedError const& error) {
            messages.emplace_back("All retry attempts failed: " + std::to_string(error.attempts()));
            CHECK(error.last_exception() != nullptr);
            CHECK(error.last_failure().is<NetworkError>());
        } catch (CircuitBreakerOpenError const&) {
            messages.emplace_back("Circuit breaker is open - operation not attempted");
        }
    };
    world.run_as_admin([&]() -> asio::awaitable<void> {
        world.fail({no_connection, no_connection, no_connection});
        co_await create();
        co_await create();
    });
    CHECK(messages
          == std::vector<std::string>{"All retry attempts failed: 3",
                                      "Circuit breaker is open - operation not attempted"});
}

namespace {

/// Looks a partner up, with graceful degradation.
asio::awaitable<ResPartner> resilient_partner_lookup(ZenooClient& client, RecordId partner_id) {
    auto const key = "partner_" + std::to_string(partner_id);
    try {
        // Try with retries
        ResPartner const partner = co_await client.model<ResPartner>().get(partner_id);
        client.cache_manager().set(key, partner);
        co_return partner;
    } catch (RetryExhaustedError const&) {
        // Fall back to cached data
        if (auto const cached_partner = client.cache_manager().get<ResPartner>(key)) co_return *cached_partner;

        // Final fallback: a minimal partner
        ResPartner const unknown{.id = partner_id, .name = "Unknown Partner"};
        co_return unknown;
    }
}

}  // namespace

TEST_CASE("seed: graceful degradation") {
    SeedWorld world;
    auto& client = world.client;
    client.setup_retry_manager({.strategy = ExponentialBackoff{}});
    client.setup_cache_manager({.time_to_live = 1h});
    world.run_as_admin([&]() -> asio::awaitable<void> {
        RecordId const ada = co_await client.model<ResPartner>().create(values("name", "Ada"));
        ResPartner const fresh = co_await resilient_partner_lookup(client, ada);
        CHECK(fresh.name == "Ada");

        world.fail({no_connection, no_connection, no_connection, no_connection, no_connection, no_connection});
        ResPartner const cached = co_await resilient_partner_lookup(client, ada);
        CHECK(cached == fresh);
        ResPartner const unknown = co_await resilient_partner_lookup(client, 7'000'000);
        CHECK(unknown.name == "Unknown Partner");
        CHECK(unknown.id == 7'000'000);
    });
}

TEST_CASE("seed: graceful degradation by layers") {
    SeedWorld world;
    auto& client = world.client;
    client.setup_retry_manager({.strategy = ExponentialBackoff{}});
    auto const lookup = [&](RecordId partner_id) -> asio::awaitable<ResPartner> {
        CacheTimes const times{.time_to_live = 5min, .stale_if_error = 24h};
        auto const key = "partner_" + std::to_string(partner_id);
        auto const unknown = [&] { return ResPartner{.id = partner_id, .name = "Unknown Partner"}; };
        auto const degrading = fallback(unknown) | client.cache_manager().cached(key, times);
        co_return co_await degrading([&] { return client.model<ResPartner>().get(partner_id); });
    };
    world.run_as_admin([&]() -> asio::awaitable<void> {
        RecordId const ada = co_await client.model<ResPartner>().create(values("name", "Ada"));
        ResPartner const fresh = co_await lookup(ada);
        co_await async_sleep(1h);
        world.fail(std::vector<Fault>(6, no_connection));
        ResPartner const stale = co_await lookup(ada);
        CHECK(stale == fresh);
        ResPartner const unknown = co_await lookup(7'000'000);
        CHECK(unknown.name == "Unknown Partner");
    });
    CHECK(client.cache_manager().statistics().stale == 1);
}

TEST_CASE("seed: appropriate strategies") {
    SeedWorld world;
    world.client.setup_retry_manager({.strategy = ExponentialBackoff{.max_attempts = 5, .jitter = FullJitter{}}});
    world.client.setup_retry_manager({.strategy = FixedDelay{.max_attempts = 3, .delay = 60s}});
    world.run_as_admin([&]() -> asio::awaitable<void> {
        world.fail({no_connection});
        auto const before = world.now();
        co_await world.client.model<ResPartner>().search();
        CHECK(world.now() - before == 60s);
    });
}

TEST_CASE("seed: circuit breakers for external dependencies") {
    SeedWorld world;
    world.client.setup_retry_manager(
        {.strategy = ExponentialBackoff{},
         .circuit_breaker = std::make_shared<CircuitBreaker>(CircuitBreakerOptions{.failure_threshold = 5})});
    CHECK(world.client.retry_manager().circuit_breaker()->is_closed());
}

TEST_CASE("seed: don't retry everything") {
    SeedWorld world;
    auto& client = world.client;
    int calls = 0;
    auto const on_network = retry_on_exceptions<NetworkError, TimeoutError>({.max_attempts = 3});
    world.run_as_admin([&]() -> asio::awaitable<void> {
        bool refused_by_odoo = false;
        try {
            co_await on_network([&] {
                ++calls;
                return client.model<ResPartner>().create(values("email", "nameless@example.com"));
            });
        } catch (ValidationError const&) {
            refused_by_odoo = true;
        }
        CHECK(refused_by_odoo);
    });
    CHECK(calls == 1);
}

TEST_CASE("seed: monitor retry behavior") {
    SeedWorld world;
    int events = 0;
    world.client.setup_retry_manager({.strategy = ExponentialBackoff{},
                                      .collect_metrics = true,
                                      .metrics_callback = [&](RetryEvent const&) { ++events; }});
    world.run_as_admin([&]() -> asio::awaitable<void> {
        world.fail({no_connection});
        co_await world.client.search("res.partner");
    });
    CHECK(events == 2);
    CHECK(world.client.retry_manager().get_metrics().retries == 1);
}

TEST_CASE("seed: reasonable timeouts") {
    SeedWorld world;
    auto& client = world.client;
    auto const bounded = retry_with_timeout({.max_attempts = 5, .total_timeout = 60s});
    auto const time_bounded_operation = decorate(bounded, [&] { return client.model<ResPartner>().search(); });
    world.run_as_admin([&]() -> asio::awaitable<void> {
        world.fail({no_connection});
        auto const found = co_await time_bounded_operation();
        CHECK_FALSE(found.empty());
    });
}
