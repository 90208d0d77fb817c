// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"
#include "support/run.hpp"

#include <zenoo_rpc/async/circuit_breaker_layer.hpp>
#include <zenoo_rpc/async/fallback.hpp>
#include <zenoo_rpc/async/retry_decorators.hpp>
#include <zenoo_rpc/exceptions.hpp>

#include <boost/asio/error.hpp>

#include <chrono>
#include <memory>
#include <new>
#include <stdexcept>

using namespace std::chrono_literals;
using namespace zenoo_rpc;
using tests::World;

namespace {

struct PaymentRefused : std::runtime_error {
    using runtime_error::runtime_error;
};

template <class E>
auto throwing(E const& error, int& calls) {
    return [error, &calls]() -> asio::awaitable<int> {
        ++calls;
        throw error;
        co_return 0;
    };
}

template <class Layer, class E>
int calls_of(Layer const& layer, E const& error) {
    World world;
    int calls = 0;
    CHECK(world.run(layer, throwing(error, calls)).failure);
    return calls;
}

constexpr auto always = [](Failure const&, int) { return true; };

}  // namespace

TEST_CASE("retry_on_exceptions retries exactly the given classes, transient or not, including user-defined ones") {
    auto const layer = retry_on_exceptions<PaymentRefused, UserError>({.max_attempts = 4});
    CHECK(calls_of(layer, PaymentRefused{"no"}) == 4);
    CHECK(calls_of(layer, ValidationError{"no"}) == 4);
    CHECK(calls_of(layer, NetworkError{"down"}) == 1);
}

TEST_CASE("retry_on_failure retries all but permanent failures") {
    auto const layer = retry_on_failure({.max_attempts = 2});
    CHECK(calls_of(layer, std::runtime_error{"odd"}) == 2);
    CHECK(calls_of(layer, NetworkError{"down"}) == 2);
    CHECK(calls_of(layer, ServerError{"odd"}) == 2);
    CHECK(calls_of(layer, UserError{"no"}) == 1);
    CHECK(calls_of(layer, ValidationError{"no"}) == 1);
    CHECK(calls_of(layer, AccessError{"no"}) == 1);
    CHECK(calls_of(layer, MissingError{"no"}) == 1);
    CHECK(calls_of(layer, MethodNotFoundError{"no"}) == 1);
    CHECK(calls_of(layer, ProtocolError{"no"}) == 1);
}

TEST_CASE("no decorator retries failures that are never retried") {
    auto const check = [](auto const& layer) {
        CHECK(calls_of(layer, OutcomeUnknownError{"sent"}) == 1);
        CHECK(calls_of(layer, AuthenticationError{"wrong"}) == 1);
        CHECK(calls_of(layer, std::logic_error{"bug"}) == 1);
        CHECK(calls_of(layer, std::bad_alloc{}) == 1);
        CHECK(calls_of(layer, boost::system::system_error{asio::error::operation_aborted}) == 1);
    };
    check(retry_on_failure());
    check(retry_on_exceptions<OutcomeUnknownError, AuthenticationError, std::exception>());
    auto const conditional = ConditionalRetry{.condition = always};
    check(conditional);
}

TEST_CASE("a decorator reports exhausted attempts, whatever the failure was") {
    World world;
    int calls = 0;
    auto const conditional = ConditionalRetry{.condition = always, .max_attempts = 2};
    auto const out = world.run(conditional, throwing(ValidationError{"no"}, calls));
    CHECK(out.failure.is<RetryExhaustedError>());
    CHECK(out.failure.caused_by<ValidationError>());
}

TEST_CASE("a conditional retry composes with layers on both sides") {
    World world;
    int calls = 0;
    auto const conditional = ConditionalRetry{.condition = always, .max_attempts = 2, .base_delay = 1s};
    auto const layers = fallback(7) | conditional;
    CHECK(world.run(layers, throwing(NetworkError{"down"}, calls)).value == 7);
    CHECK(calls == 2);
    auto const other = conditional | retry_on_failure({.max_attempts = 3});
    CHECK(world.run(other, throwing(NetworkError{"down"}, calls)).failure.is<RetryExhaustedError>());
    CHECK(calls == 2 + 3 * 2);
}

TEST_CASE("conditional retries compose with each other and decorate functions") {
    World world;
    int calls = 0;
    auto const is_network = [](Failure const& failure, int) { return failure.is<NetworkError>(); };
    ConditionalRetry const twice_on_network{.condition = is_network, .max_attempts = 2};
    auto const failing = [&](int) -> asio::awaitable<int> {
        ++calls;
        throw NetworkError{"down"};
        co_return 0;
    };
    auto const decorated = decorate(twice_on_network, failing);
    CHECK(world.run(decorated(7)).failure.is<RetryExhaustedError>());
    CHECK(calls == 2);
    auto const bound = [&] { return failing(7); };
    auto const nested = twice_on_network | twice_on_network;
    CHECK(world.run(nested(bound)).failure.is<RetryExhaustedError>());
    CHECK(calls > 2);
}

TEST_CASE("the options of a decorator are checked like those of its policy") {
    World world;
    int calls = 0;
    auto const bad = retry_on_failure({.multiplier = -1.0});
    auto const out = world.run(bad, throwing(NetworkError{"down"}, calls));
    CHECK_THROWS_WITH(out.failure.raise(),
                      Catch::Matchers::ContainsSubstring("ExponentialBackoffStrategy::multiplier is -1"));
    CHECK(calls == 0);
    auto const conditional = ConditionalRetry{.condition = always, .max_delay = -1s};
    CHECK_THROWS_WITH(world.run(conditional, throwing(NetworkError{"down"}, calls)).failure.raise(),
                      Catch::Matchers::ContainsSubstring("max_delay"));
    CHECK(calls == 0);
}

TEST_CASE("retry_on_failure retries neither an exhausted retry nor a rejection by a circuit breaker") {
    World world;
    int calls = 0;
    auto const down = [&]() -> asio::awaitable<int> {
        ++calls;
        throw NetworkError{"down"};
        co_return 0;
    };
    auto const thrice = retry_on_failure({.max_attempts = 3});
    SECTION("an inner retry") {
        auto const layers = thrice | thrice;
        CHECK(world.run(layers, down).failure.is<RetryExhaustedError>());
        CHECK(calls == 3);
    }
    SECTION("an open circuit") {
        auto const breaker = std::make_shared<CircuitBreaker>(CircuitBreakerOptions{.failure_threshold = 1});
        auto const layers = thrice | circuit_breaker(breaker);
        CHECK(world.run(layers, down).failure.is<CircuitBreakerOpenError>());
        CHECK(calls == 1);
    }
}
