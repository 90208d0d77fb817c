// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_TESTS_RETRY_THREE_STRATEGIES_HPP
#define ZENOO_RPC_TESTS_RETRY_THREE_STRATEGIES_HPP

#include <zenoo_rpc/retry/fixed_delay.hpp>

#include <chrono>

namespace zenoo_rpc::tests {

inline constexpr FixedDelayStrategy<> slow{.max_attempts = 3, .delay = std::chrono::seconds{30}};
inline constexpr FixedDelayStrategy<> quick{.max_attempts = 5, .delay = std::chrono::milliseconds{100}};
inline constexpr FixedDelayStrategy<> usual{.max_attempts = 4, .delay = std::chrono::seconds{1}};

}  // namespace zenoo_rpc::tests

#endif  // ZENOO_RPC_TESTS_RETRY_THREE_STRATEGIES_HPP
