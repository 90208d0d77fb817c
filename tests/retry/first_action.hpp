// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_TESTS_RETRY_FIRST_ACTION_HPP
#define ZENOO_RPC_TESTS_RETRY_FIRST_ACTION_HPP

#include "support/manual_clock.hpp"

#include <zenoo_rpc/retry/detail/retry_state.hpp>

#include <utility>

namespace zenoo_rpc::tests {

/// Returns the decision about the first failure under `policy`.
template <class Policy>
detail::RetryAction action(Policy policy, Failure failure) {
    return detail::RetryState{std::move(policy)}.on_failure(std::move(failure), ManualClock{}).action;
}

}  // namespace zenoo_rpc::tests

#endif  // ZENOO_RPC_TESTS_RETRY_FIRST_ACTION_HPP
