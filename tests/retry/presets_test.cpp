// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"

#include <zenoo_rpc/exceptions.hpp>
#include <zenoo_rpc/retry/fixed_delay.hpp>
#include <zenoo_rpc/retry/linear_backoff.hpp>
#include <zenoo_rpc/retry/presets.hpp>

#include <algorithm>
#include <chrono>
#include <concepts>
#include <stdexcept>
#include <utility>
#include <vector>

using namespace std::chrono_literals;
using namespace zenoo_rpc;

namespace {

struct SevenSeconds final : RetryStrategy {
    bool should_retry(int, Failure const&) override { return true; }
    Duration get_delay(int) override { return 7s; }
};

/// Checks the largest and smallest delay of a large random sample of a preset.
void check_delays(AnyRetryPolicy policy, std::vector<Duration> const& expected) {
    for (int attempt = 1; attempt <= static_cast<int>(expected.size()); ++attempt) {
        auto const expected_here = expected[static_cast<std::size_t>(attempt - 1)];
        auto shortest = Duration::max();
        auto longest = Duration::zero();
        for (int i = 0; i < 2000; ++i) {
            auto const delay = policy.strategy.get_delay(attempt);
            shortest = std::min(shortest, delay);
            longest = std::max(longest, delay);
        }
        CAPTURE(attempt, expected_here.count(), shortest.count(), longest.count());
        CHECK(longest <= expected_here);
        CHECK(longest > expected_here - expected_here / 50);
        CHECK(shortest < expected_here / 50);
    }
}

}  // namespace

TEST_CASE("DefaultRetryPolicy makes 3 attempts in a minute") {
    DefaultRetryPolicy const policy;
    CHECK(policy.strategy.max_attempts() == 3);
    CHECK(policy.total_timeout == 60s);
    check_delays(policy, {1s, 2s, 4s, 8s, 16s, 30s, 30s});
}

TEST_CASE("NetworkRetryPolicy makes 5 attempts in half a minute") {
    NetworkRetryPolicy const policy;
    CHECK(policy.strategy.max_attempts() == 5);
    CHECK(policy.total_timeout == 30s);
    check_delays(policy, {500ms, 750ms, 1125ms, 1687500us, 2531250us, 3796875us, 5695312500ns, 8542968750ns, 10s, 10s});
}

TEST_CASE("DatabaseRetryPolicy makes 3 attempts in two minutes") {
    DatabaseRetryPolicy const policy;
    CHECK(policy.strategy.max_attempts() == 3);
    CHECK(policy.total_timeout == 120s);
    check_delays(policy, {2s, 4s, 8s, 16s, 32s, 60s, 60s});
}

TEST_CASE("QuickRetryPolicy makes 2 attempts in five seconds, without jitter") {
    QuickRetryPolicy policy;
    CHECK(policy.strategy.max_attempts() == 2);
    CHECK(policy.total_timeout == 5s);
    std::vector<Duration> delays;
    for (int attempt = 1; attempt <= 5; ++attempt) delays.push_back(policy.strategy.get_delay(attempt));
    CHECK(delays == std::vector<Duration>{100ms, 200ms, 400ms, 800ms, 1s});
}

TEST_CASE("AggressiveRetryPolicy makes 10 attempts in five minutes") {
    AggressiveRetryPolicy policy;
    CHECK(policy.strategy.max_attempts() == 10);
    CHECK(policy.total_timeout == 300s);
    check_delays(policy, {500ms, 600ms, 720ms, 864ms});
    CHECK(policy.strategy.get_delay(1000) <= 30s);
}

TEMPLATE_TEST_CASE("a preset is a policy like any other", "", DefaultRetryPolicy, NetworkRetryPolicy,
                   DatabaseRetryPolicy, QuickRetryPolicy, AggressiveRetryPolicy) {
    STATIC_REQUIRE(AnyRetryPolicyType<TestType>);
    STATIC_REQUIRE(std::derived_from<TestType, AnyRetryPolicy>);
    AnyRetryPolicy const policy = TestType{};
    CHECK_NOTHROW(policy.check());
    CHECK(policy.retry_if.is_default());
    CHECK(policy.attempt_timeout == unlimited);
    CHECK(policy.max_retry_after == 60s);
    CHECK(policy.operation.empty());
    CHECK_FALSE(policy.strategy.decides_alone({}));
}

TEST_CASE("every member of a preset can be changed") {
    DefaultRetryPolicy policy;
    policy.strategy = LinearBackoffStrategy{.max_attempts = 7, .jitter = NoJitter{}};
    policy.retry_if = failure_is<UserError>;
    policy.total_timeout = 1s;
    int events = 0;
    policy.on_event = [&](RetryEvent const&) { ++events; };
    CHECK(policy.strategy.max_attempts() == 7);
    CHECK(policy.strategy.get_delay(3) == 3s);
    CHECK(policy.retry_if(Errc::user_error, 1));
    CHECK_FALSE(policy.retry_if.is_default());
    Failure const failure;
    policy.on_event({RetryEventType::retry_attempt, "", 1, 0s, failure});
    CHECK(events == 1);

    policy.strategy = SevenSeconds{};
    CHECK(policy.strategy.decides_alone({}));
    policy.strategy = FixedDelayStrategy{.max_attempts = 0};
    CHECK_THROWS_AS(policy.check(), std::invalid_argument);
}

TEST_CASE("copies of a preset are independent") {
    QuickRetryPolicy original;
    auto copy = original;
    copy.strategy = FixedDelayStrategy{.delay = 7s};
    copy.total_timeout = 1s;
    CHECK(original.strategy.get_delay(1) == 100ms);
    CHECK(original.total_timeout == 5s);
    original = std::move(copy);
    CHECK(original.strategy.get_delay(1) == 7s);
}
