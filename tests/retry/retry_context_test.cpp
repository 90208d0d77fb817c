// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"
#include "support/manual_clock.hpp"

#include <zenoo_rpc/retry/retry_context.hpp>

#include <chrono>

using namespace std::chrono_literals;
using namespace zenoo_rpc;

TEST_CASE("a default context describes the first attempt, without a limit or a failure") {
    RetryContext const context;
    CHECK(context.attempt == 1);
    CHECK(context.max_attempts == 0);
    CHECK(context.previous_delay == 0s);
    CHECK(context.deadline == TimePoint::max());
    CHECK_FALSE(context.last_failure);
}

TEST_CASE("a context returns the time since the start of the execution") {
    tests::ManualClock clock;
    RetryContext const context{.started = clock.now(), .clock = &clock};
    CHECK(context.elapsed() == 0s);
    clock.advance(90s);
    CHECK(context.elapsed() == 90s);
}

TEST_CASE("without a clock the elapsed time is zero") { CHECK(RetryContext{}.elapsed() == 0s); }
