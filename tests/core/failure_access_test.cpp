// SPDX-License-Identifier: BSL-1.0
#include "core/user_exceptions.hpp"
#include "support/catch.hpp"
#include "support/failures.hpp"

#include <zenoo_rpc/core/detail/failure_access.hpp>
#include <zenoo_rpc/exceptions.hpp>

#include <boost/system/errc.hpp>
#include <boost/system/system_error.hpp>

#include <chrono>
#include <memory>
#include <stdexcept>

using namespace std::chrono_literals;
using namespace zenoo_rpc;
using tests::CableCut;
using tests::of;
using tests::PaymentRefused;
using tests::raises;
using tests::thrown;
using tests::wrapped;

namespace errc = boost::system::errc;
using boost::system::system_error;

TEMPLATE_TEST_CASE("a returned failure marked as exhausted behaves like an error that nests it", "", CableCut,
                   PaymentRefused) {
    Failure failure = thrown(TestType{"text"});
    detail::FailureAccess::end_with(failure, ErrorClass::retry_exhausted);
    CHECK(failure.is<RetryExhaustedError>());
    CHECK_FALSE(failure.is<TestType>());
    CHECK_FALSE(failure.is<NetworkError>());
    CHECK_FALSE(failure.transient());
    CHECK(failure.caused_by<TestType>());
    CHECK(failure.cause().is<TestType>());
    CHECK_FALSE(failure.cause().is<RetryExhaustedError>());
    CHECK_FALSE(failure.cause().cause());
    CHECK(raises<TestType>(failure));
}

TEST_CASE("a failure marked as exhausted keeps its code as its cause") {
    Failure failure{Errc::network_error};
    detail::FailureAccess::end_with(failure, ErrorClass::retry_exhausted);
    CHECK_FALSE(failure.transient());
    CHECK(failure.code() == Condition::transient);
    CHECK_FALSE(failure.is<NetworkError>());
    CHECK(failure.caused_by<NetworkError>());
    CHECK(failure.cause().is<NetworkError>());
    CHECK(failure.cause().transient());
}

TEST_CASE("a final error whose exception was dropped is recognised by its code") {
    auto failure = thrown(RetryExhaustedError{Errc::network_error, "text"});
    detail::FailureAccess::drop_exception(failure);
    CHECK(failure.is<RetryExhaustedError>());
    CHECK_FALSE(failure.is<NetworkError>());
    CHECK(failure.caused_by<NetworkError>());
    CHECK_FALSE(failure.transient());

    auto without_code = thrown(RetryExhaustedError{"text"});
    detail::FailureAccess::drop_exception(without_code);
    CHECK_FALSE(without_code.cause());
}

TEST_CASE("a failure without its exception keeps code, class, delivery and retry-after") {
    CableCut error{of(errc::connection_reset), "snap"};
    error.delivery(Delivery::not_sent);
    error.retry_after(7s);
    auto failure = thrown(error);
    detail::FailureAccess::drop_exception(failure);
    CHECK(failure.exception() == nullptr);
    CHECK(failure.code() == errc::connection_reset);
    CHECK(failure.what() == failure.code().message());
    CHECK(failure.is<NetworkError>());
    CHECK(failure.is<ZenooError>());
    CHECK_FALSE(failure.is<CableCut>());
    CHECK(failure.transient());
    CHECK(failure.delivery() == Delivery::not_sent);
    CHECK(failure.retry_after() == 7s);
    CHECK(raises<system_error>(failure));
}

TEST_CASE("a failure without its exception is still never retried") {
    auto logic = thrown(std::logic_error{"text"});
    detail::FailureAccess::drop_exception(logic);
    CHECK(logic.never_retried());
    auto unknown = wrapped(NetworkError{"text"}, thrown(OutcomeUnknownError{"text"}));
    detail::FailureAccess::drop_exception(unknown);
    CHECK(unknown.never_retried());
}

TEST_CASE("copies of a failure share its exception, which lives as long as one of them") {
    auto const alive = std::make_shared<int>();
    struct Holder {
        std::shared_ptr<int> held;
    };
    auto original = std::make_unique<Failure>(thrown(Holder{alive}));
    Failure copy = *original;
    CHECK(copy.exception() == original->exception());
    CHECK(alive.use_count() == 2);
    original.reset();
    CHECK(copy.is<Holder>());
    detail::FailureAccess::drop_exception(copy);
    CHECK(alive.use_count() == 1);
}
