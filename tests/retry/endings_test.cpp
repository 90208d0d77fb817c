// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"
#include "support/manual_clock.hpp"

#include <zenoo_rpc/retry/detail/endings.hpp>

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

/// The exception of `failure`, which must be an E.
template <class E>
E const caught(Failure const& failure) {
    try {
        failure.raise();
    } catch (E const& error) {
        return error;
    }
}

}  // namespace

TEST_CASE("an exhausted retry tells its story and nests the last failure") {
    tests::ManualClock clock;
    RetryContext const context{.attempt = 3,
                               .started = clock.now() - 90s,
                               .clock = &clock,
                               .last_failure = lost_connection(),
                               .attempts_made = 3};
    auto const ending = detail::exhausted(context);
    CHECK(ending.is<RetryExhaustedError>());
    CHECK(ending.code() == Errc::network_error);
    CHECK_FALSE(ending.transient());
    CHECK(says(ending, "gave up after 3 attempts: the line is dead"));
    CHECK(ending.delivery() == Delivery::rejected);
    CHECK(ending.retry_after() == 7s);
    CHECK(ending.cause().is<NetworkError>());
    CHECK(ending.cause().exception() == context.last_failure.exception());

    auto const error = caught<RetryExhaustedError>(ending);
    CHECK(error.attempts() == 3);
    CHECK(error.elapsed() == 90s);
    CHECK(error.last_failure().code() == Errc::network_error);
    CHECK(error.last_exception() == context.last_failure.exception());
}

TEST_CASE("one attempt is not several") {
    auto const ending = detail::exhausted({.last_failure = Errc::timed_out, .attempts_made = 1});
    CHECK(says(ending, "gave up after 1 attempt: timed out"));
    CHECK(caught<RetryExhaustedError>(ending).last_exception() == nullptr);
    CHECK(ending.cause().code() == Errc::timed_out);
}

TEST_CASE("an execution that is out of time tells its story, with code and delivery of its own") {
    RetryContext const context{.attempt = 3, .last_failure = lost_connection(), .attempts_made = 2};
    auto const ending = detail::out_of_time(context, Errc::retry_timeout, Delivery::unknown);
    CHECK(ending.is<RetryTimeoutError>());
    CHECK(ending.code() == Errc::retry_timeout);
    CHECK_FALSE(ending.transient());
    CHECK(says(ending, "out of time after 2 attempts: the line is dead"));
    CHECK(ending.delivery() == Delivery::unknown);
    CHECK(ending.retry_after() == 7s);
    CHECK(ending.caused_by<NetworkError>());
    CHECK(caught<RetryTimeoutError>(ending).attempts() == 2);
    CHECK(caught<TimeoutError>(ending).code() == Errc::retry_timeout);
}

TEST_CASE("an execution can be out of time before anything failed") {
    auto const ending = detail::out_of_time({}, Errc::retry_timeout, Delivery::not_sent);
    CHECK(says(ending, "out of time after 0 attempts"));
    CHECK_FALSE(ending.cause());
    CHECK_FALSE(caught<RetryTimeoutError>(ending).last_failure());
}
