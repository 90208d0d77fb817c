// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"

#include <zenoo_rpc/exceptions.hpp>
#include <zenoo_rpc/retry/any_strategy.hpp>
#include <zenoo_rpc/retry/fixed_delay.hpp>
#include <zenoo_rpc/retry/linear_backoff.hpp>
#include <zenoo_rpc/retry/retry_policy.hpp>

#include <chrono>
#include <concepts>
#include <stdexcept>
#include <type_traits>
#include <vector>

using namespace std::chrono_literals;
using namespace zenoo_rpc;

namespace {

struct NoRetry final : RetryStrategy {
    bool should_retry(int, Failure const&) override { return false; }
    Duration get_delay(int) override { return 0s; }
};

}  // namespace

TEST_CASE("the defaults of a policy") {
    RetryPolicy const policy;
    STATIC_REQUIRE(std::same_as<decltype(policy.strategy), ExponentialBackoffStrategy<>>);
    STATIC_REQUIRE(std::same_as<decltype(policy.retry_if), DefaultPredicate>);
    CHECK(policy.strategy.max_attempts == 3);
    CHECK(policy.total_timeout == unlimited);
    CHECK(policy.attempt_timeout == unlimited);
    CHECK(policy.operation.empty());
    CHECK(policy.max_retry_after == 60s);
    CHECK_NOTHROW(policy.check());
}

TEST_CASE("a policy takes any strategy, predicate and observer, in the order of its members") {
    std::vector<int> attempts;
    auto const policy = RetryPolicy{.strategy = LinearBackoffStrategy{.max_attempts = 7},
                                    .retry_if = failure_is<UserError> || IsTransient{},
                                    .total_timeout = 60s,
                                    .attempt_timeout = 5s,
                                    .on_event = [&](RetryEvent const& event) { attempts.push_back(event.attempt); },
                                    .operation = "create",
                                    .max_retry_after = 90s};
    CHECK(policy.strategy.max_attempts == 7);
    CHECK(policy.retry_if(Errc::user_error));
    Failure const failure;
    policy.on_event({RetryEventType::retry_attempt, policy.operation, 4, 0s, failure});
    CHECK(attempts == std::vector<int>{4});
    CHECK(policy.total_timeout == 60s);
    CHECK(policy.attempt_timeout == 5s);
    CHECK(policy.operation == "create");
    CHECK(policy.max_retry_after == 90s);
    CHECK(RetryPolicy{.strategy = NoRetry{}}.max_retry_after == 60s);
}

TEST_CASE("a policy is trivially destructible if its members are") {
    STATIC_REQUIRE(std::is_trivially_destructible_v<RetryPolicy<>>);
    STATIC_REQUIRE(sizeof(RetryPolicy<>) <= sizeof(ExponentialBackoffStrategy<>) + 3 * sizeof(Duration)
                                                + sizeof(std::string_view) + sizeof(void*));
}

TEST_CASE("a policy rejects unusable values by name and value") {
    CHECK_NOTHROW(RetryPolicy{.total_timeout = 0s, .attempt_timeout = 0s, .max_retry_after = 0s}.check());
    CHECK_THROWS_WITH(RetryPolicy{.strategy = FixedDelayStrategy{.max_attempts = 0}}.check(),
                      "FixedDelayStrategy::max_attempts is 0, but must be at least 1");
    CHECK_THROWS_WITH(RetryPolicy{.strategy = AnyStrategy{FixedDelayStrategy{.max_attempts = 0}}}.check(),
                      "FixedDelayStrategy::max_attempts is 0, but must be at least 1");
    CHECK_THROWS_WITH(RetryPolicy{.total_timeout = -1ns}.check(),
                      "RetryPolicy::total_timeout is -1, but must not be negative (nanoseconds)");
    CHECK_THROWS_WITH(RetryPolicy{.attempt_timeout = -2ns}.check(),
                      "RetryPolicy::attempt_timeout is -2, but must not be negative (nanoseconds)");
    CHECK_THROWS_WITH(RetryPolicy{.max_retry_after = -3ns}.check(),
                      "RetryPolicy::max_retry_after is -3, but must not be negative (nanoseconds)");
    CHECK_THROWS_AS(RetryPolicy{.total_timeout = Duration::min()}.check(), std::invalid_argument);
}

TEST_CASE("requirements of the policy concept") {
    struct Derived : RetryPolicy<> {};
    STATIC_REQUIRE(AnyRetryPolicyType<RetryPolicy<>>);
    STATIC_REQUIRE(AnyRetryPolicyType<RetryPolicy<AnyStrategy, AnyPredicate, AnyObserver>>);
    STATIC_REQUIRE(AnyRetryPolicyType<Derived>);
    STATIC_REQUIRE_FALSE(AnyRetryPolicyType<ExponentialBackoffStrategy<>>);
    STATIC_REQUIRE_FALSE(AnyRetryPolicyType<int>);
}
