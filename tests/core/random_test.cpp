// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"

#include <zenoo_rpc/core/random.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <set>
#include <vector>

using namespace zenoo_rpc;

namespace {

std::vector<double> numbers(SeededRandom random, std::size_t count) {
    std::vector<double> result(count);
    std::generate(result.begin(), result.end(), std::ref(random));
    return result;
}

}  // namespace

TEST_CASE("random numbers cover exactly the range from 0 up to 1") {
    std::vector<double> numbers(10'000);
    std::generate(numbers.begin(), numbers.end(), ThreadRandom{});
    auto const [least, greatest] = std::minmax_element(numbers.begin(), numbers.end());
    CHECK(*least >= 0.0);
    CHECK(*least < 0.01);
    CHECK(*greatest < 1.0);
    CHECK(*greatest > 0.99);
}

TEST_CASE("the same seed gives the same numbers") {
    CHECK(numbers(SeededRandom{7}, 100) == numbers(SeededRandom{7}, 100));
}

TEST_CASE("different seeds, even neighbouring ones, give different numbers from the first one on") {
    std::set<double> firsts;
    for (std::uint32_t seed = 0; seed < 1000; ++seed) firsts.insert(SeededRandom{seed}());
    CHECK(firsts.size() > 998);  // of 2^32 values, two equal ones are rare
    CHECK(*firsts.begin() < 0.02);
    CHECK(*firsts.rbegin() > 0.98);
    CHECK(numbers(SeededRandom{0}, 10) != numbers(SeededRandom{1}, 10));
}

TEST_CASE("seeded numbers cover exactly the range from 0 up to 1") {
    for (auto const seed : {std::uint32_t{0}, std::uint32_t{1}, UINT32_MAX}) {
        auto const drawn = numbers(SeededRandom{seed}, 10'000);
        auto const [least, greatest] = std::minmax_element(drawn.begin(), drawn.end());
        CHECK(*least >= 0.0);
        CHECK(*least < 0.01);
        CHECK(*greatest < 1.0);
        CHECK(*greatest > 0.99);
    }
}

TEST_CASE("a generator advances through std::ref, and a copy advances independently") {
    SeededRandom random{7};
    auto const expected = numbers(random, 3);
    auto copy = random;
    auto const by_reference = std::ref(random);
    CHECK(by_reference() == expected[0]);
    CHECK(random() == expected[1]);
    CHECK(by_reference() == expected[2]);
    CHECK(copy() == expected[0]);
}
