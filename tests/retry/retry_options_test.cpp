// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"
#include "support/manual_clock.hpp"

#include <zenoo_rpc/core/exceptions.hpp>
#include <zenoo_rpc/retry/detail/retry_state.hpp>
#include <zenoo_rpc/retry/retry_options.hpp>

#include <chrono>
#include <concepts>
#include <stdexcept>
#include <vector>

using namespace std::chrono_literals;
using namespace zenoo_rpc;

TEST_CASE("the decorators' options are three attempts of exponential backoff with full jitter, without a limit") {
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

TEST_CASE("a decorator's policy takes over each number") {
    auto const policy = detail::policy_of(
        {.max_attempts = 7, .base_delay = 2s, .max_delay = 9s, .multiplier = 1.5, .total_timeout = 30s});
    CHECK(policy.strategy.max_attempts == 7);
    CHECK(policy.strategy.base_delay == 2s);
    CHECK(policy.strategy.max_delay == 9s);
    CHECK(policy.strategy.multiplier == 1.5);
    CHECK(policy.total_timeout == 30s);
}

TEST_CASE("in all else a decorator's policy is as policies are") {
    auto const policy = detail::policy_of({.total_timeout = 30s}, failure_is<UserError>);
    RetryPolicy const usual;
    CHECK(policy.attempt_timeout == usual.attempt_timeout);
    CHECK(policy.max_retry_after == usual.max_retry_after);
    CHECK(policy.operation == usual.operation);
    CHECK(policy.keep_timeline == usual.keep_timeline);
}

TEST_CASE("without a predicate a decorator expresses no wish") {
    CHECK(detail::is_default(detail::policy_of({}).retry_if));
    CHECK_FALSE(detail::is_default(detail::policy_of({}, failure_is<UserError>).retry_if));
}

TEST_CASE("the predicate of a decorator decides") {
    tests::ManualClock clock;
    detail::RetryState state{detail::policy_of({.max_attempts = 2}, failure_is<UserError>)};
    CHECK(state.on_failure(Errc::network_error, clock).verdict == detail::RetryVerdict::unchanged);
    CHECK(state.on_failure(Errc::user_error, clock).verdict == detail::RetryVerdict::retry);
    CHECK(state.on_failure(Errc::user_error, clock).verdict == detail::RetryVerdict::exhausted);
}

TEST_CASE("the predicate of a decorator may look at the number of the attempt that failed") {
    tests::ManualClock clock;
    std::vector<int> asked;
    detail::RetryState state{detail::policy_of({.max_attempts = 9}, [&](Failure const&, int attempt) {
        asked.push_back(attempt);
        return attempt < 3;
    })};
    CHECK(state.on_failure(Errc::user_error, clock).verdict == detail::RetryVerdict::retry);
    CHECK(state.on_failure(Errc::user_error, clock).verdict == detail::RetryVerdict::retry);
    CHECK(state.on_failure(Errc::user_error, clock).verdict == detail::RetryVerdict::unchanged);
    CHECK(asked == std::vector<int>{1, 2, 3});
}

TEST_CASE("unusable options are refused by the name they have in the strategy or policy") {
    CHECK_THROWS_WITH(detail::policy_of({.max_attempts = 0}).check(),
                      "ExponentialBackoffStrategy::max_attempts is 0, but must be at least 1");
    CHECK_THROWS_WITH(detail::policy_of({.total_timeout = -1ns}).check(),
                      "RetryPolicy::total_timeout is -1, but must not be negative (nanoseconds)");
    CHECK_THROWS_AS(detail::policy_of({.base_delay = -1ns}).check(), std::invalid_argument);
    CHECK_THROWS_AS(detail::policy_of({.max_delay = -1ns}).check(), std::invalid_argument);
    CHECK_THROWS_AS(detail::policy_of({.multiplier = 0.0}).check(), std::invalid_argument);
}
