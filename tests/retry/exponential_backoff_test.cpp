// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"
#include "support/delays.hpp"

#include <zenoo_rpc/exceptions.hpp>
#include <zenoo_rpc/retry/exponential_backoff.hpp>

#include <chrono>
#include <climits>
#include <cmath>
#include <concepts>
#include <limits>
#include <optional>
#include <stdexcept>
#include <vector>

using namespace std::chrono_literals;
using namespace zenoo_rpc;
using tests::delays;

namespace {

constexpr auto not_a_number = std::numeric_limits<double>::quiet_NaN();
constexpr auto infinity = std::numeric_limits<double>::infinity();

}  // namespace

TEST_CASE("exponential delays multiply from the base") {
    CHECK(delays(ExponentialBackoffStrategy{.jitter = NoJitter{}}, 5) == std::vector<Duration>{1s, 2s, 4s, 8s, 16s});
    CHECK(delays(ExponentialBackoffStrategy{.base_delay = 200ms, .multiplier = 1.5, .jitter = NoJitter{}}, 4)
          == std::vector<Duration>{200ms, 300ms, 450ms, 675ms});
    CHECK(delays(ExponentialBackoffStrategy{.base_delay = 8s, .multiplier = 0.5, .jitter = NoJitter{}}, 3)
          == std::vector<Duration>{8s, 4s, 2s});
    CHECK(delays(ExponentialBackoffStrategy{.base_delay = 8s, .multiplier = 1.0, .jitter = NoJitter{}}, 3)
          == std::vector<Duration>{8s, 8s, 8s});
}

TEST_CASE("exponential delays are limited by the cap") {
    CHECK(delays(ExponentialBackoffStrategy{.max_delay = 5s, .jitter = NoJitter{}}, 5)
          == std::vector<Duration>{1s, 2s, 4s, 5s, 5s});
    CHECK(ExponentialBackoffStrategy{.jitter = NoJitter{}}.get_delay(7) == 60s);
    CHECK(ExponentialBackoffStrategy{.base_delay = 10s, .max_delay = 5s, .jitter = NoJitter{}}.get_delay(1) == 5s);
    CHECK(ExponentialBackoffStrategy{.max_delay = 0s, .jitter = NoJitter{}}.get_delay(3) == 0s);
}

TEST_CASE("exponential delays are capped before and after jitter") {
    auto const half = [] { return 0.5; };
    auto const most = [] { return std::nextafter(1.0, 0.0); };
    CHECK(delays(ExponentialBackoffStrategy{.max_delay = 5s, .jitter = FullJitter{half}}, 5)
          == std::vector<Duration>{500ms, 1s, 2s, 2500ms, 2500ms});
    ExponentialBackoffStrategy wide{.max_delay = 5s, .jitter = ProportionalJitter{.factor = 0.5, .random = most}};
    CHECK(wide.get_delay(1) > 1499ms);
    CHECK(wide.get_delay(3) == 5s);
    CHECK(wide.get_delay(4) == 5s);
}

TEST_CASE("before the first attempt the exponential delay is zero") {
    ExponentialBackoffStrategy strategy{.jitter = NoJitter{}};
    for (int const attempt : {0, -1, INT_MIN}) CHECK(strategy.get_delay(attempt) == 0s);
}

TEST_CASE("no exponential delay overflows") {
    CHECK(ExponentialBackoffStrategy{.jitter = NoJitter{}}.get_delay(INT_MAX) == 60s);
    CHECK(ExponentialBackoffStrategy{.max_delay = Duration::max(), .jitter = NoJitter{}}.get_delay(INT_MAX)
          == Duration::max());
    CHECK(ExponentialBackoffStrategy{.multiplier = 1e9, .jitter = NoJitter{}}.get_delay(50) == 60s);
    CHECK(ExponentialBackoffStrategy{.multiplier = 1e-9, .jitter = NoJitter{}}.get_delay(2) == 1ns);
    CHECK(ExponentialBackoffStrategy{.multiplier = 1e-9, .jitter = NoJitter{}}.get_delay(INT_MAX) == 0s);
    CHECK(ExponentialBackoffStrategy{.base_delay = 0s, .jitter = NoJitter{}}.get_delay(INT_MAX) == 0s);
}

TEST_CASE("no exponential delay is negative or exceeds the cap, whatever the values") {
    for (auto const base : {Duration::min(), Duration{-1s}, Duration{0s}, Duration{1s}, Duration::max()}) {
        for (auto const cap : {Duration::min(), Duration{-1s}, Duration{0s}, Duration{60s}, Duration::max()}) {
            for (auto const multiplier : {-infinity, -2.0, 0.0, 1e-9, 1.0, 1e9, 1e300, infinity, not_a_number}) {
                for (int const attempt : {INT_MIN, 0, 1, 2, 3, 100, INT_MAX}) {
                    CAPTURE(base.count(), cap.count(), multiplier, attempt);
                    auto const check = [&](auto jitter) {
                        ExponentialBackoffStrategy strategy{
                            .base_delay = base, .max_delay = cap, .multiplier = multiplier, .jitter = jitter};
                        auto const delay = strategy.get_delay(attempt);
                        return delay >= 0s && delay <= std::max(cap, Duration{0s});
                    };
                    CHECK(check(NoJitter{}));
                    CHECK(check(FullJitter{}));
                    CHECK(check(EqualJitter{}));
                    CHECK(check(ProportionalJitter{.factor = 1.0}));
                    CHECK(check([](Duration) { return Duration::min(); }));
                    CHECK(check([](Duration) { return Duration::max(); }));
                }
            }
        }
    }
}

TEST_CASE("only the count decides whether an exponential backoff continues") {
    ExponentialBackoffStrategy strategy{.max_attempts = 3};
    for (auto const& failure : {Failure{}, Failure{Errc::network_error}, Failure{Errc::user_error}}) {
        CHECK(strategy.should_retry(1, failure));
        CHECK(strategy.should_retry(2, failure));
        CHECK_FALSE(strategy.should_retry(3, failure));
        CHECK_FALSE(strategy.should_retry(4, failure));
        CHECK_FALSE(strategy.should_retry(INT_MAX, failure));
        CHECK(strategy.should_retry(0, failure));
    }
    CHECK_FALSE(ExponentialBackoffStrategy{.max_attempts = 1}.should_retry(1, {}));
}

TEST_CASE("next_delay returns the exponential delay of the failed attempt, or none after the last") {
    ExponentialBackoffStrategy strategy{.max_attempts = 3, .jitter = NoJitter{}};
    CHECK(strategy.next_delay({.attempt = 1}) == Duration{1s});
    CHECK(strategy.next_delay({.attempt = 2}) == Duration{2s});
    CHECK(strategy.next_delay({.attempt = 3}) == std::nullopt);
}

TEST_CASE("the defaults of an exponential backoff") {
    ExponentialBackoffStrategy const strategy;
    CHECK(strategy.max_attempts == 3);
    CHECK(strategy.base_delay == 1s);
    CHECK(strategy.max_delay == 60s);
    CHECK(strategy.multiplier == 2.0);
    STATIC_REQUIRE(std::same_as<decltype(ExponentialBackoffStrategy{}.jitter), FullJitter<>>);
    STATIC_REQUIRE(std::same_as<decltype(ExponentialBackoff{.max_attempts = 5}), ExponentialBackoffStrategy<>>);
    STATIC_REQUIRE(
        std::same_as<decltype(ExponentialBackoff{.jitter = NoJitter{}}), ExponentialBackoffStrategy<NoJitter>>);
}

TEST_CASE("an exponential backoff rejects unusable values by name and value") {
    CHECK_NOTHROW(ExponentialBackoffStrategy{}.check());
    CHECK_NOTHROW(
        ExponentialBackoffStrategy{.max_attempts = 1, .base_delay = 0s, .max_delay = 0s, .multiplier = 1e-9}.check());
    CHECK_THROWS_WITH(ExponentialBackoffStrategy{.max_attempts = 0}.check(),
                      "ExponentialBackoffStrategy::max_attempts is 0, but must be at least 1");
    CHECK_THROWS_WITH(ExponentialBackoffStrategy{.max_attempts = -1}.check(),
                      "ExponentialBackoffStrategy::max_attempts is -1, but must be at least 1");
    CHECK_THROWS_WITH(ExponentialBackoffStrategy{.base_delay = -1ns}.check(),
                      "ExponentialBackoffStrategy::base_delay is -1, but must not be negative (nanoseconds)");
    CHECK_THROWS_WITH(ExponentialBackoffStrategy{.max_delay = -1s}.check(),
                      "ExponentialBackoffStrategy::max_delay is -1000000000, but must not be negative (nanoseconds)");
    CHECK_THROWS_WITH(ExponentialBackoffStrategy{.multiplier = 0.0}.check(),
                      "ExponentialBackoffStrategy::multiplier is 0, but must be a positive, finite number");
    for (auto const multiplier : {-1.0, not_a_number, infinity, -infinity}) {
        CAPTURE(multiplier);
        CHECK_THROWS_AS(ExponentialBackoffStrategy{.multiplier = multiplier}.check(), std::invalid_argument);
    }
    ExponentialBackoffStrategy const jittered{.jitter = ProportionalJitter{.factor = 2.0}};
    CHECK_THROWS_AS(jittered.check(), std::invalid_argument);
}
