// SPDX-License-Identifier: BSL-1.0
#include "core/user_exceptions.hpp"
#include "support/catch.hpp"
#include "support/failures.hpp"

#include <zenoo_rpc/core/failure.hpp>
#include <zenoo_rpc/exceptions.hpp>

#include <boost/system/errc.hpp>
#include <boost/system/system_error.hpp>

#include <functional>
#include <future>
#include <new>
#include <stdexcept>
#include <system_error>

using namespace zenoo_rpc;
using tests::CableCut;
using tests::NoStandardException;
using tests::of;
using tests::PaymentRefused;
using tests::thrown;
using tests::wrapped;

namespace errc = boost::system::errc;
using boost::system::system_error;

TEST_CASE("cancellation is never retried, whatever reports it") {
    for (auto const& failure :
         {Failure{of(errc::operation_canceled)}, thrown(system_error{of(errc::operation_canceled)}),
          thrown(std::system_error{std::make_error_code(std::errc::operation_canceled)}),
          thrown(ZenooError{of(errc::operation_canceled), "cancelled"}),
          thrown(NetworkError{of(errc::operation_canceled), "cancelled"})}) {
        CHECK(failure.cancelled());
        CHECK(failure.never_retried());
        CHECK_FALSE(failure.transient());
    }
    CHECK_FALSE(Failure{of(errc::timed_out)}.cancelled());
    CHECK_FALSE(thrown(PaymentRefused{"text"}).cancelled());
}

TEST_CASE("these failures are never retried") {
    for (auto const& failure :
         {Failure{Errc::outcome_unknown}, thrown(OutcomeUnknownError{"text"}),
          thrown(OutcomeUnknownError{Errc::network_error, "text"}), Failure{Errc::authentication_failed},
          thrown(AuthenticationError{"text"}), thrown(AuthenticationError{Errc::network_error, "text"}),
          thrown(std::logic_error{"text"}), thrown(std::invalid_argument{"text"}), thrown(std::out_of_range{"text"}),
          thrown(std::future_error{std::future_errc::no_state}), thrown(std::bad_alloc{}),
          thrown(std::bad_array_new_length{}), Failure{of(errc::not_enough_memory)}}) {
        CAPTURE(failure.what());
        CHECK(failure.never_retried());
        CHECK_FALSE(failure.transient());
        CHECK_FALSE(failure.cancelled());
    }
}

TEST_CASE("these failures may be retried if a predicate accepts them") {
    for (auto const& failure : {Failure{Errc::network_error}, Failure{Errc::user_error}, thrown(PaymentRefused{"text"}),
                                thrown(std::bad_function_call{}), thrown(42), thrown(SessionExpiredError{"text"})}) {
        CHECK_FALSE(failure.never_retried());
    }
}

TEST_CASE("an unknown outcome is never retried, whatever exception nests it") {
    OutcomeUnknownError unknown{"may have been sent"};
    for (auto const& inner :
         {thrown(unknown), wrapped(PaymentRefused{"text"}, thrown(unknown)),
          wrapped(unknown, thrown(NetworkError{"gone"})), thrown(system_error{Errc::outcome_unknown})}) {
        for (auto const& outer :
             {wrapped(std::runtime_error{"text"}, inner), wrapped(NetworkError{"text"}, inner),
              wrapped(CableCut{"text"}, inner), wrapped(system_error{of(errc::connection_reset)}, inner),
              wrapped(std::system_error{std::make_error_code(std::errc::timed_out)}, inner),
              wrapped(NoStandardException{}, inner),
              wrapped(RetryExhaustedError{Errc::network_error, "text"}, inner)}) {
            CAPTURE(inner.what(), outer.what());
            CHECK(outer.never_retried());
            CHECK_FALSE(outer.transient());
        }
    }
}

TEST_CASE("no other nested exception affects whether a failure is retried") {
    auto const outer = wrapped(NetworkError{"outer"}, thrown(std::logic_error{"inner"}));
    CHECK_FALSE(outer.never_retried());
    CHECK(outer.transient());
}
