// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"
#include "support/failures.hpp"

#include <zenoo_rpc/exceptions.hpp>
#include <zenoo_rpc/retry/failure_predicate.hpp>

#include <exception>
#include <functional>
#include <stdexcept>
#include <string>

using namespace zenoo_rpc;
using tests::conflict;
using tests::network;
using tests::timed_out;
using tests::user;

namespace {

struct PaymentRefused : std::runtime_error {
    using runtime_error::runtime_error;
};

Failure const server_error = Errc::server_error;

bool is_about_money(Failure const& failure) { return failure.what().find("money") != std::string::npos; }
bool yes(Failure const&) { return true; }
bool no(Failure const&) { return false; }

struct Changing {
    bool operator()(Failure const&) { return asked = !asked; }
    bool asked = false;
};

bool must_not_be_asked(Failure const&) { throw std::logic_error{"asked"}; }

}  // namespace

TEST_CASE("IsTransient accepts transient failures") {
    CHECK(IsTransient{}(network));
    CHECK(IsTransient{}(conflict));
    CHECK_FALSE(IsTransient{}(server_error));
    CHECK_FALSE(IsTransient{}(Errc::retry_exhausted));
    CHECK_FALSE(IsTransient{}({}));
}

TEST_CASE("failure_is accepts any of its classes, their derived classes, and user-defined classes") {
    CHECK(failure_is<NetworkError>(network));
    CHECK_FALSE(failure_is<NetworkError>(timed_out));
    CHECK((failure_is<NetworkError, TimeoutError>(timed_out)));
    CHECK(failure_is<ServerError>(conflict));
    CHECK_FALSE((failure_is<NetworkError, TimeoutError>(user)));
    Failure const refused{std::make_exception_ptr(PaymentRefused{"no money"})};
    CHECK(failure_is<PaymentRefused>(refused));
    CHECK_FALSE(failure_is<>(network));
}

TEST_CASE("failure_is never accepts a final error by its cause or its base classes") {
    CHECK_FALSE((failure_is<NetworkError, TimeoutError, ZenooError, std::exception>(Errc::retry_timeout)));
    CHECK(failure_is<RetryTimeoutError>(Errc::retry_timeout));
}

TEST_CASE("predicates combine with and, or, not") {
    auto const passing = failure_is<ServerError> && !failure_is<ConcurrencyError>;
    CHECK(passing(server_error));
    CHECK_FALSE(passing(conflict));
    CHECK_FALSE(passing(network));

    auto const either = failure_is<NetworkError> || failure_is<UserError>;
    CHECK(either(network));
    CHECK(either(user));
    CHECK_FALSE(either(server_error));

    auto const neither = !either;
    CHECK_FALSE(neither(network));
    CHECK(neither(server_error));
    CHECK((!!failure_is<UserError>)(user));

    auto const nested = (either && IsTransient{}) || (passing && !IsTransient{});
    CHECK(nested(network));
    CHECK_FALSE(nested(user));
    CHECK(nested(server_error));
}

TEST_CASE("a combination evaluates the right side only if needed") {
    CHECK_FALSE((failure_is<UserError> && must_not_be_asked)(network));
    CHECK((failure_is<NetworkError> || must_not_be_asked)(network));
    CHECK_THROWS_AS((failure_is<NetworkError> && must_not_be_asked)(network), std::logic_error);
    CHECK_THROWS_AS((failure_is<UserError> || must_not_be_asked)(network), std::logic_error);
}

TEST_CASE("a user-defined predicate combines with one of the library on either side") {
    auto const about_money = [](Failure const& failure) { return is_about_money(failure); };
    Failure const refused{std::make_exception_ptr(PaymentRefused{"no money"})};
    CHECK((IsTransient{} || about_money)(refused));
    CHECK((about_money || IsTransient{})(refused));
    CHECK((is_about_money || IsTransient{})(refused));
    CHECK_FALSE((about_money && IsTransient{})(refused));
    CHECK((about_money && !IsTransient{})(refused));
    CHECK((AnyPredicate{about_money} && failure_is<PaymentRefused>)(refused));
    CHECK_FALSE((!AnyPredicate{about_money})(refused));
}

TEST_CASE("AnyPredicate delegates to its predicate") {
    AnyPredicate const any = failure_is<UserError>;
    CHECK(any(user));
    CHECK_FALSE(any(network));
    AnyPredicate const function = is_about_money;
    CHECK_FALSE(function(network));
    auto copy = any;
    CHECK(copy(user));
    copy = function;
    CHECK_FALSE(copy(user));
}

TEST_CASE("an empty AnyPredicate is the default and accepts transient failures") {
    auto const empty =
        GENERATE(AnyPredicate{}, AnyPredicate{DefaultPredicate{}}, AnyPredicate{std::function<bool(Failure const&)>{}},
                 AnyPredicate{static_cast<bool (*)(Failure const&)>(nullptr)});
    CHECK(empty.is_default());
    CHECK(detail::is_default(empty));
    CHECK(empty(network));
    CHECK_FALSE(empty(user));
}

TEST_CASE("an explicit predicate is not the default, even if it is equivalent to it") {
    CHECK_FALSE(AnyPredicate{IsTransient{}}.is_default());
    CHECK_FALSE(detail::is_default(IsTransient{}));
    CHECK_FALSE(detail::is_default(failure_is<NetworkError>));
    CHECK_FALSE(detail::is_default(DefaultPredicate{} || failure_is<UserError>));
    CHECK(detail::is_default(DefaultPredicate{}));
    CHECK(DefaultPredicate{}(network));
    CHECK_FALSE(DefaultPredicate{}(user));
}

TEST_CASE("requirements of the FailurePredicate concept") {
    STATIC_REQUIRE(FailurePredicate<IsTransient>);
    STATIC_REQUIRE(FailurePredicate<FailureIs<NetworkError>>);
    STATIC_REQUIRE(FailurePredicate<bool (*)(Failure const&)>);
    STATIC_REQUIRE(FailurePredicate<AnyPredicate>);
    STATIC_REQUIRE_FALSE(FailurePredicate<bool (*)(int)>);
    STATIC_REQUIRE_FALSE(FailurePredicate<Changing>);
    CHECK((AnyPredicate{yes} && !AnyPredicate{no})(network));
}

TEST_CASE("a policy's predicate may take the number of the attempt") {
    auto const twice = [](Failure const& failure, int attempt) { return failure.transient() && attempt <= 2; };
    STATIC_REQUIRE(RetryPredicate<decltype(twice)>);
    STATIC_REQUIRE_FALSE(FailurePredicate<decltype(twice)>);
    CHECK(detail::wants(twice, network, 2));
    CHECK_FALSE(detail::wants(twice, network, 3));
    CHECK_FALSE(detail::wants(twice, user, 1));
    CHECK_FALSE(detail::is_default(twice));
}

TEST_CASE("a policy's predicate may omit the number of the attempt") {
    STATIC_REQUIRE(RetryPredicate<IsTransient>);
    STATIC_REQUIRE(RetryPredicate<AnyPredicate>);
    STATIC_REQUIRE(RetryPredicate<bool (*)(Failure const&)>);
    STATIC_REQUIRE(RetryPredicate<bool (*)(Failure const&, int)>);
    STATIC_REQUIRE_FALSE(RetryPredicate<bool (*)(int)>);
    STATIC_REQUIRE_FALSE(RetryPredicate<Changing>);
    CHECK(detail::wants(failure_is<UserError>, user, 9));
    CHECK_FALSE(detail::wants(failure_is<UserError>, network, 9));
    CHECK(detail::wants(AnyPredicate{}, network, 9));
}

TEST_CASE("a predicate callable in both ways receives the number of the attempt") {
    auto const even = [](Failure const&, int attempt = 1) { return attempt % 2 == 0; };
    CHECK(detail::wants(even, network, 2));
    CHECK_FALSE(detail::wants(even, network, 3));
}

TEST_CASE("AnyRetryPredicate delegates to its predicate, with the number of the attempt if accepted") {
    AnyRetryPredicate any = [](Failure const& failure, int attempt) { return failure.transient() && attempt <= 2; };
    CHECK(any(network, 2));
    CHECK_FALSE(any(network, 3));
    CHECK_FALSE(any(user, 1));
    CHECK_FALSE(any.is_default());
    CHECK_FALSE(detail::wants(any, network, 3));
    any = failure_is<UserError>;
    CHECK(any(user, 9));
    CHECK_FALSE(any(network, 9));
    any = AnyPredicate{is_about_money};
    CHECK_FALSE(any(network, 1));
    auto const copy = any;
    any = DefaultPredicate{};
    CHECK_FALSE(copy(network, 1));
    CHECK(any(network, 1));
}

TEST_CASE("an empty AnyRetryPredicate is the default and accepts transient failures") {
    auto const empty =
        GENERATE(AnyRetryPredicate{}, AnyRetryPredicate{DefaultPredicate{}}, AnyRetryPredicate{AnyPredicate{}},
                 AnyRetryPredicate{std::function<bool(Failure const&)>{}},
                 AnyRetryPredicate{std::function<bool(Failure const&, int)>{}},
                 AnyRetryPredicate{static_cast<bool (*)(Failure const&)>(nullptr)},
                 AnyRetryPredicate{static_cast<bool (*)(Failure const&, int)>(nullptr)});
    CHECK(empty.is_default());
    CHECK(detail::is_default(empty));
    CHECK(empty(network, 1));
    CHECK_FALSE(empty(user, 1));
    CHECK_FALSE(AnyRetryPredicate{IsTransient{}}.is_default());
}

TEST_CASE("predicates with the number of the attempt receive it in any combination") {
    auto const first_two = [](Failure const&, int attempt) { return attempt < 3; };
    AnyRetryPredicate const stored{first_two};
    auto const check = [](auto const& predicate) {
        CHECK(detail::wants(predicate, network, 2));
        CHECK_FALSE(detail::wants(predicate, network, 3));
        CHECK_FALSE(detail::wants(predicate, user, 2));
    };
    check(failure_is<NetworkError> && first_two);
    check(stored && failure_is<NetworkError>);
    check(!(!stored || failure_is<UserError>));
    check(AnyRetryPredicate{stored && failure_is<NetworkError>});
    static_assert(!FailurePredicate<AnyRetryPredicate>);
}
