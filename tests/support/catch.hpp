// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_TESTS_SUPPORT_CATCH_HPP
#define ZENOO_RPC_TESTS_SUPPORT_CATCH_HPP

// Catch2 in either of its two lives: version 3, or version 2 as Debian 12 has it.
#if __has_include(<catch2/catch_all.hpp>)
#include <catch2/catch_all.hpp>
#else
#include <catch2/catch.hpp>
#endif

#endif  // ZENOO_RPC_TESTS_SUPPORT_CATCH_HPP
