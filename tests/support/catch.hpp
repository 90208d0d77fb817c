// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_TESTS_SUPPORT_CATCH_HPP
#define ZENOO_RPC_TESTS_SUPPORT_CATCH_HPP

// Catch2 version 3, or version 2 as in Debian 12, which calls the matcher of texts Contains.
#if __has_include(<catch2/catch_all.hpp>)
#include <catch2/catch_all.hpp>
#else
#include <catch2/catch.hpp>

namespace Catch::Matchers {

inline auto ContainsSubstring(std::string const& text) { return Contains(text); }

}  // namespace Catch::Matchers
#endif

#endif  // ZENOO_RPC_TESTS_SUPPORT_CATCH_HPP
