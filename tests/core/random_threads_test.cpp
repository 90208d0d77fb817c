// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"

#include <zenoo_rpc/core/random.hpp>

#include <algorithm>
#include <array>
#include <thread>

using namespace zenoo_rpc;

TEST_CASE("threads draw different numbers", "[threads]") {
    std::array<double, 10> here{};
    std::array<double, 10> elsewhere{};
    std::thread other{[&] { std::generate(elsewhere.begin(), elsewhere.end(), ThreadRandom{}); }};
    std::generate(here.begin(), here.end(), ThreadRandom{});
    other.join();
    CHECK(here != elsewhere);
}
