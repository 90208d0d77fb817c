// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_TESTS_SUPPORT_DELAYS_HPP
#define ZENOO_RPC_TESTS_SUPPORT_DELAYS_HPP

#include <zenoo_rpc/core/clock.hpp>

#include <vector>

namespace zenoo_rpc::tests {

/// Returns the delays after the first `count` attempts.
template <class S>
std::vector<Duration> delays(S strategy, int count) {
    std::vector<Duration> result;
    for (int attempt = 1; attempt <= count; ++attempt) result.push_back(strategy.get_delay(attempt));
    return result;
}

}  // namespace zenoo_rpc::tests

#endif  // ZENOO_RPC_TESTS_SUPPORT_DELAYS_HPP
