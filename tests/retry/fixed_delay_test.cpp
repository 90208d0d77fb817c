// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"

#include <zenoo_rpc/exceptions.hpp>
#include <zenoo_rpc/retry/fixed_delay.hpp>

#include <chrono>
#include <climits>
#include <concepts>
#include <optional>
#include <stdexcept>

using namespace std::chrono_literals;
using namespace zenoo_rpc;

TEST_CASE("a fixed delay is constant") {
    FixedDelayStrategy strategy{.delay = 5s};
    for (int const attempt : {1, 2, 100, INT_MAX}) CHECK(strategy.get_delay(attempt) == 5s);
    for (int const attempt : {0, -1, INT_MIN}) CHECK(strategy.get_delay(attempt) == 0s);
}

TEST_CASE("a fixed delay has no jitter by default") {
    STATIC_REQUIRE(std::same_as<decltype(FixedDelayStrategy{}.jitter), NoJitter>);
    FixedDelayStrategy strategy{.delay = 5s, .jitter = FullJitter{[] { return 0.5; }}};
    CHECK(strategy.get_delay(1) == 2500ms);
    CHECK(strategy.get_delay(2) == 2500ms);
    CHECK(strategy.get_delay(0) == 0s);
}

TEST_CASE("no fixed delay is negative, whatever the values") {
    for (auto const delay : {Duration::min(), Duration{-1s}, Duration{0s}, Duration{1s}, Duration::max()}) {
        CAPTURE(delay.count());
        CHECK(FixedDelayStrategy{.delay = delay}.get_delay(1) >= 0s);
        CHECK((FixedDelayStrategy{.delay = delay, .jitter = EqualJitter{}}.get_delay(1)) >= 0s);
        CHECK((FixedDelayStrategy{.delay = delay, .jitter = ProportionalJitter{.factor = 1.0}}.get_delay(1)) >= 0s);
        CHECK((FixedDelayStrategy{.delay = delay, .jitter = [](Duration) { return Duration::min(); }}.get_delay(1))
              == 0s);
    }
    CHECK(FixedDelayStrategy{.delay = Duration::max()}.get_delay(1) == Duration::max());
}

TEST_CASE("only the count decides whether a fixed delay continues") {
    FixedDelayStrategy strategy{.max_attempts = 2, .delay = 5s};
    CHECK(strategy.should_retry(1, Errc::user_error));
    CHECK_FALSE(strategy.should_retry(2, Errc::network_error));
    CHECK(strategy.next_delay({.attempt = 1}) == Duration{5s});
    CHECK(strategy.next_delay({.attempt = 2}) == std::nullopt);
}

TEST_CASE("the defaults of a fixed delay") {
    FixedDelayStrategy const strategy;
    CHECK(strategy.max_attempts == 3);
    CHECK(strategy.delay == 1s);
    STATIC_REQUIRE(std::same_as<decltype(FixedDelay{.max_attempts = 4, .delay = 5s}), FixedDelayStrategy<>>);
}

TEST_CASE("a fixed delay rejects unusable values by name and value") {
    CHECK_NOTHROW(FixedDelayStrategy{.max_attempts = 1, .delay = 0s}.check());
    CHECK_THROWS_WITH(FixedDelayStrategy{.max_attempts = 0}.check(),
                      "FixedDelayStrategy::max_attempts is 0, but must be at least 1");
    CHECK_THROWS_WITH(FixedDelayStrategy{.delay = -1ns}.check(),
                      "FixedDelayStrategy::delay is -1, but must not be negative (nanoseconds)");
    FixedDelayStrategy const jittered{.jitter = ProportionalJitter{.factor = 2.0}};
    CHECK_THROWS_AS(jittered.check(), std::invalid_argument);
}
