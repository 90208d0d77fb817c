// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_TESTS_TESTING_SERVER_NOT_REPLAYED_HPP
#define ZENOO_RPC_TESTS_TESTING_SERVER_NOT_REPLAYED_HPP

#include <string_view>

namespace zenoo_rpc::tests {

/// A recorded call to which the simulator responds differently, and why.
struct NotReplayed {
    std::string_view name;
    std::string_view reason;
};

}  // namespace zenoo_rpc::tests

#endif  // ZENOO_RPC_TESTS_TESTING_SERVER_NOT_REPLAYED_HPP
