// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"

#include <zenoo_rpc/breaker/circuit_breaker_registry.hpp>

#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

using namespace zenoo_rpc;

TEST_CASE("a registry creates one breaker for each key on first use") {
    CircuitBreakerRegistry registry{CircuitBreakerOptions{.failure_threshold = 7}};
    CHECK_FALSE(registry.find("orders"));
    auto const orders = registry.get("orders");
    CHECK(orders->name() == "orders");
    CHECK(orders->options().failure_threshold == 7);
    CHECK(registry.get("orders") == orders);
    CHECK(registry.find("orders") == orders);
    CHECK(registry.get("stock") != orders);
}

TEST_CASE("a registry lists its breakers by key") {
    CircuitBreakerRegistry registry;
    CHECK(registry.list().empty());
    auto const stock = registry.get("stock");
    registry.get("orders")->open();
    std::vector<std::string> open;
    for (auto const& [key, breaker] : registry.list()) {
        if (breaker->is_open()) open.push_back(key);
    }
    CHECK(open == std::vector<std::string>{"orders"});
    CHECK(registry.list().size() == 2);
}

TEST_CASE("a removed breaker stays usable by its holders, and the next request gets a new one") {
    CircuitBreakerRegistry registry;
    auto const old = registry.get("orders");
    old->open();
    CHECK(registry.remove("orders"));
    CHECK_FALSE(registry.remove("orders"));
    CHECK_FALSE(registry.find("orders"));
    CHECK(old->is_open());
    CHECK(registry.get("orders")->is_closed());
}

TEST_CASE("a registry may create advanced breakers, or call a user-defined factory") {
    CircuitBreakerRegistry advanced{AdvancedCircuitBreakerOptions{.failure_threshold = 2, .window_size = 3}};
    CHECK(std::dynamic_pointer_cast<AdvancedCircuitBreaker>(advanced.get("orders")));
    CircuitBreakerRegistry own{[](std::string const& key) {
        return std::make_shared<CircuitBreaker>(CircuitBreakerOptions{}, "the service " + key);
    }};
    CHECK(own.get("orders")->name() == "the service orders");
}

TEST_CASE("a factory may use the registry it creates for") {
    std::unique_ptr<CircuitBreakerRegistry> registry;
    registry = std::make_unique<CircuitBreakerRegistry>([&](std::string const& key) {
        return key == "all" ? std::make_shared<CircuitBreaker>() : registry->get("all");
    });
    CHECK(registry->get("orders") == registry->get("stock"));
}

TEST_CASE("a registry rejects unusable options and empty factories") {
    CHECK_THROWS_AS(CircuitBreakerRegistry{CircuitBreakerOptions{.failure_threshold = 0}}, std::invalid_argument);
    CHECK_THROWS_AS(CircuitBreakerRegistry{AdvancedCircuitBreakerOptions{.minimum_calls = 0}}, std::invalid_argument);
    CHECK_THROWS_AS(CircuitBreakerRegistry{CircuitBreakerRegistry::Make{}}, std::invalid_argument);
    CircuitBreakerRegistry careless{[](std::string const&) { return nullptr; }};
    CHECK_THROWS_WITH(careless.get("orders"), "the function returned no circuit breaker for \"orders\"");
}
