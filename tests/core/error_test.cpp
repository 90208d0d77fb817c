// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"

#include <zenoo_rpc/core/error.hpp>

#include <set>
#include <string>
#include <system_error>

using namespace zenoo_rpc;

namespace {

constexpr int first = static_cast<int>(Errc::unclassified);
constexpr int last = static_cast<int>(Errc::bulk_failed);

}  // namespace

TEST_CASE("an Errc is an error code of this library's category") {
    error_code const code = Errc::circuit_open;
    CHECK(code.failed());
    CHECK(code == Errc::circuit_open);
    CHECK(code != Errc::timed_out);
    CHECK(code.category() == error_category());
    CHECK(std::string{code.category().name()} == "zenoo_rpc");
}

TEST_CASE("each Errc has a message of its own") {
    std::set<std::string> messages;
    for (int value = first; value <= last; ++value) {
        auto const message = error_code{value, error_category()}.message();
        CAPTURE(value, message);
        CHECK_FALSE(message.empty());
        CHECK(message != "unknown error");
        CHECK(messages.insert(message).second);
    }
}

TEST_CASE("a value that is no Errc has a message too") {
    CHECK(error_code{0, error_category()}.message() == "unknown error");
    CHECK(error_code{last + 1, error_category()}.message() == "unknown error");
    CHECK(error_code{-1, error_category()}.message() == "unknown error");
}

TEST_CASE("both ways to ask for a message give the same") {
    error_code const code = Errc::rate_limited;
    char buffer[8];
    CHECK(code.message() == code.category().message(code.value(), buffer, sizeof buffer));
}

TEST_CASE("two objects of the category, as two shared objects may have them, are equal") {
    detail::ErrorCategory const other;
    CHECK(error_code{static_cast<int>(Errc::timed_out), other} == Errc::timed_out);
}

TEST_CASE("a code goes through std::error_code and back") {
    std::error_code const standard = error_code{Errc::timed_out};
    CHECK(error_code{standard} == Errc::timed_out);
}
