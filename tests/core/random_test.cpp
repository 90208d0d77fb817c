// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"

#include <zenoo_rpc/core/random.hpp>

#include <algorithm>
#include <vector>

using namespace zenoo_rpc;

TEST_CASE("random numbers fill the range from 0 up to 1 and nothing else") {
    std::vector<double> numbers(10'000);
    std::generate(numbers.begin(), numbers.end(), ThreadRandom{});
    auto const [least, greatest] = std::minmax_element(numbers.begin(), numbers.end());
    CHECK(*least >= 0.0);
    CHECK(*least < 0.01);
    CHECK(*greatest < 1.0);
    CHECK(*greatest > 0.99);
}
