// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_TESTS_BREAKER_CONCURRENT_TRIALS_HPP
#define ZENOO_RPC_TESTS_BREAKER_CONCURRENT_TRIALS_HPP

#include <zenoo_rpc/breaker/circuit_breaker.hpp>

#include <atomic>
#include <cstddef>
#include <utility>
#include <vector>

namespace zenoo_rpc::tests {

inline void raise_to(std::atomic<int>& most, int value) {
    for (int seen = most; seen < value && !most.compare_exchange_weak(seen, value);) {
    }
}

/// Returns the number of calls that a breaker admits concurrently.
inline std::size_t admitted(CircuitBreaker& breaker, TimeSource const& clock) {
    std::vector<CircuitBreaker::Permit> permits;
    while (auto permit = breaker.try_acquire(clock)) {
        permits.push_back(std::move(*permit));
        if (permits.size() > 100) break;
    }
    return permits.size();
}

}  // namespace zenoo_rpc::tests

#endif  // ZENOO_RPC_TESTS_BREAKER_CONCURRENT_TRIALS_HPP
