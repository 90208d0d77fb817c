// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"
#include "support/manual_clock.hpp"

#include <zenoo_rpc/exceptions.hpp>
#include <zenoo_rpc/retry/detail/final_errors.hpp>

#include <chrono>
#include <exception>
#include <string>
#include <utility>

using namespace std::chrono_literals;
using namespace zenoo_rpc;

namespace {

Failure lost_connection() {
    NetworkError error{"the line is dead"};
    error.delivery(Delivery::rejected);
    error.retry_after(7s);
    return Failure{std::make_exception_ptr(std::move(error))};
}

bool says(Failure const& failure, std::string const& text) { return failure.what().find(text) != std::string::npos; }

/// Returns the exception of `failure`, which must be an E.
template <class E>
E const caught(Failure const& failure) {
    try {
        failure.raise();
    } catch (E const& error) {
        return error;
    }
}

}  // namespace

TEST_CASE("an exhausted retry reports attempts and time and nests the last failure") {
    tests::ManualClock clock;
    RetryContext const context{.attempt = 3,
                               .started = clock.now() - 90s,
                               .clock = &clock,
                               .last_failure = lost_connection(),
                               .attempts_made = 3};
    auto const outcome = detail::exhausted(context);
    CHECK(outcome.is<RetryExhaustedError>());
    CHECK(outcome.code() == Errc::network_error);
    CHECK_FALSE(outcome.transient());
    CHECK(says(outcome, "gave up after 3 attempts: the line is dead"));
    CHECK(outcome.delivery() == Delivery::rejected);
    CHECK(outcome.retry_after() == 7s);
    CHECK(outcome.cause().is<NetworkError>());
    CHECK(outcome.cause().exception() == context.last_failure.exception());

    auto const error = caught<RetryExhaustedError>(outcome);
    CHECK(error.attempts() == 3);
    CHECK(error.elapsed() == 90s);
    CHECK(error.last_failure().code() == Errc::network_error);
    CHECK(error.last_exception() == context.last_failure.exception());
}

TEST_CASE("a single attempt is reported in the singular") {
    auto const outcome = detail::exhausted({.last_failure = Errc::timed_out, .attempts_made = 1});
    CHECK(says(outcome, "gave up after 1 attempt: timed out"));
    CHECK(caught<RetryExhaustedError>(outcome).last_exception() == nullptr);
    CHECK(outcome.cause().code() == Errc::timed_out);
}

TEST_CASE("an execution that is out of time reports its attempts, with its own code and delivery") {
    RetryContext const context{.attempt = 3, .last_failure = lost_connection(), .attempts_made = 2};
    auto const outcome = detail::out_of_time(context, Errc::retry_timeout, Delivery::unknown);
    CHECK(outcome.is<RetryTimeoutError>());
    CHECK(outcome.code() == Errc::retry_timeout);
    CHECK_FALSE(outcome.transient());
    CHECK(says(outcome, "out of time after 2 attempts: the line is dead"));
    CHECK(outcome.delivery() == Delivery::unknown);
    CHECK(outcome.retry_after() == 7s);
    CHECK(outcome.caused_by<NetworkError>());
    CHECK(caught<RetryTimeoutError>(outcome).attempts() == 2);
    CHECK(caught<TimeoutError>(outcome).code() == Errc::retry_timeout);
}

TEST_CASE("an execution can run out of time before any failure") {
    auto const outcome = detail::out_of_time({}, Errc::retry_timeout, Delivery::not_sent);
    CHECK(says(outcome, "out of time after 0 attempts"));
    CHECK_FALSE(outcome.cause());
    CHECK_FALSE(caught<RetryTimeoutError>(outcome).last_failure());
}
