// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"

#include <zenoo_rpc/core/condition.hpp>

#include <boost/system/errc.hpp>
#include <boost/system/system_category.hpp>

#include <cerrno>
#include <string>

using namespace zenoo_rpc;

namespace {

error_code of_system(int value) { return {value, boost::system::system_category()}; }

}  // namespace

TEST_CASE("any error code can be compared with Condition::transient") {
    CHECK(error_code{Errc::service_unavailable} == Condition::transient);
    CHECK(error_code{Errc::validation_failed} != Condition::transient);
    CHECK(of_system(ECONNRESET) == Condition::transient);
    CHECK(of_system(ENOENT) != Condition::transient);
    CHECK(make_error_code(boost::system::errc::timed_out) == Condition::transient);
}

TEST_CASE("any error code can be compared with conditions for its cause") {
    CHECK(error_code{Errc::network_error} == Condition::network);
    CHECK(of_system(ECONNREFUSED) == Condition::network);
    CHECK(error_code{Errc::bad_gateway} != Condition::network);

    CHECK(error_code{Errc::timed_out} == Condition::timeout);
    CHECK(error_code{Errc::retry_timeout} == Condition::timeout);
    CHECK(of_system(ETIMEDOUT) == Condition::timeout);
    CHECK(of_system(ECONNREFUSED) != Condition::timeout);

    CHECK(of_system(ECANCELED) == Condition::cancelled);
    CHECK(of_system(ETIMEDOUT) != Condition::cancelled);
}

TEST_CASE("a code may meet several conditions") {
    auto const code = of_system(ETIMEDOUT);
    CHECK(code == Condition::transient);
    CHECK(code == Condition::network);
    CHECK(code == Condition::timeout);
}

TEST_CASE("success meets no condition") {
    for (auto const condition : {Condition::transient, Condition::network, Condition::timeout, Condition::cancelled}) {
        CHECK(error_code{} != condition);
        CHECK(error_code{0, error_category()} != condition);
    }
}

TEST_CASE("each condition has a message") {
    CHECK(make_error_condition(Condition::transient).message() == "transient failure");
    CHECK(make_error_condition(Condition::network).message() == "network failure");
    CHECK(make_error_condition(Condition::timeout).message() == "time limit exceeded");
    CHECK(make_error_condition(Condition::cancelled).message() == "cancelled");
    auto const& category = make_error_condition(Condition::transient).category();
    CHECK(std::string{category.name()} == "zenoo_rpc condition");
    CHECK(category.message(99) == "unknown condition");
}

TEST_CASE("an undefined condition value never matches") {
    boost::system::error_condition const none{99, make_error_condition(Condition::transient).category()};
    CHECK(error_code{Errc::network_error} != none);
}
