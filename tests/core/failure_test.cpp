// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"

#include <zenoo_rpc/core/detail/failure_access.hpp>
#include <zenoo_rpc/core/exceptions.hpp>
#include <zenoo_rpc/core/failure.hpp>

#include <boost/system/errc.hpp>
#include <boost/system/result.hpp>

#include <cerrno>
#include <exception>
#include <functional>
#include <future>
#include <ios>
#include <memory>
#include <new>
#include <stdexcept>
#include <string>
#include <system_error>
#include <utility>

using namespace std::chrono_literals;
using namespace zenoo_rpc;

namespace {

namespace errc = boost::system::errc;
using boost::system::system_error;

error_code of(errc::errc_t value) { return make_error_code(value); }

template <class E>
Failure thrown(E error) {
    return Failure{std::make_exception_ptr(std::move(error))};
}

/// What a handler makes of `inner` that wraps it.
template <class Outer>
Failure wrapped(Outer outer, Failure const& inner) {
    try {
        try {
            inner.raise();
        } catch (...) {
            std::throw_with_nested(std::move(outer));
        }
    } catch (...) {
        return Failure{std::current_exception()};
    }
}

template <class E>
bool raises(Failure const& failure) {
    try {
        failure.raise();
    } catch (E const&) {
        return true;
    } catch (...) {
        return false;
    }
}

struct PaymentRefused : std::runtime_error {
    using runtime_error::runtime_error;
};
struct CableCut : NetworkError {
    using NetworkError::NetworkError;
};
struct QuotaUsedUp : RetryExhaustedError {
    using RetryExhaustedError::RetryExhaustedError;
};
struct NoStandardException {
    virtual ~NoStandardException() = default;
};
struct Derived final : NoStandardException {};

/// A category of the standard library's kind.
class StandardCategory final : public std::error_category {
public:
    char const* name() const noexcept override { return "theirs"; }
    std::string message(int) const override { return "their message"; }
};

}  // namespace

TEST_CASE("an empty failure is none") {
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

TEST_CASE("a failure of a code holds no exception, and raises a system_error of the code") {
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

TEST_CASE("a failure of an exception raises that very object") {
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

TEST_CASE("a failure made in a handler is the same as one made of the pointer alone") {
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

TEST_CASE("the code of a system_error is known, whichever library threw it") {
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

TEST_CASE("a system_error of an unknown category is a failure of which nothing is known") {
    static StandardCategory const theirs;
    for (auto const& failure : {thrown(std::system_error{7, theirs, "text"}), thrown(std::ios_base::failure{"text"})}) {
        CHECK(failure);
        CHECK(failure.code().failed());
        CHECK_FALSE(failure.transient());
        CHECK_FALSE(failure.never_retried());
        CHECK(failure.is<std::system_error>());
    }
}

TEST_CASE("an exception is a failure even if the code in it says success") {
    for (auto const& failure : {thrown(system_error{error_code{}}), thrown(std::system_error{std::error_code{}}),
                                thrown(ZenooError{error_code{}, "text"}), thrown(CableCut{error_code{}, "text"})}) {
        CHECK(failure);
        CHECK(failure.code() == Errc::unclassified);
        CHECK_FALSE(failure.transient());
        CHECK(failure.exception() != nullptr);
    }
    CHECK(thrown(CableCut{error_code{}, "text"}).is<NetworkError>());
}

TEST_CASE("what is no std::exception is a failure without a story") {
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

TEST_CASE("a failure is of the class of its exception and of that class's bases") {
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

TEST_CASE("a user's class is known by its own name and by the library's") {
    auto const cut = thrown(CableCut{"snap"});
    CHECK(cut.is<CableCut>());
    CHECK(cut.is<NetworkError>());
    CHECK(cut.transient());
    CHECK_FALSE(thrown(NetworkError{"text"}).is<CableCut>());
}

TEST_CASE("for the library's classes the code is enough, where nothing of the library was thrown") {
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

TEST_CASE("an exception of the library says itself what it is, whatever its code") {
    auto const server = thrown(ServerError{of(errc::connection_refused), "text"});
    CHECK(server.is<ServerError>());
    CHECK_FALSE(server.is<NetworkError>());
    CHECK(server.transient());
    CHECK_FALSE(thrown(ZenooError{Errc::timed_out, "text"}).is<TimeoutError>());
    CHECK(thrown(NetworkError{Errc::validation_failed, "text"}).is<NetworkError>());
}

TEMPLATE_TEST_CASE("an ending matches its exact class and no other, thrown or by code", "", RetryExhaustedError,
                   RetryTimeoutError, CircuitBreakerOpenError, BulkRetryError) {
    auto const cause = thrown(NetworkError{"gone"});
    for (Failure const& ending :
         {thrown(TestType{"text"}), Failure{TestType{"text"}.code()}, thrown(TestType{Errc::network_error, "text"}),
          Failure{detail::nesting(TestType{cause.code(), "text"}, cause)}}) {
        CHECK(ending.is<TestType>());
        int endings = ending.is<RetryExhaustedError>();
        endings += ending.is<RetryTimeoutError>();
        endings += ending.is<CircuitBreakerOpenError>();
        endings += ending.is<BulkRetryError>();
        CHECK(endings == 1);
        CHECK_FALSE(ending.is<ZenooError>());
        CHECK_FALSE(ending.is<NetworkError>());
        CHECK_FALSE(ending.is<TimeoutError>());
        CHECK_FALSE(ending.is<ServerError>());
        CHECK_FALSE(ending.is<system_error>());
        CHECK_FALSE(ending.is<std::runtime_error>());
        CHECK_FALSE(ending.is<std::exception>());
        CHECK_FALSE(ending.is<CableCut>());
        CHECK_FALSE(ending.is<QuotaUsedUp>());
        CHECK_FALSE(ending.transient());
        CHECK_FALSE(ending.never_retried());
    }
    CHECK(thrown(TestType{Errc::network_error, "text"}).code() == Condition::transient);
}

TEST_CASE("a user's own class of ending is an ending") {
    auto const used_up = thrown(QuotaUsedUp{Errc::network_error, "text"});
    CHECK(used_up.is<QuotaUsedUp>());
    CHECK(used_up.is<RetryExhaustedError>());
    CHECK_FALSE(used_up.is<std::exception>());
    CHECK_FALSE(used_up.transient());
}

TEMPLATE_TEST_CASE("a returned failure that is marked as ended is like an ending that nests it", "", CableCut,
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

TEST_CASE("a mark leaves what a code says to those who ask about the cause") {
    Failure failure{Errc::network_error};
    detail::FailureAccess::end_with(failure, ErrorClass::retry_exhausted);
    CHECK_FALSE(failure.transient());
    CHECK(failure.code() == Condition::transient);
    CHECK_FALSE(failure.is<NetworkError>());
    CHECK(failure.caused_by<NetworkError>());
    CHECK(failure.cause().is<NetworkError>());
    CHECK(failure.cause().transient());
}

TEST_CASE("an ending whose exception was freed is still told by its code") {
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

TEST_CASE("what is nested is the cause, however deep it lies") {
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

TEST_CASE("a mere code that is nested is a cause too") {
    auto const outer = wrapped(PaymentRefused{"outer"}, of(errc::connection_refused));
    CHECK(outer.caused_by<NetworkError>());
    CHECK_FALSE(outer.is<NetworkError>());
    CHECK_FALSE(outer.transient());
}

TEST_CASE("an exhausted retry is caused by what it nests") {
    auto const cause = thrown(CableCut{"snap"});
    Failure const exhausted{detail::nesting(RetryExhaustedError{cause.code(), "text"}, cause)};
    CHECK(exhausted.caused_by<CableCut>());
    CHECK(exhausted.caused_by<NetworkError>());
    CHECK(exhausted.cause().is<CableCut>());
    CHECK_FALSE(exhausted.is<CableCut>());
}

TEST_CASE("an exhausted retry that nests nothing is caused by what its code says") {
    auto const exhausted = thrown(RetryExhaustedError{Errc::network_error, "text"});
    CHECK(exhausted.caused_by<NetworkError>());
    CHECK_FALSE(exhausted.caused_by<TimeoutError>());
    CHECK_FALSE(exhausted.cause());
}

TEST_CASE("something that could nest, but does not, has no cause") {
    struct Hollow : std::runtime_error, std::nested_exception {
        Hollow() : runtime_error{"text"} {}
    };
    auto const hollow = thrown(Hollow{});
    CHECK(hollow.is<Hollow>());
    CHECK_FALSE(hollow.cause());
    CHECK_FALSE(hollow.caused_by<NetworkError>());
}

TEST_CASE("what is no std::exception can nest too") {
    auto const outer = wrapped(NoStandardException{}, thrown(AccessError{"inner"}));
    CHECK(outer.is<NoStandardException>());
    CHECK(outer.cause().is<AccessError>());
    CHECK(outer.caused_by<AccessError>());
}

TEST_CASE("cancellation is never retried, whoever reports it") {
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

TEST_CASE("these are never retried") {
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

TEST_CASE("what may be retried, if somebody wishes it") {
    for (auto const& failure : {Failure{Errc::network_error}, Failure{Errc::user_error}, thrown(PaymentRefused{"text"}),
                                thrown(std::bad_function_call{}), thrown(42), thrown(SessionExpiredError{"text"})}) {
        CHECK_FALSE(failure.never_retried());
    }
}

TEST_CASE("an unknown outcome stays one, whatever is wrapped around it") {
    OutcomeUnknownError unknown{"may have been sent"};
    for (auto const& inner : {thrown(unknown), wrapped(PaymentRefused{"text"}, thrown(unknown)),
                              Failure{detail::nesting(unknown, thrown(NetworkError{"gone"}))},
                              thrown(system_error{Errc::outcome_unknown})}) {
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

TEST_CASE("what else is nested does not decide whether to retry") {
    auto const outer = wrapped(NetworkError{"outer"}, thrown(std::logic_error{"inner"}));
    CHECK_FALSE(outer.never_retried());
    CHECK(outer.transient());
}

TEST_CASE("a failure that was moved from does not look at what it held") {
    auto failure = thrown(PaymentRefused{"no"});
    Failure const taken{std::move(failure)};
    CHECK(taken.is<PaymentRefused>());
    CHECK_FALSE(failure.is<PaymentRefused>());
    CHECK_FALSE(failure.cause());
    CHECK(failure.what() == failure.code().message());
}

TEST_CASE("a failure knows how far the request got") {
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

TEST_CASE("an exception's delivery and wish are those of the failure") {
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

TEST_CASE("a failure without its exception keeps code, class, delivery and wish") {
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

TEST_CASE("value() of a failed result throws what the failure holds") {
    boost::system::result<int, Failure> const failed{thrown(PaymentRefused{"no money"})};
    CHECK_THROWS_AS(failed.value(), PaymentRefused);
    boost::system::result<void, Failure> const refused{Failure{of(errc::connection_refused)}};
    CHECK_THROWS_AS(refused.value(), system_error);
}

TEST_CASE("a conflict asks for a second of rest, whether it was thrown or is a code alone") {
    CHECK(Failure{Errc::concurrency_conflict}.retry_after() == 1s);
    CHECK(Failure{std::make_exception_ptr(ConcurrencyError{"text"})}.retry_after() == 1s);
    CHECK(Failure{Errc::network_error}.retry_after() == 0s);
}
