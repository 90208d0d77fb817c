// SPDX-License-Identifier: BSL-1.0
#include "core/user_exceptions.hpp"
#include "support/catch.hpp"
#include "support/failures.hpp"

#include <zenoo_rpc/core/failure.hpp>
#include <zenoo_rpc/exceptions.hpp>

#include <boost/system/errc.hpp>

#include <exception>
#include <stdexcept>

using namespace zenoo_rpc;
using tests::CableCut;
using tests::NoStandardException;
using tests::of;
using tests::PaymentRefused;
using tests::thrown;
using tests::wrapped;

namespace errc = boost::system::errc;

TEST_CASE("nested exceptions are causes at any depth") {
    auto const inner = thrown(AccessError{"inner"});
    auto const middle = wrapped(PaymentRefused{"middle"}, inner);
    auto const outer = wrapped(NetworkError{"outer"}, middle);

    CHECK(outer.is<NetworkError>());
    CHECK_FALSE(outer.is<PaymentRefused>());
    CHECK_FALSE(outer.is<AccessError>());
    CHECK(outer.caused_by<NetworkError>());
    CHECK(outer.caused_by<PaymentRefused>());
    CHECK(outer.caused_by<AccessError>());
    CHECK_FALSE(outer.caused_by<TimeoutError>());

    CHECK(outer.cause().is<PaymentRefused>());
    CHECK(outer.cause().what() == "middle");
    CHECK(outer.cause().cause().is<AccessError>());
    CHECK_FALSE(outer.cause().cause().cause());
}

TEST_CASE("a nested code is a cause as well") {
    auto const outer = wrapped(PaymentRefused{"outer"}, of(errc::connection_refused));
    CHECK(outer.caused_by<NetworkError>());
    CHECK_FALSE(outer.is<NetworkError>());
    CHECK_FALSE(outer.transient());
}

TEST_CASE("the cause of an exhausted retry is the failure it nests") {
    auto const cause = thrown(CableCut{"snap"});
    auto const exhausted = wrapped(RetryExhaustedError{cause.code(), "text"}, cause);
    CHECK(exhausted.caused_by<CableCut>());
    CHECK(exhausted.caused_by<NetworkError>());
    CHECK(exhausted.cause().is<CableCut>());
    CHECK_FALSE(exhausted.is<CableCut>());
}

TEST_CASE("an exhausted retry that nests nothing is caused by its code") {
    auto const exhausted = thrown(RetryExhaustedError{Errc::network_error, "text"});
    CHECK(exhausted.caused_by<NetworkError>());
    CHECK_FALSE(exhausted.caused_by<TimeoutError>());
    CHECK_FALSE(exhausted.cause());
}

TEST_CASE("an empty std::nested_exception has no cause") {
    struct Hollow : std::runtime_error, std::nested_exception {
        Hollow() : runtime_error{"text"} {}
    };
    auto const hollow = thrown(Hollow{});
    CHECK(hollow.is<Hollow>());
    CHECK_FALSE(hollow.cause());
    CHECK_FALSE(hollow.caused_by<NetworkError>());
}

TEST_CASE("an exception that is no std::exception can nest a cause") {
    auto const outer = wrapped(NoStandardException{}, thrown(AccessError{"inner"}));
    CHECK(outer.is<NoStandardException>());
    CHECK(outer.cause().is<AccessError>());
    CHECK(outer.caused_by<AccessError>());
}
