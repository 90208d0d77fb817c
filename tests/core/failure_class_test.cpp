// SPDX-License-Identifier: BSL-1.0
#include "core/user_exceptions.hpp"
#include "support/catch.hpp"
#include "support/failures.hpp"

#include <zenoo_rpc/core/failure.hpp>
#include <zenoo_rpc/exceptions.hpp>

#include <boost/system/errc.hpp>
#include <boost/system/system_error.hpp>

#include <exception>
#include <stdexcept>

using namespace zenoo_rpc;
using tests::CableCut;
using tests::of;
using tests::PaymentRefused;
using tests::thrown;
using tests::wrapped;

namespace errc = boost::system::errc;
using boost::system::system_error;

namespace {

struct QuotaUsedUp : RetryExhaustedError {
    using RetryExhaustedError::RetryExhaustedError;
};

}  // namespace

TEST_CASE("a failure matches the class of its exception and the bases of that class") {
    auto const conflict = thrown(ConcurrencyError{"text"});
    CHECK(conflict.is<ConcurrencyError>());
    CHECK(conflict.is<ServerError>());
    CHECK(conflict.is<ZenooError>());
    CHECK(conflict.is<system_error>());
    CHECK(conflict.is<std::exception>());
    CHECK_FALSE(conflict.is<RateLimitedError>());
    CHECK_FALSE(conflict.is<NetworkError>());
    CHECK_FALSE(conflict.is<PaymentRefused>());

    auto const refused = thrown(PaymentRefused{"text"});
    CHECK(refused.is<PaymentRefused>());
    CHECK(refused.is<std::runtime_error>());
    CHECK_FALSE(refused.is<std::logic_error>());
    CHECK_FALSE(refused.is<ZenooError>());
}

TEST_CASE("a derived user class matches its own name and its library base") {
    auto const cut = thrown(CableCut{"snap"});
    CHECK(cut.is<CableCut>());
    CHECK(cut.is<NetworkError>());
    CHECK(cut.transient());
    CHECK_FALSE(thrown(NetworkError{"text"}).is<CableCut>());
}

TEST_CASE("codes match the library's classes if no exception of the library was thrown") {
    CHECK(Failure{of(errc::connection_refused)}.is<NetworkError>());
    CHECK(thrown(system_error{of(errc::connection_refused)}).is<NetworkError>());
    CHECK(thrown(system_error{of(errc::timed_out)}).is<TimeoutError>());
    CHECK(Failure{Errc::validation_failed}.is<ValidationError>());
    CHECK(Failure{Errc::validation_failed}.is<UserError>());
    CHECK(Failure{Errc::validation_failed}.is<ZenooError>());
    CHECK(thrown(system_error{Errc::concurrency_conflict}).is<ServerError>());

    CHECK_FALSE(Failure{of(errc::connection_refused)}.is<TimeoutError>());
    CHECK_FALSE(Failure{of(errc::connection_refused)}.is<ZenooError>());
    CHECK_FALSE(Failure{of(errc::connection_refused)}.is<CableCut>());
    CHECK_FALSE(thrown(system_error{of(errc::no_such_file_or_directory)}).is<NetworkError>());
}

TEST_CASE("an exception of the library matches by its class, whatever its code") {
    auto const server = thrown(ServerError{of(errc::connection_refused), "text"});
    CHECK(server.is<ServerError>());
    CHECK_FALSE(server.is<NetworkError>());
    CHECK(server.transient());
    CHECK_FALSE(thrown(ZenooError{Errc::timed_out, "text"}).is<TimeoutError>());
    CHECK(thrown(NetworkError{Errc::validation_failed, "text"}).is<NetworkError>());
}

TEMPLATE_TEST_CASE("a final error matches its exact class and no other, thrown or by code", "", RetryExhaustedError,
                   RetryTimeoutError, CircuitBreakerOpenError, BulkRetryError) {
    auto const cause = thrown(NetworkError{"gone"});
    for (Failure const& outcome :
         {thrown(TestType{"text"}), Failure{TestType{"text"}.code()}, thrown(TestType{Errc::network_error, "text"}),
          wrapped(TestType{cause.code(), "text"}, cause)}) {
        CHECK(outcome.is<TestType>());
        int outcomes = outcome.is<RetryExhaustedError>();
        outcomes += outcome.is<RetryTimeoutError>();
        outcomes += outcome.is<CircuitBreakerOpenError>();
        outcomes += outcome.is<BulkRetryError>();
        CHECK(outcomes == 1);
        CHECK_FALSE(outcome.is<ZenooError>());
        CHECK_FALSE(outcome.is<NetworkError>());
        CHECK_FALSE(outcome.is<TimeoutError>());
        CHECK_FALSE(outcome.is<ServerError>());
        CHECK_FALSE(outcome.is<system_error>());
        CHECK_FALSE(outcome.is<std::runtime_error>());
        CHECK_FALSE(outcome.is<std::exception>());
        CHECK_FALSE(outcome.is<CableCut>());
        CHECK_FALSE(outcome.is<QuotaUsedUp>());
        CHECK_FALSE(outcome.transient());
        CHECK_FALSE(outcome.never_retried());
    }
    CHECK(thrown(TestType{Errc::network_error, "text"}).code() == Condition::transient);
}

TEST_CASE("a class derived from a final error is a final error") {
    auto const used_up = thrown(QuotaUsedUp{Errc::network_error, "text"});
    CHECK(used_up.is<QuotaUsedUp>());
    CHECK(used_up.is<RetryExhaustedError>());
    CHECK_FALSE(used_up.is<std::exception>());
    CHECK_FALSE(used_up.transient());
}
