// SPDX-License-Identifier: BSL-1.0
#include "retry/fixed_random.hpp"
#include "support/catch.hpp"

#include <zenoo_rpc/retry/jitter.hpp>

#include <chrono>
#include <cmath>
#include <concepts>
#include <limits>
#include <stdexcept>

using namespace std::chrono_literals;
using namespace zenoo_rpc;
using tests::highest;
using tests::lowest;
using tests::middle;

namespace {

template <class J>
void check_range(J jitter, Duration delay, Duration from, Duration to) {
    auto least = Duration::max();
    auto greatest = Duration::min();
    for (int i = 0; i < 2000; ++i) {
        auto const jittered = jitter(delay);
        least = std::min(least, jittered);
        greatest = std::max(greatest, jittered);
    }
    auto const margin = (to - from) / 50;
    CHECK(least >= from);
    CHECK(least <= from + margin);
    CHECK(greatest <= to);
    CHECK(greatest >= to - margin);
}

}  // namespace

TEST_CASE("NoJitter leaves a delay unchanged") {
    CHECK(NoJitter{}(1s) == 1s);
    CHECK(NoJitter{}(0s) == 0s);
    CHECK(NoJitter{}(Duration::max()) == Duration::max());
}

TEST_CASE("full jitter lies between zero and the delay") {
    CHECK(FullJitter{lowest}(10s) == 0s);
    CHECK(FullJitter{middle}(10s) == 5s);
    CHECK(FullJitter{highest}(10s) <= 10s);
    CHECK(FullJitter{highest}(10s) > 9999ms);
}

TEST_CASE("equal jitter lies between half the delay and the delay") {
    CHECK(EqualJitter{lowest}(10s) == 5s);
    CHECK(EqualJitter{middle}(10s) == 7500ms);
    CHECK(EqualJitter{highest}(10s) <= 10s);
    CHECK(EqualJitter{highest}(10s) > 9999ms);
    CHECK(EqualJitter{lowest}(Duration{1}) <= Duration{1});
}

TEST_CASE("proportional jitter stays within a fraction of the delay on both sides") {
    CHECK(ProportionalJitter{.factor = 0.25, .random = lowest}(8s) == 6s);
    CHECK(ProportionalJitter{.factor = 0.25, .random = middle}(8s) == 8s);
    CHECK(ProportionalJitter{.factor = 0.25, .random = highest}(8s) <= 10s);
    CHECK(ProportionalJitter{.factor = 0.25, .random = highest}(8s) > 9999ms);
    CHECK(ProportionalJitter{.factor = 0.0, .random = lowest}(8s) == 8s);
    CHECK(ProportionalJitter{.factor = 1.0, .random = lowest}(8s) == 0s);
    CHECK(ProportionalJitter{}.factor == 0.25);
}

TEST_CASE("with the default generator jittered delays cover the whole range") {
    check_range(FullJitter{}, 10s, 0s, 10s);
    check_range(EqualJitter{}, 10s, 5s, 10s);
    check_range(ProportionalJitter{.factor = 0.5}, 10s, 5s, 15s);
}

TEST_CASE("no jitter changes a zero delay or overflows for the maximum") {
    auto const delay = GENERATE(Duration::zero(), Duration::max());
    for (auto const number : {0.0, 0.5, highest()}) {
        auto const random = [number] { return number; };
        CHECK(FullJitter{random}(delay) >= 0s);
        CHECK(FullJitter{random}(delay) <= delay);
        CHECK(EqualJitter{random}(delay) >= delay / 2);
        CHECK(EqualJitter{random}(delay) <= delay);
        CHECK(ProportionalJitter{.factor = 1.0, .random = random}(delay) >= 0s);
    }
    CHECK(ProportionalJitter{.factor = 1.0, .random = highest}(Duration::max()) == Duration::max());
}

TEST_CASE("an out-of-range generator gives no negative delay") {
    for (auto const number : {-1e300, -1.0, 2.0, 1e300, std::numeric_limits<double>::infinity(),
                              -std::numeric_limits<double>::infinity(), std::numeric_limits<double>::quiet_NaN()}) {
        CAPTURE(number);
        auto const nonsense = [number] { return number; };
        CHECK(FullJitter{nonsense}(10s) >= 0s);
        CHECK(EqualJitter{nonsense}(10s) >= 0s);
        CHECK(ProportionalJitter{.factor = 0.25, .random = nonsense}(10s) >= 0s);
    }
}

TEST_CASE("a generator is called once per delay and may be user-defined") {
    int asked = 0;
    auto counting = [&] { return asked++, 0.5; };
    FullJitter{counting}(10s);
    CHECK(asked == 1);
    EqualJitter{counting}(10s);
    CHECK(asked == 2);
    ProportionalJitter{.factor = 0.25, .random = counting}(10s);
    CHECK(asked == 3);
}

TEST_CASE("a copy of a jitter continues independently from the state of the original") {
    FullJitter rising{[number = 0.0]() mutable { return number += 0.25; }};
    CHECK(rising(4s) == 1s);
    auto copy = rising;
    CHECK(copy(4s) == 2s);
    CHECK(copy(4s) == 3s);
    CHECK(rising(4s) == 2s);
}

TEST_CASE("a factor outside of 0 to 1 is rejected by name and value") {
    CHECK_NOTHROW(ProportionalJitter{}.check());
    CHECK_NOTHROW(ProportionalJitter{.factor = 0.0}.check());
    CHECK_NOTHROW(ProportionalJitter{.factor = 1.0}.check());
    for (auto const factor : {-0.1, 1.1, std::numeric_limits<double>::quiet_NaN(),
                              std::numeric_limits<double>::infinity(), -std::numeric_limits<double>::infinity()}) {
        CAPTURE(factor);
        CHECK_THROWS_AS(ProportionalJitter{.factor = factor}.check(), std::invalid_argument);
    }
    CHECK_THROWS_WITH(ProportionalJitter{.factor = 1.5}.check(),
                      "ProportionalJitter::factor is 1.5, but must be between 0 and 1");
}

TEST_CASE("requirements of the Jitter and UnitRandom concepts") {
    STATIC_REQUIRE(Jitter<NoJitter>);
    STATIC_REQUIRE(Jitter<FullJitter<>>);
    STATIC_REQUIRE(Jitter<Duration (*)(Duration)>);
    STATIC_REQUIRE_FALSE(Jitter<double (*)(double)>);
    STATIC_REQUIRE(UnitRandom<double (*)()>);
    STATIC_REQUIRE_FALSE(UnitRandom<double (*)(int)>);
    STATIC_REQUIRE(std::same_as<decltype(FullJitter{}), FullJitter<ThreadRandom>>);
}
