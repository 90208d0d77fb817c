// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"

#include <zenoo_rpc/exceptions.hpp>
#include <zenoo_rpc/retry/retry_options.hpp>

#include <chrono>
#include <concepts>
#include <stdexcept>

using namespace std::chrono_literals;
using namespace zenoo_rpc;

TEST_CASE("by default a decorator makes three attempts of exponential backoff with full jitter, without a limit") {
    RetryOptions const options;
    CHECK(options.max_attempts == 3);
    CHECK(options.base_delay == 1s);
    CHECK(options.max_delay == 60s);
    CHECK(options.multiplier == 2.0);
    CHECK(options.total_timeout == unlimited);
    auto const policy = detail::policy_of({});
    STATIC_REQUIRE(std::same_as<decltype(policy.strategy), ExponentialBackoffStrategy<FullJitter<>>>);
    CHECK_NOTHROW(policy.check());
}

TEST_CASE("a decorator's policy adopts each option") {
    auto const policy = detail::policy_of(
        {.max_attempts = 7, .base_delay = 2s, .max_delay = 9s, .multiplier = 1.5, .total_timeout = 30s});
    CHECK(policy.strategy.max_attempts == 7);
    CHECK(policy.strategy.base_delay == 2s);
    CHECK(policy.strategy.max_delay == 9s);
    CHECK(policy.strategy.multiplier == 1.5);
    CHECK(policy.total_timeout == 30s);
}

TEST_CASE("a decorator's policy otherwise has the defaults of policies") {
    auto const policy = detail::policy_of({.total_timeout = 30s}, failure_is<UserError>);
    RetryPolicy const defaults;
    CHECK(policy.attempt_timeout == defaults.attempt_timeout);
    CHECK(policy.max_retry_after == defaults.max_retry_after);
    CHECK(policy.operation == defaults.operation);
    CHECK(policy.keep_timeline == defaults.keep_timeline);
}

TEST_CASE("without a predicate a decorator's policy has the default predicate") {
    CHECK(detail::is_default(detail::policy_of({}).retry_if));
    CHECK_FALSE(detail::is_default(detail::policy_of({}, failure_is<UserError>).retry_if));
}

TEST_CASE("unusable options are rejected by their names in the strategy or policy") {
    CHECK_THROWS_WITH(detail::policy_of({.max_attempts = 0}).check(),
                      "ExponentialBackoffStrategy::max_attempts is 0, but must be at least 1");
    CHECK_THROWS_WITH(detail::policy_of({.total_timeout = -1ns}).check(),
                      "RetryPolicy::total_timeout is -1, but must not be negative (nanoseconds)");
    CHECK_THROWS_AS(detail::policy_of({.base_delay = -1ns}).check(), std::invalid_argument);
    CHECK_THROWS_AS(detail::policy_of({.max_delay = -1ns}).check(), std::invalid_argument);
    CHECK_THROWS_AS(detail::policy_of({.multiplier = 0.0}).check(), std::invalid_argument);
}
