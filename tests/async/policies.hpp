// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_TESTS_ASYNC_POLICIES_HPP
#define ZENOO_RPC_TESTS_ASYNC_POLICIES_HPP

#include <zenoo_rpc/retry/fixed_delay.hpp>
#include <zenoo_rpc/retry/retry_policy.hpp>
#include <zenoo_rpc/retry/retry_strategy.hpp>

#include <chrono>

namespace zenoo_rpc::tests {

inline constexpr auto twice =
    RetryPolicy{.strategy = FixedDelayStrategy{.max_attempts = 2, .delay = std::chrono::seconds{1}}};
inline constexpr auto three_times =
    RetryPolicy{.strategy = FixedDelayStrategy{.max_attempts = 3, .delay = std::chrono::seconds{1}}};

/// Accepts every failure.
inline constexpr auto everything = [](Failure const&) { return true; };

/// Always retries, without end.
class Stubborn final : public RetryStrategy {
public:
    bool should_retry(int, Failure const&) override { return true; }
    Duration get_delay(int) override { return std::chrono::seconds{1}; }
};

}  // namespace zenoo_rpc::tests

#endif  // ZENOO_RPC_TESTS_ASYNC_POLICIES_HPP
