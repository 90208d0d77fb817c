// SPDX-License-Identifier: BSL-1.0
#include "retry/fixed_random.hpp"
#include "support/catch.hpp"
#include "support/delays.hpp"

#include <zenoo_rpc/exceptions.hpp>
#include <zenoo_rpc/retry/any_strategy.hpp>
#include <zenoo_rpc/retry/decorrelated_jitter.hpp>

#include <algorithm>
#include <chrono>
#include <climits>
#include <cmath>
#include <functional>
#include <limits>
#include <optional>
#include <stdexcept>
#include <vector>

using namespace std::chrono_literals;
using namespace zenoo_rpc;
using tests::delays;
using tests::highest;
using tests::lowest;
using tests::middle;

TEST_CASE("decorrelated delays start at the base, then lie between the base and three times the previous one") {
    CHECK(delays(DecorrelatedJitterStrategy{.random = lowest}, 4) == std::vector<Duration>{1s, 1s, 1s, 1s});
    CHECK(delays(DecorrelatedJitterStrategy{.random = middle}, 4) == std::vector<Duration>{1s, 2s, 3500ms, 5750ms});
    auto const widest = delays(DecorrelatedJitterStrategy{.random = highest}, 4);
    CHECK(widest.front() == 1s);
    for (std::size_t i = 1; i < widest.size(); ++i) {
        CHECK(widest[i] <= 3 * widest[i - 1]);
        CHECK(widest[i] >= 3 * widest[i - 1] - 1us);
    }
}

TEST_CASE("decorrelated delays are limited by the cap and can decrease again") {
    double number = highest();
    auto const steered = [&] { return number; };
    DecorrelatedJitterStrategy strategy{.base_delay = 1s, .max_delay = 4s, .random = steered};
    CHECK(strategy.get_delay(1) == 1s);
    CHECK(strategy.get_delay(2) >= 2999ms);
    CHECK(strategy.get_delay(3) == 4s);
    CHECK(strategy.get_delay(4) == 4s);
    number = 0.0;
    CHECK(strategy.get_delay(5) == 1s);
    number = 0.25;
    CHECK(strategy.get_delay(6) == 1500ms);
    CHECK(DecorrelatedJitterStrategy{.base_delay = 10s, .max_delay = 4s, .random = middle}.get_delay(1) == 4s);
    CHECK(delays(DecorrelatedJitterStrategy{.max_delay = 0s, .random = middle}, 3) == std::vector<Duration>(3, 0s));
}

TEST_CASE("the remembered previous delay is capped") {
    DecorrelatedJitterStrategy strategy{.base_delay = 1s, .max_delay = 2s, .random = highest};
    for (int attempt = 1; attempt <= 3; ++attempt) strategy.get_delay(attempt);
    CHECK(strategy.previous == 2s);
    strategy.max_delay = 60s;
    CHECK(strategy.get_delay(4) <= 6s);
}

TEST_CASE("the first attempt restarts the sequence without drawing a number") {
    int asked = 0;
    auto const counting = [&] { return ++asked, 0.5; };
    DecorrelatedJitterStrategy strategy{.random = counting};
    CHECK(strategy.get_delay(1) == 1s);
    CHECK(asked == 0);
    CHECK(strategy.get_delay(2) == 2s);
    CHECK(strategy.get_delay(3) == 3500ms);
    CHECK(asked == 2);
    CHECK(strategy.get_delay(1) == 1s);
    CHECK(strategy.get_delay(2) == 2s);
}

TEST_CASE("a decorrelated backoff first asked about a later attempt starts there") {
    DecorrelatedJitterStrategy strategy{.random = middle};
    CHECK(strategy.get_delay(3) == 1s);
    CHECK(strategy.get_delay(4) == 2s);
}

TEST_CASE("before the first attempt the decorrelated delay is zero, and the state is kept") {
    DecorrelatedJitterStrategy strategy{.random = middle};
    CHECK(strategy.get_delay(1) == 1s);
    for (int const attempt : {0, -1, INT_MIN}) CHECK(strategy.get_delay(attempt) == 0s);
    CHECK(strategy.get_delay(2) == 2s);
}

TEST_CASE("a copy of a decorrelated backoff continues independently from the state of the original") {
    DecorrelatedJitterStrategy original{.max_attempts = 9, .random = middle};
    CHECK(original.get_delay(1) == 1s);
    CHECK(original.get_delay(2) == 2s);
    auto copy = original;
    CHECK(copy.get_delay(3) == 3500ms);
    CHECK(copy.get_delay(4) == 5750ms);
    CHECK(original.get_delay(3) == 3500ms);

    AnyStrategy any = original;
    auto any_copy = any;
    CHECK(any_copy.get_delay(4) == 5750ms);
    CHECK(any.get_delay(4) == 5750ms);
}

TEST_CASE("with the default generator decorrelated delays cover the whole range") {
    auto shortest = Duration::max();
    auto longest = Duration::zero();
    for (int i = 0; i < 2000; ++i) {
        DecorrelatedJitterStrategy strategy;
        strategy.get_delay(1);
        auto const delay = strategy.get_delay(2);
        shortest = std::min(shortest, delay);
        longest = std::max(longest, delay);
    }
    CHECK(shortest >= 1s);
    CHECK(shortest < 1040ms);
    CHECK(longest <= 3s);
    CHECK(longest > 2960ms);
}

TEST_CASE("the same seed gives the same decorrelated delays") {
    SeededRandom first{7};
    SeededRandom second{7};
    SeededRandom other{8};
    auto const from = [](SeededRandom& random) {
        return delays(DecorrelatedJitterStrategy{.random = std::ref(random)}, 20);
    };
    auto const expected = from(first);
    CHECK(from(second) == expected);
    CHECK(from(other) != expected);
    CHECK(from(first) != expected);
}

TEST_CASE("a negative base counts as zero") {
    DecorrelatedJitterStrategy strategy{.base_delay = -2s, .random = middle, .previous = 10s};
    CHECK(strategy.get_delay(2) == 15s);
    CHECK(strategy.get_delay(1) == 0s);
}

TEST_CASE("no decorrelated delay is negative or exceeds the cap, whatever the values") {
    constexpr auto infinite = std::numeric_limits<double>::infinity();
    for (auto const base : {Duration::min(), Duration{-1s}, Duration{0s}, Duration{1s}, Duration::max()}) {
        for (auto const cap : {Duration::min(), Duration{-1s}, Duration{0s}, Duration{60s}, Duration::max()}) {
            for (auto const previous : {Duration::min(), Duration{0s}, Duration{1s}, Duration::max()}) {
                for (auto const number : {0.0, 0.5, highest(), -1.0, 1e300, -infinite, infinite, std::nan("")}) {
                    for (int const attempt : {INT_MIN, 0, 1, 2, 3, INT_MAX}) {
                        DecorrelatedJitterStrategy strategy{.base_delay = base,
                                                            .max_delay = cap,
                                                            .random = [number] { return number; },
                                                            .previous = previous};
                        auto const delay = strategy.get_delay(attempt);
                        CAPTURE(base.count(), cap.count(), previous.count(), number, attempt, delay.count());
                        CHECK((delay >= 0s && delay <= std::max(cap, Duration{0s})));
                    }
                }
            }
        }
    }
}

TEST_CASE("only the count decides whether a decorrelated backoff continues") {
    DecorrelatedJitterStrategy strategy{.max_attempts = 3, .random = middle};
    CHECK(strategy.should_retry(2, Errc::user_error));
    CHECK_FALSE(strategy.should_retry(3, Errc::network_error));
    CHECK(strategy.next_delay({.attempt = 1}) == Duration{1s});
    CHECK(strategy.next_delay({.attempt = 2}) == Duration{2s});
    CHECK(strategy.next_delay({.attempt = 3}) == std::nullopt);
    CHECK(strategy.previous == 2s);
    CHECK(detail::attempts_of(strategy) == 3);
    CHECK_FALSE(detail::decides_alone(strategy, Errc::network_error));
}

TEST_CASE("the defaults of a decorrelated backoff") {
    DecorrelatedJitterStrategy<> const strategy;
    CHECK(strategy.max_attempts == 3);
    CHECK(strategy.base_delay == 1s);
    CHECK(strategy.max_delay == 60s);
    CHECK(strategy.previous == 0s);
    STATIC_REQUIRE(Strategy<DecorrelatedJitterStrategy<>>);
}

TEST_CASE("a decorrelated backoff rejects unusable values by name and value") {
    CHECK_NOTHROW(DecorrelatedJitterStrategy{}.check());
    CHECK_NOTHROW(DecorrelatedJitterStrategy{.max_attempts = 1, .base_delay = 0s, .max_delay = 0s}.check());
    CHECK_THROWS_WITH(DecorrelatedJitterStrategy{.max_attempts = 0}.check(),
                      "DecorrelatedJitterStrategy::max_attempts is 0, but must be at least 1");
    CHECK_THROWS_WITH(DecorrelatedJitterStrategy{.base_delay = -1ns}.check(),
                      "DecorrelatedJitterStrategy::base_delay is -1, but must not be negative (nanoseconds)");
    CHECK_THROWS_WITH(DecorrelatedJitterStrategy{.max_delay = -2ns}.check(),
                      "DecorrelatedJitterStrategy::max_delay is -2, but must not be negative (nanoseconds)");
    CHECK_THROWS_AS(DecorrelatedJitterStrategy{.max_attempts = -1}.check(), std::invalid_argument);
}
