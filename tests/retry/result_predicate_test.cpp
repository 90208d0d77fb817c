// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"

#include <zenoo_rpc/core/failure.hpp>
#include <zenoo_rpc/retry/retry_policy.hpp>

#include <boost/system/result.hpp>

#include <memory>
#include <string>
#include <vector>

using namespace zenoo_rpc;

namespace {

using Result = boost::system::result<std::string, Failure>;

constexpr auto is_pending = [](std::string const& state) { return state == "pending"; };

/// Accepts results themselves as well as their values.
struct Both {
    bool operator()(Result const&) const { return true; }
    bool operator()(std::string const&) const { return false; }
};

bool is_odd(int number) { return number % 2 != 0; }

}  // namespace

TEST_CASE("by default every result is kept") {
    STATIC_REQUIRE_FALSE(detail::asks_again(KeepEveryResult{}, 0));
    CHECK_FALSE(detail::asks_again(KeepEveryResult{}, std::string{}));
    CHECK_FALSE(detail::asks_again(KeepEveryResult{}, std::make_unique<int>(7)));
    CHECK_FALSE(detail::asks_again(KeepEveryResult{}, Result{"pending"}));
    CHECK_FALSE(detail::asks_again(KeepEveryResult{}, Result{Failure{Errc::network_error}}));
}

TEST_CASE("a predicate receives the value that an operation yields") {
    CHECK(detail::asks_again(is_pending, std::string{"pending"}));
    CHECK_FALSE(detail::asks_again(is_pending, std::string{"done"}));
    CHECK(detail::asks_again(is_odd, 3));
    CHECK_FALSE(detail::asks_again(&is_odd, 4));
    auto const is_empty = [](auto const& values) { return values.empty(); };
    CHECK(detail::asks_again(is_empty, std::vector<int>{}));
    CHECK_FALSE(detail::asks_again(is_empty, std::vector<int>{1}));
}

TEST_CASE("a predicate of values receives the value of a result") {
    CHECK(detail::asks_again(is_pending, Result{"pending"}));
    CHECK_FALSE(detail::asks_again(is_pending, Result{"done"}));
}

TEST_CASE("a predicate of results receives the result itself") {
    auto const has_pending_value = [](Result const& result) { return result.has_value() && is_pending(*result); };
    CHECK(detail::asks_again(has_pending_value, Result{"pending"}));
    CHECK_FALSE(detail::asks_again(has_pending_value, Result{Failure{Errc::network_error}}));
    CHECK(detail::asks_again(Both{}, Result{"pending"}));
    CHECK_FALSE(detail::asks_again(Both{}, std::string{"pending"}));
}

TEST_CASE("a move-only value is passed by reference") {
    auto const is_null = [](std::unique_ptr<int> const& pointer) { return !pointer; };
    CHECK(detail::asks_again(is_null, std::unique_ptr<int>{}));
    CHECK_FALSE(detail::asks_again(is_null, std::make_unique<int>(7)));
}
