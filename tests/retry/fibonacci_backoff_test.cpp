// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"
#include "support/delays.hpp"

#include <zenoo_rpc/exceptions.hpp>
#include <zenoo_rpc/retry/fibonacci_backoff.hpp>

#include <algorithm>
#include <chrono>
#include <climits>
#include <cmath>
#include <concepts>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <vector>

using namespace std::chrono_literals;
using namespace zenoo_rpc;
using tests::delays;

TEST_CASE("each Fibonacci delay is the sum of the previous two") {
    CHECK(delays(FibonacciBackoffStrategy{.jitter = NoJitter{}}, 8)
          == std::vector<Duration>{1s, 1s, 2s, 3s, 5s, 8s, 13s, 21s});
    CHECK(delays(FibonacciBackoffStrategy{.base_delay = 200ms, .jitter = NoJitter{}}, 5)
          == std::vector<Duration>{200ms, 200ms, 400ms, 600ms, 1s});
}

TEST_CASE("Fibonacci delays are limited by the cap") {
    CHECK(delays(FibonacciBackoffStrategy{.max_delay = 4s, .jitter = NoJitter{}}, 6)
          == std::vector<Duration>{1s, 1s, 2s, 3s, 4s, 4s});
    CHECK(FibonacciBackoffStrategy{.jitter = NoJitter{}}.get_delay(10) == 55s);
    CHECK(FibonacciBackoffStrategy{.jitter = NoJitter{}}.get_delay(11) == 60s);
    CHECK(FibonacciBackoffStrategy{.base_delay = 10s, .max_delay = 5s, .jitter = NoJitter{}}.get_delay(1) == 5s);
    CHECK(FibonacciBackoffStrategy{.max_delay = 0s, .jitter = NoJitter{}}.get_delay(3) == 0s);
}

TEST_CASE("a Fibonacci delay depends only on the attempt, not on earlier calls") {
    FibonacciBackoffStrategy strategy{.jitter = NoJitter{}};
    CHECK(strategy.get_delay(6) == 8s);
    CHECK(strategy.get_delay(3) == 2s);
    CHECK(strategy.get_delay(6) == 8s);
}

TEST_CASE("Fibonacci delays are capped before and after jitter") {
    auto const half = [] { return 0.5; };
    auto const most = [] { return std::nextafter(1.0, 0.0); };
    CHECK(delays(FibonacciBackoffStrategy{.max_delay = 4s, .jitter = FullJitter{half}}, 6)
          == std::vector<Duration>{500ms, 500ms, 1s, 1500ms, 2s, 2s});
    FibonacciBackoffStrategy wide{.max_delay = 4s, .jitter = ProportionalJitter{.factor = 0.5, .random = most}};
    CHECK(wide.get_delay(1) > 1499ms);
    CHECK(wide.get_delay(4) == 4s);
    CHECK(wide.get_delay(5) == 4s);
}

TEST_CASE("before the first attempt the Fibonacci delay is zero") {
    FibonacciBackoffStrategy strategy{.jitter = NoJitter{}};
    for (int const attempt : {0, -1, INT_MIN}) CHECK(strategy.get_delay(attempt) == 0s);
}

TEST_CASE("no Fibonacci delay overflows, and the highest attempt is computed quickly") {
    constexpr auto fibonacci_92 = Duration{std::int64_t{7'540'113'804'746'346'429}};
    FibonacciBackoffStrategy fine{.base_delay = 1ns, .max_delay = Duration::max(), .jitter = NoJitter{}};
    CHECK(fine.get_delay(92) == fibonacci_92);
    CHECK(fine.get_delay(93) == Duration::max());
    CHECK(fine.get_delay(INT_MAX) == Duration::max());
    FibonacciBackoffStrategy coarse{.base_delay = Duration::max(), .max_delay = Duration::max(), .jitter = NoJitter{}};
    CHECK(delays(coarse, 3) == std::vector<Duration>(3, Duration::max()));
    CHECK(FibonacciBackoffStrategy{.jitter = NoJitter{}}.get_delay(INT_MAX) == 60s);
    CHECK(FibonacciBackoffStrategy{.base_delay = 0s, .jitter = NoJitter{}}.get_delay(INT_MAX) == 0s);
}

TEST_CASE("no Fibonacci delay is negative or exceeds the cap, whatever the values") {
    for (auto const base : {Duration::min(), Duration{-1s}, Duration{0s}, Duration{1s}, Duration::max()}) {
        for (auto const cap : {Duration::min(), Duration{-1s}, Duration{0s}, Duration{60s}, Duration::max()}) {
            for (int const attempt : {INT_MIN, 0, 1, 2, 3, 100, INT_MAX}) {
                CAPTURE(base.count(), cap.count(), attempt);
                auto const check = [&](auto jitter) {
                    FibonacciBackoffStrategy strategy{.base_delay = base, .max_delay = cap, .jitter = jitter};
                    auto const delay = strategy.get_delay(attempt);
                    return delay >= 0s && delay <= std::max(cap, Duration{0s});
                };
                CHECK(check(NoJitter{}));
                CHECK(check(EqualJitter{}));
                CHECK(check(ProportionalJitter{.factor = 1.0}));
                CHECK(check([](Duration) { return Duration::min(); }));
                CHECK(check([](Duration) { return Duration::max(); }));
            }
        }
    }
}

TEST_CASE("only the count decides whether a Fibonacci backoff continues") {
    FibonacciBackoffStrategy strategy{.max_attempts = 2, .jitter = NoJitter{}};
    CHECK(strategy.should_retry(1, Errc::user_error));
    CHECK_FALSE(strategy.should_retry(2, Errc::network_error));
    CHECK(strategy.next_delay({.attempt = 1}) == Duration{1s});
    CHECK(strategy.next_delay({.attempt = 2}) == std::nullopt);
    CHECK(detail::attempts_of(strategy) == 2);
    CHECK_FALSE(detail::decides_alone(strategy, Errc::network_error));
}

TEST_CASE("the defaults of a Fibonacci backoff") {
    FibonacciBackoffStrategy const strategy;
    CHECK(strategy.max_attempts == 3);
    CHECK(strategy.base_delay == 1s);
    CHECK(strategy.max_delay == 60s);
    STATIC_REQUIRE(std::same_as<decltype(FibonacciBackoffStrategy{}.jitter), FullJitter<>>);
    STATIC_REQUIRE(std::same_as<decltype(FibonacciBackoff{.max_attempts = 3}), FibonacciBackoffStrategy<>>);
    STATIC_REQUIRE(Strategy<FibonacciBackoffStrategy<>>);
}

TEST_CASE("a Fibonacci backoff rejects unusable values by name and value") {
    CHECK_NOTHROW(FibonacciBackoffStrategy{}.check());
    CHECK_NOTHROW(FibonacciBackoffStrategy{.max_attempts = 1, .base_delay = 0s, .max_delay = 0s}.check());
    CHECK_THROWS_WITH(FibonacciBackoffStrategy{.max_attempts = 0}.check(),
                      "FibonacciBackoffStrategy::max_attempts is 0, but must be at least 1");
    CHECK_THROWS_WITH(FibonacciBackoffStrategy{.base_delay = -1ns}.check(),
                      "FibonacciBackoffStrategy::base_delay is -1, but must not be negative (nanoseconds)");
    CHECK_THROWS_WITH(FibonacciBackoffStrategy{.max_delay = -2ns}.check(),
                      "FibonacciBackoffStrategy::max_delay is -2, but must not be negative (nanoseconds)");
    FibonacciBackoffStrategy const jittered{.jitter = ProportionalJitter{.factor = -1.0}};
    CHECK_THROWS_AS(jittered.check(), std::invalid_argument);
}
