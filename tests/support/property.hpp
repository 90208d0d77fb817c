// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_TESTS_SUPPORT_PROPERTY_HPP
#define ZENOO_RPC_TESTS_SUPPORT_PROPERTY_HPP

#include "support/catch.hpp"

#include <cstdlib>
#include <rapidcheck.h>
#include <string>
#include <utility>

namespace zenoo_rpc::tests {

/// Tries a property on a thousand inputs. On failure, stderr shows the smallest that were found, and what RC_PARAMS has
/// to be for them to be tried again.
template <class Property>
bool holds(Property property) {
    static int const unless_set = ::setenv("RC_PARAMS", "max_success=1000", 0);
    static_cast<void>(unless_set);
    return rc::check(std::string{Catch::getResultCapture().getCurrentTestName()}, std::move(property));
}

}  // namespace zenoo_rpc::tests

#endif  // ZENOO_RPC_TESTS_SUPPORT_PROPERTY_HPP
