// SPDX-License-Identifier: BSL-1.0
// The programs of the contract's page on strategies.
#include "contract/custom_retry_strategy.hpp"
#include "support/catch.hpp"

#include <zenoo_rpc/retry.hpp>

#include <chrono>
#include <optional>
#include <type_traits>

using namespace std::chrono_literals;
using namespace zenoo_rpc;
using tests::CustomRetryStrategy;

TEST_CASE("strategies are aggregates with defaults, jitters and designated initialisers") {
    auto const exponential = ExponentialBackoffStrategy{
        .max_attempts = 5, .base_delay = 1s, .max_delay = 60s, .multiplier = 2.0, .jitter = FullJitter{}};
    auto linear = LinearBackoffStrategy{
        .max_attempts = 3, .base_delay = 2s, .increment = 1s, .max_delay = 60s, .jitter = NoJitter{}};
    auto fixed = FixedDelayStrategy{.max_attempts = 4, .delay = 5s, .jitter = NoJitter{}};
    CHECK(exponential.max_attempts == 5);
    CHECK(linear.get_delay(2) == 3s);
    CHECK(fixed.get_delay(3) == 5s);
    CHECK(fixed.should_retry(3, Errc::network_error));
    CHECK_FALSE(fixed.should_retry(4, Errc::network_error));
    CHECK(linear.next_delay(RetryContext{.attempt = 1}) == std::optional<Duration>{2s});
    CHECK_FALSE(linear.next_delay(RetryContext{.attempt = 3}));
}

TEST_CASE("the short names are the same strategies") {
    static_assert(std::is_same_v<ExponentialBackoff<>, ExponentialBackoffStrategy<>>);
    auto exponential = ExponentialBackoff{.base_delay = 2s, .jitter = NoJitter{}};
    auto linear = LinearBackoff{.base_delay = 2s, .jitter = NoJitter{}};
    auto fixed = FixedDelay{.delay = 2s};
    CHECK(exponential.get_delay(2) == 4s);
    CHECK(linear.get_delay(2) == 3s);
    CHECK(fixed.get_delay(2) == 2s);
    CHECK(ExponentialBackoff{}.max_attempts == 3);
    CHECK(ExponentialBackoff{}.base_delay == 1s);
    CHECK(ExponentialBackoff{}.max_delay == 60s);
    CHECK(LinearBackoff{}.increment == 1s);
}

TEST_CASE("each jitter takes a custom random generator") {
    auto const half = [] { return 0.5; };
    auto full = ExponentialBackoff{.base_delay = 4s, .jitter = FullJitter{.random = half}};
    auto equal = ExponentialBackoff{.base_delay = 4s, .jitter = EqualJitter{.random = half}};
    auto proportional =
        ExponentialBackoff{.base_delay = 4s, .jitter = ProportionalJitter{.factor = 0.25, .random = half}};
    CHECK(full.get_delay(1) == 2s);
    CHECK(equal.get_delay(1) == 3s);
    CHECK(proportional.get_delay(1) == 4s);
    CHECK(ProportionalJitter{.factor = 0.25}(4s) <= 5s);
}

TEST_CASE("a custom strategy is a subclass with two functions, used by value") {
    auto policy = RetryPolicy{.strategy = CustomRetryStrategy{5}};
    CHECK(policy.strategy.should_retry(4, Errc::network_error));
    CHECK_FALSE(policy.strategy.should_retry(1, Errc::server_error));
    CHECK(policy.strategy.get_delay(4) == 5s);
}

TEST_CASE("AnyStrategy holds any strategy and can be copied") {
    AnyStrategy any = CustomRetryStrategy{5};
    CHECK(any.get_delay(4) == 5s);
    any = FixedDelayStrategy{.delay = 7s};
    CHECK(any.get_delay(4) == 7s);
    any = ExponentialBackoff{.base_delay = 1s, .jitter = NoJitter{}};
    AnyStrategy copy = any;
    CHECK(copy.get_delay(3) == 4s);
}
