// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"

#include <zenoo_rpc/exceptions.hpp>
#include <zenoo_rpc/retry/any_strategy.hpp>
#include <zenoo_rpc/retry/delay_sequence.hpp>

#include <chrono>
#include <climits>
#include <concepts>
#include <cstddef>
#include <optional>
#include <stdexcept>
#include <type_traits>
#include <utility>
#include <vector>

using namespace std::chrono_literals;
using namespace zenoo_rpc;

TEST_CASE("a sequence returns its delays one after another and then ends") {
    DelaySequence delays{1s, 5s, 30s};
    CHECK(delays.next_delay({.attempt = 1}) == Duration{1s});
    CHECK(delays.next_delay({.attempt = 2}) == Duration{5s});
    CHECK(delays.next_delay({.attempt = 3}) == Duration{30s});
    CHECK(delays.next_delay({.attempt = 4}) == std::nullopt);
    CHECK(delays.next_delay({.attempt = INT_MAX}) == std::nullopt);
}

TEST_CASE("a sequence of n delays allows n + 1 attempts, whatever the failure") {
    DelaySequence const delays{1s, 5s, 30s};
    CHECK(delays.max_attempts() == 4);
    CHECK(detail::attempts_of(delays) == 4);
    CHECK(delays.should_retry(3, Errc::user_error));
    CHECK_FALSE(delays.should_retry(4, Errc::network_error));
    CHECK_FALSE(detail::decides_alone(delays, Errc::network_error));
}

TEST_CASE("an empty sequence allows one attempt") {
    for (auto const& none : {DelaySequence{}, DelaySequence{std::vector<Duration>{}}}) {
        CHECK(none.max_attempts() == 1);
        CHECK_FALSE(none.should_retry(1, Errc::network_error));
        CHECK(none.next_delay({.attempt = 1}) == std::nullopt);
        CHECK(none.get_delay(1) == 0s);
        CHECK_NOTHROW(none.check());
    }
}

TEST_CASE("a sequence has no delay before the first attempt and repeats the last one at the end") {
    DelaySequence const delays{1s, 5s};
    for (int const attempt : {0, -1, INT_MIN}) CHECK(delays.get_delay(attempt) == 0s);
    for (int const attempt : {2, 3, 100, INT_MAX}) CHECK(delays.get_delay(attempt) == 5s);
}

TEST_CASE("a sequence keeps its delays unchanged: no cap, no order, and zero is a delay") {
    DelaySequence const delays{Duration::max(), 0s, 1h};
    CHECK(delays.get_delay(1) == Duration::max());
    CHECK(delays.next_delay({.attempt = 2}) == Duration{0s});
    CHECK(delays.get_delay(3) == 1h);
}

TEST_CASE("a sequence of a vector equals one of an initialiser list") {
    DelaySequence const delays{std::vector<Duration>{2s, 3s}};
    CHECK(delays.max_attempts() == 3);
    CHECK(delays.get_delay(1) == 2s);
    CHECK(delays.get_delay(2) == 3s);
    STATIC_REQUIRE_FALSE(std::is_convertible_v<std::vector<Duration>, DelaySequence>);
}

TEST_CASE("a single delay is a sequence of one delay, not a count") {
    DelaySequence const one{5s};
    CHECK(one.max_attempts() == 2);
    CHECK(one.get_delay(1) == 5s);
}

TEST_CASE("copies of a sequence outlive the original") {
    auto const copy = [] {
        DelaySequence const original{1s, 5s};
        return AnyStrategy{original};
    }();
    auto another = copy;
    CHECK(another.next_delay({.attempt = 2}) == Duration{5s});
    CHECK(another.max_attempts() == 3);
    CHECK(another.should_retry(2, {}));
}

TEST_CASE("a negative delay of a sequence counts as zero") {
    DelaySequence const delays{-1s, Duration::min(), 2s};
    CHECK(delays.get_delay(1) == 0s);
    CHECK(delays.next_delay({.attempt = 2}) == Duration{0s});
    CHECK(delays.get_delay(3) == 2s);
}

TEST_CASE("a sequence rejects negative delays by index and value") {
    CHECK_NOTHROW(DelaySequence{0s, Duration::max()}.check());
    CHECK_THROWS_WITH((DelaySequence{1s, -2ns, -3ns}.check()),
                      "DelaySequence[1] is -2, but must not be negative (nanoseconds)");
    CHECK_THROWS_AS(AnyStrategy{DelaySequence{-1s}}.check(), std::invalid_argument);
}

TEST_CASE("a sequence is a strategy") {
    STATIC_REQUIRE(Strategy<DelaySequence>);
    STATIC_REQUIRE(std::is_nothrow_move_constructible_v<DelaySequence>);
}
