// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_TESTS_CONTRACT_CUSTOM_RETRY_STRATEGY_HPP
#define ZENOO_RPC_TESTS_CONTRACT_CUSTOM_RETRY_STRATEGY_HPP

#include <zenoo_rpc/retry.hpp>

#include <chrono>

namespace zenoo_rpc::tests {

using namespace std::chrono_literals;

/// The contract's example of a custom strategy.
class CustomRetryStrategy final : public RetryStrategy {
public:
    explicit CustomRetryStrategy(int max_attempts = 3) : max_attempts_{max_attempts} {}
    bool should_retry(int attempt, Failure const& failure) override {
        return attempt < max_attempts_ && (failure.is<NetworkError>() || failure.is<TimeoutError>());
    }
    Duration get_delay(int attempt) override {
        return attempt <= 1 ? 1s : get_delay(attempt - 1) + get_delay(attempt - 2);
    }

private:
    int max_attempts_;
};

}  // namespace zenoo_rpc::tests

#endif  // ZENOO_RPC_TESTS_CONTRACT_CUSTOM_RETRY_STRATEGY_HPP
