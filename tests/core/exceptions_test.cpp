// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"
#include "support/failures.hpp"

#include <zenoo_rpc/core/detail/nesting.hpp>
#include <zenoo_rpc/exceptions.hpp>

#include <boost/system/errc.hpp>

#include <chrono>
#include <concepts>
#include <exception>
#include <stdexcept>
#include <string>
#include <type_traits>

using namespace std::chrono_literals;
using namespace zenoo_rpc;
using tests::thrown;

#define ALL_CLASSES                                                                                                    \
    ZenooError, NetworkError, TimeoutError, ServerError, ConcurrencyError, DatabaseUnavailableError, RateLimitedError, \
        UserError, ValidationError, AccessError, AuthenticationError, SessionExpiredError, MissingError,               \
        MethodNotFoundError, ProtocolError, OutcomeUnknownError, RetryExhaustedError, RetryTimeoutError,               \
        CircuitBreakerOpenError, BulkRetryError

namespace {

auto const refused_code = make_error_code(boost::system::errc::connection_refused);

template <class E>
error_code code_of_text() {
    return E{"text"}.code();
}

template <class Derived, class Base>
constexpr bool is_a = std::derived_from<Derived, Base> && std::is_convertible_v<Derived*, Base*>;  // exactly once

}  // namespace

TEMPLATE_TEST_CASE("an exception is constructed from a text, or from a code and a text", "", ALL_CLASSES) {
    TestType const of_text{"no luck"};
    CHECK(of_text.what() == std::string{"no luck"});
    CHECK(of_text.code().failed());
    CHECK(of_text.code().category() == error_category());

    TestType const of_code{refused_code, "no luck"};
    CHECK(of_code.what() == "no luck: " + refused_code.message());
    CHECK(of_code.code() == refused_code);
    CHECK(TestType{refused_code, "no luck", ErrorText::as_given}.what() == std::string{"no luck"});

    TestType const of_errc{Errc::bad_gateway, std::string{"no luck"}};
    CHECK(of_errc.code() == Errc::bad_gateway);

    STATIC_REQUIRE_FALSE(std::is_convertible_v<std::string, TestType>);
}

TEMPLATE_TEST_CASE("each exception derives once from ZenooError and from system_error", "", ALL_CLASSES) {
    STATIC_REQUIRE(is_a<TestType, ZenooError>);
    STATIC_REQUIRE(is_a<TestType, boost::system::system_error>);
    STATIC_REQUIRE(is_a<TestType, std::runtime_error>);
    CHECK_THROWS_AS(throw TestType{"text"}, ZenooError);
    CHECK(thrown(TestType{"text"}).code() == TestType{"text"}.code());
}

TEMPLATE_TEST_CASE("an exception has a delivery, a retry-after and a server reply", "", ALL_CLASSES) {
    TestType error{"text"};
    CHECK(error.delivery() == Delivery::unknown);
    CHECK(error.retry_after() == (std::same_as<TestType, ConcurrencyError> ? 1s : 0s));
    CHECK(error.server_name().empty());
    CHECK(error.arguments().empty());
    CHECK(error.http_status() == 0);

    error.delivery(Delivery::rejected);
    error.retry_after(7s);
    error.reply({.name = "odoo.exceptions.UserError", .arguments = R"(["no"])", .http_status = 422});
    TestType const copy = error;
    CHECK(copy.what() == std::string{"text"});
    CHECK(copy.delivery() == Delivery::rejected);
    CHECK(copy.retry_after() == 7s);
    CHECK(copy.server_name() == "odoo.exceptions.UserError");
    CHECK(copy.arguments() == R"(["no"])");
    CHECK(copy.http_status() == 422);
}

TEST_CASE("an exception constructed from a text has the code of its class") {
    CHECK(code_of_text<ZenooError>() == Errc::unclassified);
    CHECK(code_of_text<NetworkError>() == Errc::network_error);
    CHECK(code_of_text<TimeoutError>() == Errc::timed_out);
    CHECK(code_of_text<ServerError>() == Errc::server_error);
    CHECK(code_of_text<ConcurrencyError>() == Errc::concurrency_conflict);
    CHECK(code_of_text<DatabaseUnavailableError>() == Errc::database_unavailable);
    CHECK(code_of_text<RateLimitedError>() == Errc::rate_limited);
    CHECK(code_of_text<UserError>() == Errc::user_error);
    CHECK(code_of_text<ValidationError>() == Errc::validation_failed);
    CHECK(code_of_text<AccessError>() == Errc::access_denied);
    CHECK(code_of_text<AuthenticationError>() == Errc::authentication_failed);
    CHECK(code_of_text<SessionExpiredError>() == Errc::session_expired);
    CHECK(code_of_text<MissingError>() == Errc::record_missing);
    CHECK(code_of_text<MethodNotFoundError>() == Errc::method_not_found);
    CHECK(code_of_text<ProtocolError>() == Errc::protocol_error);
    CHECK(code_of_text<OutcomeUnknownError>() == Errc::outcome_unknown);
    CHECK(code_of_text<RetryExhaustedError>() == Errc::retry_exhausted);
    CHECK(code_of_text<RetryTimeoutError>() == Errc::retry_timeout);
    CHECK(code_of_text<CircuitBreakerOpenError>() == Errc::circuit_open);
    CHECK(code_of_text<BulkRetryError>() == Errc::bulk_failed);
}

TEST_CASE("exceptions have the documented base classes") {
    STATIC_REQUIRE(std::same_as<ConnectionError, NetworkError>);
    STATIC_REQUIRE(std::same_as<InternalError, ServerError>);
    STATIC_REQUIRE(is_a<ConcurrencyError, ServerError>);
    STATIC_REQUIRE(is_a<DatabaseUnavailableError, ServerError>);
    STATIC_REQUIRE(is_a<RateLimitedError, ServerError>);
    STATIC_REQUIRE(is_a<ValidationError, UserError>);
    STATIC_REQUIRE(is_a<RetryTimeoutError, TimeoutError>);
    STATIC_REQUIRE(is_a<RetryTimeoutError, RetryReport>);
    STATIC_REQUIRE(is_a<RetryExhaustedError, RetryReport>);
    STATIC_REQUIRE_FALSE(is_a<AuthenticationError, AccessError>);
    STATIC_REQUIRE_FALSE(is_a<SessionExpiredError, AuthenticationError>);
    STATIC_REQUIRE_FALSE(is_a<OutcomeUnknownError, NetworkError>);
}

TEST_CASE("exactly these exceptions constructed from a text are transient") {
    CHECK(thrown(NetworkError{"text"}).transient());
    CHECK(thrown(TimeoutError{"text"}).transient());
    CHECK(thrown(ConcurrencyError{"text"}).transient());
    CHECK(thrown(DatabaseUnavailableError{"text"}).transient());
    CHECK(thrown(RateLimitedError{"text"}).transient());

    CHECK_FALSE(thrown(ZenooError{"text"}).transient());
    CHECK_FALSE(thrown(ServerError{"text"}).transient());
    CHECK_FALSE(thrown(UserError{"text"}).transient());
    CHECK_FALSE(thrown(ValidationError{"text"}).transient());
    CHECK_FALSE(thrown(AccessError{"text"}).transient());
    CHECK_FALSE(thrown(AuthenticationError{"text"}).transient());
    CHECK_FALSE(thrown(SessionExpiredError{"text"}).transient());
    CHECK_FALSE(thrown(MissingError{"text"}).transient());
    CHECK_FALSE(thrown(MethodNotFoundError{"text"}).transient());
    CHECK_FALSE(thrown(ProtocolError{"text"}).transient());
    CHECK_FALSE(thrown(OutcomeUnknownError{"text"}).transient());
    CHECK_FALSE(thrown(RetryExhaustedError{"text"}).transient());
    CHECK_FALSE(thrown(RetryTimeoutError{"text"}).transient());
    CHECK_FALSE(thrown(CircuitBreakerOpenError{"text"}).transient());
    CHECK_FALSE(thrown(BulkRetryError{"text"}).transient());
}

TEST_CASE("transience depends on the code, never on the class") {
    CHECK(thrown(ServerError{Errc::service_unavailable, "text"}).transient());
    CHECK(thrown(ZenooError{refused_code, "text"}).transient());
    CHECK_FALSE(thrown(NetworkError{make_error_code(boost::system::errc::permission_denied), "text"}).transient());
}

TEST_CASE("a ConcurrencyError has a retry-after of one second by default, whatever its code") {
    CHECK(ConcurrencyError{"text"}.retry_after() == 1s);
    ConcurrencyError error{Errc::server_error, "text"};
    CHECK(error.retry_after() == 1s);
    CHECK(thrown(error).retry_after() == 1s);
    error.retry_after(3s);
    CHECK(thrown(error).retry_after() == 3s);
}

TEST_CASE("a RetryTimeoutError is caught as a TimeoutError, but not matched as one by predicates") {
    CHECK_THROWS_AS(throw RetryTimeoutError{"text"}, TimeoutError);
    CHECK_FALSE(thrown(RetryTimeoutError{"text"}).is<TimeoutError>());
    CHECK(thrown(RetryTimeoutError{"text"}).is<RetryTimeoutError>());
}

TEST_CASE("a cancelled bulk counts as a cancellation") {
    auto const aborted = make_error_code(boost::system::errc::operation_canceled);
    CHECK(thrown(BulkRetryError{aborted, "text"}).cancelled());
    CHECK(thrown(BulkRetryError{aborted, "text"}).is<BulkRetryError>());
    CHECK_FALSE(thrown(BulkRetryError{"text"}).cancelled());
}

TEMPLATE_TEST_CASE("the final error of a retry contains a report", "", RetryExhaustedError, RetryTimeoutError) {
    CHECK(TestType{"text"}.attempts() == 0);
    CHECK(TestType{"text"}.elapsed() == 0s);
    CHECK_FALSE(TestType{"text"}.last_failure());
    CHECK(TestType{"text"}.last_exception() == nullptr);

    auto const last = thrown(NetworkError{"gone"});
    TestType const error{last.code(), "text", RetryReport{3, 90s, last}};
    CHECK(error.what() == std::string{"text"});
    CHECK(error.code() == Errc::network_error);
    CHECK(error.attempts() == 3);
    CHECK(error.elapsed() == 90s);
    CHECK(error.last_failure().template is<NetworkError>());
    CHECK(error.last_exception() == last.exception());
}

TEST_CASE("a rejected call knows which breaker rejected it, and why") {
    CircuitBreakerOpenError error{"text"};
    CHECK(error.breaker().empty());
    CHECK_FALSE(error.last_failure());
    error.breaker("orders");
    error.last_failure(Errc::network_error);
    CHECK(error.breaker() == "orders");
    CHECK(error.last_failure().is<NetworkError>());
}

TEST_CASE("an exception can nest a failure that holds an exception") {
    auto const nested = detail::nesting(ServerError{"outer"}, thrown(std::out_of_range{"inner"}));
    CHECK_THROWS_AS(std::rethrow_exception(nested), ServerError);
    Failure const failure{nested};
    CHECK(failure.is<ServerError>());
    CHECK(failure.cause().is<std::out_of_range>());
    CHECK(failure.cause().what() == "inner");
}

TEST_CASE("an exception can nest a failure that holds only a code") {
    Failure const failure{detail::nesting(ServerError{"outer"}, refused_code)};
    CHECK(failure.is<ServerError>());
    CHECK(failure.cause().code() == refused_code);
    CHECK(failure.cause().is<boost::system::system_error>());
}

TEST_CASE("an empty failure is not nested") {
    Failure const failure{detail::nesting(ServerError{"outer"}, {})};
    CHECK(failure.is<ServerError>());
    CHECK_FALSE(failure.is<std::nested_exception>());
    CHECK_FALSE(failure.cause());
}
