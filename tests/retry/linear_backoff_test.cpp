// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"
#include "support/delays.hpp"

#include <zenoo_rpc/exceptions.hpp>
#include <zenoo_rpc/retry/linear_backoff.hpp>

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

TEST_CASE("linear delays grow by the increment") {
    CHECK(delays(LinearBackoffStrategy{.jitter = NoJitter{}}, 4) == std::vector<Duration>{1s, 2s, 3s, 4s});
    CHECK(delays(LinearBackoffStrategy{.base_delay = 2s, .increment = 500ms, .jitter = NoJitter{}}, 3)
          == std::vector<Duration>{2s, 2500ms, 3s});
    CHECK(delays(LinearBackoffStrategy{.base_delay = 2s, .increment = 0s, .jitter = NoJitter{}}, 2)
          == std::vector<Duration>{2s, 2s});
}

TEST_CASE("linear delays are limited by the cap") {
    CHECK(delays(LinearBackoffStrategy{.increment = 2s, .max_delay = 4s, .jitter = NoJitter{}}, 4)
          == std::vector<Duration>{1s, 3s, 4s, 4s});
    CHECK(LinearBackoffStrategy{.jitter = NoJitter{}}.get_delay(61) == 60s);
}

TEST_CASE("linear delays are capped before and after jitter") {
    auto const half = [] { return 0.5; };
    auto const most = [] { return std::nextafter(1.0, 0.0); };
    CHECK(delays(LinearBackoffStrategy{.increment = 2s, .max_delay = 4s, .jitter = FullJitter{half}}, 4)
          == std::vector<Duration>{500ms, 1500ms, 2s, 2s});
    LinearBackoffStrategy wide{
        .increment = 2s, .max_delay = 4s, .jitter = ProportionalJitter{.factor = 0.5, .random = most}};
    CHECK(wide.get_delay(2) == 4s);
}

TEST_CASE("before the first attempt the linear delay is zero") {
    LinearBackoffStrategy strategy{.jitter = NoJitter{}};
    for (int const attempt : {0, -1, INT_MIN}) CHECK(strategy.get_delay(attempt) == 0s);
}

TEST_CASE("no linear delay is negative or exceeds the cap, whatever the values") {
    constexpr Duration two_to_the_62{std::int64_t{1} << 62};
    LinearBackoffStrategy steep{.increment = two_to_the_62, .max_delay = Duration::max(), .jitter = NoJitter{}};
    CHECK(steep.get_delay(2) == two_to_the_62 + 1s);
    CHECK(steep.get_delay(3) == Duration::max());
    CHECK(steep.get_delay(5) == Duration::max());
    CHECK(LinearBackoffStrategy{.max_delay = Duration::max(), .jitter = NoJitter{}}.get_delay(INT_MAX)
          == 1s * std::int64_t{INT_MAX});
    for (auto const base : {Duration::min(), Duration{-1s}, Duration{0s}, Duration{1s}, Duration::max()}) {
        for (auto const increment : {Duration::min(), Duration{-1s}, Duration{0s}, Duration{1s}, Duration::max()}) {
            for (auto const cap : {Duration::min(), Duration{-1s}, Duration{0s}, Duration{60s}, Duration::max()}) {
                for (int const attempt : {INT_MIN, 0, 1, 2, 3, 100, INT_MAX}) {
                    CAPTURE(base.count(), increment.count(), cap.count(), attempt);
                    auto const check = [&](auto jitter) {
                        LinearBackoffStrategy strategy{
                            .base_delay = base, .increment = increment, .max_delay = cap, .jitter = jitter};
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
}

TEST_CASE("only the count decides whether a linear backoff continues") {
    LinearBackoffStrategy strategy{.max_attempts = 2, .jitter = NoJitter{}};
    CHECK(strategy.should_retry(1, Errc::user_error));
    CHECK_FALSE(strategy.should_retry(2, Errc::network_error));
    CHECK(strategy.next_delay({.attempt = 1}) == Duration{1s});
    CHECK(strategy.next_delay({.attempt = 2}) == std::nullopt);
}

TEST_CASE("the defaults of a linear backoff") {
    LinearBackoffStrategy const strategy;
    CHECK(strategy.max_attempts == 3);
    CHECK(strategy.base_delay == 1s);
    CHECK(strategy.increment == 1s);
    CHECK(strategy.max_delay == 60s);
    STATIC_REQUIRE(std::same_as<decltype(LinearBackoffStrategy{}.jitter), FullJitter<>>);
    STATIC_REQUIRE(std::same_as<decltype(LinearBackoff{.max_attempts = 3}), LinearBackoffStrategy<>>);
}

TEST_CASE("a linear backoff rejects unusable values by name and value") {
    CHECK_NOTHROW(LinearBackoffStrategy{}.check());
    CHECK_NOTHROW(LinearBackoffStrategy{.max_attempts = 1, .base_delay = 0s, .increment = 0s, .max_delay = 0s}.check());
    CHECK_THROWS_WITH(LinearBackoffStrategy{.max_attempts = 0}.check(),
                      "LinearBackoffStrategy::max_attempts is 0, but must be at least 1");
    CHECK_THROWS_WITH(LinearBackoffStrategy{.base_delay = -1ns}.check(),
                      "LinearBackoffStrategy::base_delay is -1, but must not be negative (nanoseconds)");
    CHECK_THROWS_WITH(LinearBackoffStrategy{.increment = -2ns}.check(),
                      "LinearBackoffStrategy::increment is -2, but must not be negative (nanoseconds)");
    CHECK_THROWS_WITH(LinearBackoffStrategy{.max_delay = -3ns}.check(),
                      "LinearBackoffStrategy::max_delay is -3, but must not be negative (nanoseconds)");
    LinearBackoffStrategy const jittered{.jitter = ProportionalJitter{.factor = -1.0}};
    CHECK_THROWS_AS(jittered.check(), std::invalid_argument);
}
