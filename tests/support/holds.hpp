// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_TESTS_SUPPORT_HOLDS_HPP
#define ZENOO_RPC_TESTS_SUPPORT_HOLDS_HPP

#include "support/catch.hpp"

#include <cstdlib>
#include <rapidcheck.h>
#include <string>
#include <utility>

namespace zenoo_rpc::tests {

/// Checks a property with a thousand inputs, or as set by RC_PARAMS. On failure, prints the smallest inputs found to
/// stderr, and the value of RC_PARAMS that reproduces them.
template <class Property>
bool holds(Property property) {
    static int const unless_set = ::setenv("RC_PARAMS", "max_success=1000", 0);
    static_cast<void>(unless_set);
    return rc::check(std::string{Catch::getResultCapture().getCurrentTestName()}, std::move(property));
}

}  // namespace zenoo_rpc::tests

#endif  // ZENOO_RPC_TESTS_SUPPORT_HOLDS_HPP
