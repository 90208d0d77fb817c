// SPDX-License-Identifier: BSL-1.0
#include "core/user_exceptions.hpp"
#include "support/catch.hpp"
#include "support/failures.hpp"

#include <zenoo_rpc/core/failure.hpp>
#include <zenoo_rpc/exceptions.hpp>

#include <boost/system/errc.hpp>
#include <boost/system/result.hpp>
#include <boost/system/system_error.hpp>

#include <cerrno>
#include <chrono>
#include <exception>
#include <ios>
#include <string>
#include <system_error>
#include <utility>

using namespace std::chrono_literals;
using namespace zenoo_rpc;
using tests::CableCut;
using tests::NoStandardException;
using tests::of;
using tests::PaymentRefused;
using tests::raises;
using tests::thrown;

namespace errc = boost::system::errc;
using boost::system::system_error;

namespace {

struct Derived final : NoStandardException {};

/// A category of the standard library's type.
class StandardCategory final : public std::error_category {
public:
    char const* name() const noexcept override { return "theirs"; }
    std::string message(int) const override { return "their message"; }
};

}  // namespace

TEST_CASE("an empty failure is no failure") {
    for (auto const& none : {Failure{}, Failure{error_code{}}, Failure{std::exception_ptr{}}}) {
        CHECK_FALSE(none);
        CHECK_FALSE(none.code().failed());
        CHECK(none.exception() == nullptr);
        CHECK_FALSE(none.transient());
        CHECK_FALSE(none.never_retried());
        CHECK_FALSE(none.cancelled());
        CHECK_FALSE(none.is<ZenooError>());
        CHECK_FALSE(none.is<std::exception>());
        CHECK_FALSE(none.caused_by<NetworkError>());
        CHECK_FALSE(none.cause());
        CHECK(none.retry_after() == 0s);
    }
}

TEST_CASE("a failure of a code holds no exception and raises a system_error with the code") {
    Failure const failure = of(errc::connection_refused);
    CHECK(failure);
    CHECK(failure.code() == errc::connection_refused);
    CHECK(failure.exception() == nullptr);
    CHECK(failure.what() == failure.code().message());
    CHECK_FALSE(failure.is<system_error>());
    try {
        failure.raise();
    } catch (system_error const& error) {
        CHECK(error.code() == errc::connection_refused);
    }
    CHECK(Failure{Errc::rate_limited}.code() == Errc::rate_limited);
}

TEST_CASE("a failure of an exception raises that same object") {
    auto const pointer = std::make_exception_ptr(PaymentRefused{"no money"});
    Failure const failure{pointer};
    CHECK(failure);
    CHECK(failure.exception() == pointer);
    CHECK(failure.what() == "no money");
    CHECK(failure.code() == Errc::unclassified);
    try {
        failure.raise();
    } catch (PaymentRefused const&) {
        CHECK(std::current_exception() == pointer);
    }
}

TEST_CASE("a failure made in a handler equals one made of the exception pointer") {
    try {
        throw CableCut{of(errc::connection_reset), "snap"};
    } catch (std::exception const& error) {
        Failure const here{std::current_exception(), error};
        Failure const elsewhere{std::current_exception()};
        for (auto const& failure : {here, elsewhere}) {
            CHECK(failure.is<CableCut>());
            CHECK(failure.is<NetworkError>());
            CHECK(failure.code() == errc::connection_reset);
            CHECK(failure.what() == error.what());
        }
    }
}

TEST_CASE("the code of a system_error is recognised from either library") {
    auto const failures = {thrown(system_error{of(errc::connection_reset)}),
                           thrown(std::system_error{std::make_error_code(std::errc::connection_reset)}),
                           thrown(std::system_error{ECONNRESET, std::system_category()}),
                           thrown(std::system_error{of(errc::connection_reset)})};
    for (auto const& failure : failures) {
        CHECK(failure.code() == errc::connection_reset);
        CHECK(failure.code() == Condition::transient);
        CHECK(failure.transient());
        CHECK(failure.is<NetworkError>());
    }
    Failure const ours = thrown(std::system_error{error_code{Errc::service_unavailable}});
    CHECK(ours.code() == Errc::service_unavailable);
    CHECK(ours.is<ServerError>());
    CHECK(thrown(std::system_error{std::make_error_code(std::errc::operation_canceled)}).cancelled());
}

TEST_CASE("a system_error of an unknown category is an unclassified failure") {
    static StandardCategory const theirs;
    for (auto const& failure : {thrown(std::system_error{7, theirs, "text"}), thrown(std::ios_base::failure{"text"})}) {
        CHECK(failure);
        CHECK(failure.code().failed());
        CHECK_FALSE(failure.transient());
        CHECK_FALSE(failure.never_retried());
        CHECK(failure.is<std::system_error>());
    }
}

TEST_CASE("an exception is a failure even if its code means success") {
    for (auto const& failure : {thrown(system_error{error_code{}}), thrown(std::system_error{std::error_code{}}),
                                thrown(ZenooError{error_code{}, "text"}), thrown(CableCut{error_code{}, "text"})}) {
        CHECK(failure);
        CHECK(failure.code() == Errc::unclassified);
        CHECK_FALSE(failure.transient());
        CHECK(failure.exception() != nullptr);
    }
    CHECK(thrown(CableCut{error_code{}, "text"}).is<NetworkError>());
}

TEST_CASE("an exception that is no std::exception is an unclassified failure") {
    auto const number = thrown(42);
    CHECK(number);
    CHECK(number.code() == Errc::unclassified);
    CHECK(number.what() == error_code{Errc::unclassified}.message());
    CHECK_FALSE(number.transient());
    CHECK_FALSE(number.never_retried());
    CHECK(number.is<int>());
    CHECK_FALSE(number.is<long>());
    CHECK_FALSE(number.is<std::exception>());
    CHECK_FALSE(number.is<ZenooError>());
    CHECK_FALSE(number.cause());
    CHECK(raises<int>(number));

    CHECK(thrown("text").is<char const*>());
    CHECK(thrown(Derived{}).is<NoStandardException>());
    CHECK(thrown(Derived{}).is<Derived>());
    CHECK_FALSE(thrown(NoStandardException{}).is<Derived>());
}

TEST_CASE("a moved-from failure does not access its exception") {
    auto failure = thrown(PaymentRefused{"no"});
    Failure const taken{std::move(failure)};
    CHECK(taken.is<PaymentRefused>());
    CHECK_FALSE(failure.is<PaymentRefused>());
    CHECK_FALSE(failure.cause());
    CHECK(failure.what() == failure.code().message());
}

TEST_CASE("a failure derives its delivery from its code") {
    CHECK(Failure{of(errc::connection_refused)}.delivery() == Delivery::not_sent);
    CHECK(Failure{of(errc::address_not_available)}.delivery() == Delivery::not_sent);
    CHECK(Failure{Errc::circuit_open}.delivery() == Delivery::not_sent);
    CHECK(Failure{of(errc::connection_reset)}.delivery() == Delivery::unknown);
    CHECK(Failure{of(errc::timed_out)}.delivery() == Delivery::unknown);
    CHECK(Failure{of(errc::host_unreachable)}.delivery() == Delivery::unknown);
    CHECK(Failure{of(errc::network_unreachable)}.delivery() == Delivery::unknown);
    CHECK(Failure{Errc::network_error}.delivery() == Delivery::unknown);
    CHECK(thrown(PaymentRefused{"text"}).delivery() == Delivery::unknown);
    CHECK(thrown(system_error{of(errc::connection_refused)}).delivery() == Delivery::not_sent);
}

TEST_CASE("a failure adopts delivery and retry-after of its exception") {
    UserError error{of(errc::connection_refused), "text"};
    CHECK(thrown(error).delivery() == Delivery::unknown);
    error.delivery(Delivery::rejected);
    error.retry_after(7s);
    auto failure = thrown(error);
    CHECK(failure.delivery() == Delivery::rejected);
    CHECK(failure.retry_after() == 7s);

    failure.delivery(Delivery::not_sent);
    failure.retry_after(9s);
    CHECK(failure.delivery() == Delivery::not_sent);
    CHECK(failure.retry_after() == 9s);
}

TEST_CASE("value() of a failed result throws the exception of the failure") {
    boost::system::result<int, Failure> const failed{thrown(PaymentRefused{"no money"})};
    CHECK_THROWS_AS(failed.value(), PaymentRefused);
    boost::system::result<void, Failure> const refused{Failure{of(errc::connection_refused)}};
    CHECK_THROWS_AS(refused.value(), system_error);
}

TEST_CASE("a conflict has a retry-after of one second, thrown or as a code") {
    CHECK(Failure{Errc::concurrency_conflict}.retry_after() == 1s);
    CHECK(Failure{std::make_exception_ptr(ConcurrencyError{"text"})}.retry_after() == 1s);
    CHECK(Failure{Errc::network_error}.retry_after() == 0s);
}
