// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"

#include <zenoo_rpc/core/errc.hpp>

#include <set>
#include <string>
#include <system_error>

using namespace zenoo_rpc;

namespace {

constexpr int first_value = static_cast<int>(Errc::unclassified);
constexpr int last_value = static_cast<int>(Errc::bulk_failed);

}  // namespace

TEST_CASE("an Errc is an error code of this library's category") {
    error_code const code = Errc::circuit_open;
    CHECK(code.failed());
    CHECK(code == Errc::circuit_open);
    CHECK(code != Errc::timed_out);
    CHECK(code.category() == error_category());
    CHECK(std::string{code.category().name()} == "zenoo_rpc");
}

TEST_CASE("each Errc has a distinct message") {
    std::set<std::string> messages;
    for (int value = first_value; value <= last_value; ++value) {
        auto const message = error_code{value, error_category()}.message();
        CAPTURE(value, message);
        CHECK_FALSE(message.empty());
        CHECK(message != "unknown error");
        CHECK(messages.insert(message).second);
    }
}

TEST_CASE("an undefined Errc value has a message") {
    CHECK(error_code{0, error_category()}.message() == "unknown error");
    CHECK(error_code{last_value + 1, error_category()}.message() == "unknown error");
    CHECK(error_code{-1, error_category()}.message() == "unknown error");
}

TEST_CASE("both overloads of message return the same text") {
    error_code const code = Errc::rate_limited;
    char buffer[8];
    CHECK(code.message() == code.category().message(code.value(), buffer, sizeof buffer));
}

TEST_CASE("two instances of the category, as in two shared objects, are equal") {
    detail::ErrorCategory const other;
    CHECK(error_code{static_cast<int>(Errc::timed_out), other} == Errc::timed_out);
}

TEST_CASE("a code survives the conversion to std::error_code and back") {
    std::error_code const standard = error_code{Errc::timed_out};
    CHECK(error_code{standard} == Errc::timed_out);
}
