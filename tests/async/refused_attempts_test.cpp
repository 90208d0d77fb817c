// SPDX-License-Identifier: BSL-1.0
// Attempts rejected by a circuit breaker do not count as attempts: in events, in metrics and in errors.
#include "support/catch.hpp"
#include "support/run.hpp"

#include <zenoo_rpc/async/async_retry.hpp>
#include <zenoo_rpc/async/circuit_breaker_layer.hpp>
#include <zenoo_rpc/async/metrics_layer.hpp>
#include <zenoo_rpc/exceptions.hpp>
#include <zenoo_rpc/retry/fixed_delay.hpp>

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <vector>

using namespace std::chrono_literals;
using namespace zenoo_rpc;
using tests::World;

namespace {

/// One failure opens the circuit.
struct RefusingCircuit {
    RefusingCircuit() {
        policy.on_event = [this](RetryEvent const& event) {
            events.push_back(to_string(event.type) + std::string{" "} + std::to_string(event.attempt));
        };
    }

    auto failing() {
        return [this]() -> asio::awaitable<int> {
            ++calls;
            throw NetworkError{"down"};
            co_return 0;
        };
    }
    void open() {
        auto const layer = circuit_breaker(breaker);
        world.run(layer, failing());
        calls = 0;
    }

    World world;
    std::shared_ptr<CircuitBreaker> breaker = std::make_shared<CircuitBreaker>(
        CircuitBreakerOptions{.failure_threshold = 1, .recovery_timeout = std::chrono::seconds{30}});
    std::shared_ptr<MetricsRecorder> recorder = std::make_shared<MetricsRecorder>();
    RetryPolicy<FixedDelayStrategy<>, DefaultPredicate, std::function<void(RetryEvent const&)>> policy{
        .strategy = {.max_attempts = 3, .delay = std::chrono::seconds{1}}};
    std::vector<std::string> events;
    int calls = 0;
};

using Events = std::vector<std::string>;

}  // namespace

TEST_CASE("a retry that a circuit rejects after one attempt has failed after one attempt") {
    RefusingCircuit rig;
    auto const layers = retry(rig.policy) | circuit_breaker(rig.breaker) | metrics(rig.recorder);
    CHECK(rig.world.run(layers, rig.failing()).failure.is<CircuitBreakerOpenError>());
    CHECK(rig.events == Events{"retry_attempt 1", "retry_failed 1"});
    CHECK(rig.recorder->snapshot().total_attempts == 1);
    CHECK(rig.recorder->snapshot().failed_retries == 1);
}

TEST_CASE("a retry that times out while it waits for a circuit reports a failure") {
    RefusingCircuit rig;
    rig.policy.total_timeout = 10s;
    auto const layers = retry(rig.policy) | circuit_breaker(rig.breaker, OnOpen::wait) | metrics(rig.recorder);
    auto const failure = rig.world.run(layers, rig.failing()).failure;
    CHECK(failure.is<RetryTimeoutError>());
    CHECK_THAT(failure.what(), Catch::Matchers::ContainsSubstring("after 1 attempt:"));
    CHECK(rig.events == Events{"retry_attempt 1", "retry_failed 1"});
    CHECK(rig.recorder->snapshot().failed_retries == 1);
}

TEST_CASE("an operation that is rejected first and then admitted is one operation with one attempt") {
    RefusingCircuit rig;
    rig.open();
    RetryPolicy const again{.strategy = rig.policy.strategy,
                            .retry_if = failure_is<CircuitBreakerOpenError>,
                            .on_event = rig.policy.on_event};
    auto const layers = retry(again) | circuit_breaker(rig.breaker) | metrics(rig.recorder);
    auto const good = [&]() -> asio::awaitable<int> { co_return ++rig.calls; };
    CHECK(rig.world.run(layers, good).value == 1);
    CHECK(rig.events == Events{"retry_attempt 1", "retry_success 1"});
    auto const seen = rig.recorder->snapshot();
    CHECK(seen.operations == 1);
    CHECK(seen.total_attempts == 1);
    CHECK(seen.successful_retries == 1);
}

TEST_CASE("a custom strategy does not retry a rejection by an open circuit") {
    struct Eager final : RetryStrategy {
        bool should_retry(int, Failure const&) override { return true; }
        Duration get_delay(int) override { return std::chrono::seconds{1}; }
    };
    RefusingCircuit rig;
    auto const layers = retry(RetryPolicy{.strategy = Eager{}}) | circuit_breaker(rig.breaker);
    auto const out = rig.world.run(layers, rig.failing());
    CHECK(out.failure.is<CircuitBreakerOpenError>());
    CHECK(rig.calls == 1);
    CHECK(out.elapsed == 1s);
}
