// SPDX-License-Identifier: BSL-1.0
#include "breaker/circuit_world.hpp"
#include "support/catch.hpp"
#include "support/failures.hpp"

#include <zenoo_rpc/breaker/circuit_breaker.hpp>
#include <zenoo_rpc/core/detail/failure_access.hpp>
#include <zenoo_rpc/exceptions.hpp>

#include <boost/system/errc.hpp>

#include <exception>
#include <stdexcept>

using namespace zenoo_rpc;
using tests::CircuitWorld;
using tests::network;
using tests::thrown;
using tests::user;
using tests::wrapped;

TEST_CASE("a cancelled call never counts, whatever failures are expected") {
    CircuitWorld world{{.failure_threshold = 1, .expected = [](Failure const&) { return true; }}};
    world.fail(make_error_code(boost::system::errc::operation_canceled));
    world.fail(thrown(ZenooError{make_error_code(boost::system::errc::operation_canceled), "cancelled"}));
    CHECK(world.breaker.is_closed());
    world.fail(user);
    CHECK(world.breaker.is_open());
}

TEST_CASE("only expected failures count") {
    CircuitWorld world{{.failure_threshold = 1, .expected = failure_is<ServerError>}};
    world.fail(network);
    CHECK(world.breaker.is_closed());
    world.fail(Errc::server_error);
    CHECK(world.breaker.is_open());
}

TEST_CASE("an unknown outcome counts as its cause does") {
    CircuitWorld world{{.failure_threshold = 1}};
    world.fail(thrown(OutcomeUnknownError{"text"}));
    world.fail(Errc::outcome_unknown);
    world.fail(wrapped(OutcomeUnknownError{"text"}, user));
    world.fail(wrapped(OutcomeUnknownError{"text"}, make_error_code(boost::system::errc::operation_canceled)));
    CHECK(world.breaker.is_closed());
    world.fail(wrapped(OutcomeUnknownError{"text"}, thrown(NetworkError{"text"})));
    CHECK(world.breaker.is_open());
}

TEST_CASE("an unknown outcome nested in a user's exception counts as its cause does") {
    CircuitWorld world{{.failure_threshold = 1}};
    auto const unknown = wrapped(OutcomeUnknownError{"text"}, thrown(NetworkError{"text"}));
    try {
        try {
            unknown.raise();
        } catch (...) {
            std::throw_with_nested(std::runtime_error{"while paying"});
        }
    } catch (...) {
        world.fail(Failure{std::current_exception()});
    }
    CHECK(world.breaker.is_open());
}

TEMPLATE_TEST_CASE("the error of an inner retry counts as its cause", "", RetryExhaustedError, RetryTimeoutError) {
    CircuitWorld world{{.failure_threshold = 1, .expected = failure_is<NetworkError>}};
    world.fail(wrapped(TestType{Errc::timed_out, "text"}, Errc::timed_out));
    world.fail(thrown(TestType{"text"}));
    world.fail(TestType{"text"}.code());
    CHECK(world.breaker.is_closed());

    SECTION("a nested exception") {
        world.fail(wrapped(TestType{Errc::network_error, "text"}, thrown(NetworkError{"text"})));
    }
    SECTION("nested retries") {
        auto const inner = wrapped(RetryExhaustedError{Errc::network_error, "text"}, thrown(NetworkError{"text"}));
        world.fail(wrapped(TestType{Errc::network_error, "text"}, inner));
    }
    SECTION("a code without a nested exception") { world.fail(thrown(TestType{Errc::network_error, "text"})); }
    CHECK(world.breaker.is_open());
}

TEST_CASE("a total timeout that cuts off the first attempt counts as a timeout") {
    CircuitWorld world{{.failure_threshold = 1}};
    world.fail(thrown(RetryTimeoutError{"text"}));
    CHECK(world.breaker.is_open());
}

TEST_CASE("a returned failure marked as exhausted counts as it would without the mark") {
    struct Ours : std::runtime_error {
        using runtime_error::runtime_error;
    };
    CircuitWorld world{{.failure_threshold = 1, .expected = failure_is<Ours, NetworkError>}};
    Failure failure = GENERATE(Failure{Errc::network_error}, thrown(Ours{"text"}));
    detail::FailureAccess::end_with(failure, ErrorClass::retry_exhausted);
    world.fail(failure);
    CHECK(world.breaker.is_open());
}

TEST_CASE("a rejection by an inner breaker does not count unless expected") {
    auto const refusal = wrapped(CircuitBreakerOpenError{"text"}, network);
    CircuitWorld world{{.failure_threshold = 1}};
    world.fail(refusal);
    CHECK(world.breaker.is_closed());
    CircuitWorld strict{{.failure_threshold = 1, .expected = failure_is<CircuitBreakerOpenError>}};
    strict.fail(refusal);
    CHECK(strict.breaker.is_open());
}
