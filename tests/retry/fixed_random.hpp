// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_TESTS_RETRY_FIXED_RANDOM_HPP
#define ZENOO_RPC_TESTS_RETRY_FIXED_RANDOM_HPP

#include <cmath>

namespace zenoo_rpc::tests {

// Sources of random numbers in [0, 1) that always return the same one.
inline constexpr auto lowest = [] { return 0.0; };
inline constexpr auto middle = [] { return 0.5; };
inline constexpr auto highest = [] { return std::nextafter(1.0, 0.0); };

}  // namespace zenoo_rpc::tests

#endif  // ZENOO_RPC_TESTS_RETRY_FIXED_RANDOM_HPP
