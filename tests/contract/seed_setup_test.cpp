// SPDX-License-Identifier: BSL-1.0
// The seed document on retry mechanisms, in its order: from "Basic Retry Configuration" to "Circuit Breaker Pattern".
#include "contract/custom_retry_strategy.hpp"
#include "contract/seed_world.hpp"
#include "support/catch.hpp"

#include <zenoo_rpc/exceptions.hpp>

using namespace zenoo_rpc;
using namespace zenoo_rpc::tests;
using namespace std::chrono_literals;
using testing::Fault;

TEST_CASE("seed: client-level retry setup") {
    SeedWorld world;
    auto& client = world.client;
    auto retry_strategy = ExponentialBackoffStrategy{
        .max_attempts = 5, .base_delay = 1s, .max_delay = 60s, .multiplier = 2.0, .jitter = FullJitter{}};
    DefaultRetryPolicy retry_policy;
    retry_policy.strategy = retry_strategy;
    client.setup_retry_manager({.policy = retry_policy});

    world.fail({no_connection, no_connection, no_connection});
    world.run([&]() -> asio::awaitable<void> {
        co_await client.login("odoo19", "admin", "admin");
        CHECK((co_await client.search("res.partner")).size() > 0);
    });
}

TEST_CASE("seed: operation-level retries") {
    SeedWorld world;
    auto& client = world.client;
    auto const create_partner_with_retry = with_retry(DefaultRetryPolicy{}, [&] {
        return client.create("res.partner", values("name", "Test Partner", "email", "test@example.com"));
    });
    world.run_as_admin([&]() -> asio::awaitable<void> {
        world.fail({no_connection, Fault::serialization_failure()});
        RecordId const partner_id = co_await create_partner_with_retry();
        CHECK(partner_id > 0);
    });
}

TEST_CASE("seed: exponential backoff") {
    auto strategy = ExponentialBackoffStrategy{
        .max_attempts = 5, .base_delay = 1s, .max_delay = 60s, .multiplier = 2.0, .jitter = NoJitter{}};
    auto const policy = RetryPolicy{.strategy = strategy};
    CHECK(delays(policy.strategy, 8) == std::vector<Duration>{1s, 2s, 4s, 8s, 16s, 32s, 60s, 60s});
}

TEST_CASE("seed: linear backoff") {
    auto const strategy =
        LinearBackoffStrategy{.max_attempts = 3, .base_delay = 2s, .increment = 1s, .jitter = NoJitter{}};
    CHECK(delays(strategy, 3) == std::vector<Duration>{2s, 3s, 4s});
}

TEST_CASE("seed: fixed delay") {
    auto const strategy =
        FixedDelayStrategy{.max_attempts = 4, .delay = 5s, .jitter = ProportionalJitter{.factor = 0.1}};
    for (auto const delay : delays(strategy, 3)) CHECK((delay >= 4500ms && delay <= 5500ms));
}

TEST_CASE("seed: custom retry strategy") {
    SeedWorld world;
    auto& client = world.client;
    client.setup_retry_manager({.strategy = CustomRetryStrategy{5}});
    world.run_as_admin([&]() -> asio::awaitable<void> {
        world.fail({no_connection, Fault::drop_response(), no_connection});
        auto const before = world.now();
        co_await client.search("res.partner");
        CHECK(world.now() - before == 1s + 2s + 3s);
    });
}

TEST_CASE("seed: basic circuit breaker") {
    SeedWorld world;
    auto& client = world.client;
    auto circuit_breaker = std::make_shared<CircuitBreaker>(
        CircuitBreakerOptions{.failure_threshold = 5, .recovery_timeout = 30s, .expected = IsTransient{}});
    client.setup_retry_manager({.strategy = ExponentialBackoff{}, .circuit_breaker = circuit_breaker});
    world.run_as_admin([&]() -> asio::awaitable<void> {
        world.fail(std::vector<Fault>(5, no_connection));
        auto const first = co_await client.results().search("res.partner");
        CHECK(first.error().is<RetryExhaustedError>());
        auto const second = co_await client.results().search("res.partner");
        CHECK(second.error().is<CircuitBreakerOpenError>());
        co_await async_sleep(30s);
        auto const third = co_await client.results().search("res.partner");
        CHECK(third.has_value());
    });
}

TEST_CASE("seed: advanced circuit breaker") {
    SeedWorld world;
    auto& client = world.client;
    auto circuit_breaker = std::make_shared<AdvancedCircuitBreaker>(
        AdvancedCircuitBreakerOptions{.failure_threshold = 10,
                                      .recovery_timeout = 60s,
                                      .half_open_max_calls = 3,
                                      .expected = failure_is<NetworkError, ServerError>,
                                      .success_threshold = 2});
    client.setup_retry_manager({.circuit_breaker = circuit_breaker});
    world.run_as_admin([&]() -> asio::awaitable<void> {
        world.fail(std::vector<Fault>(10, no_connection));
        while (circuit_breaker->is_closed()) co_await client.results().search("res.partner");
        CHECK(circuit_breaker->statistics().failures == 10);
        auto const rejected = co_await client.results().search("res.partner");
        CHECK(rejected.error().is<CircuitBreakerOpenError>());
        co_await async_sleep(60s);
        co_await client.search("res.partner");
        CHECK(circuit_breaker->is_half_open());
        co_await client.search("res.partner");
        CHECK(circuit_breaker->is_closed());
    });
}

TEST_CASE("seed: circuit breaker states") {
    SeedWorld world;
    auto& client = world.client;
    client.setup_retry_manager({.circuit_breaker = std::make_shared<CircuitBreaker>()});
    auto const state = [&] {
        if (client.retry_manager().circuit_breaker()->is_open()) return "requests will fail fast";
        if (client.retry_manager().circuit_breaker()->is_half_open()) return "testing recovery";
        return "normal operation";
    };
    CHECK(state() == std::string{"normal operation"});
    client.retry_manager().circuit_breaker()->open();
    CHECK(state() == std::string{"requests will fail fast"});
    client.retry_manager().circuit_breaker()->close();
    CHECK(state() == std::string{"normal operation"});
    client.retry_manager().circuit_breaker()->open();
    client.retry_manager().circuit_breaker()->reset();
    CHECK(state() == std::string{"normal operation"});
}
