// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"

#include <zenoo_rpc/core/retry_timeline.hpp>

#include <chrono>
#include <string>

using namespace std::chrono_literals;
using namespace zenoo_rpc;

TEST_CASE("a timeline is printed on one line with attempts, delays and outcome") {
    RetryTimeline const timeline{
        .attempts = {{.attempt = 1,
                      .duration = 2ms,
                      .delay = 1s,
                      .retried = true,
                      .code = Errc::network_error,
                      .what = "connection refused"},
                     {.attempt = 2, .start = 1002ms, .duration = 15ms}},
        .ended_by = RetryOutcome::success,
        .elapsed = 1017ms,
    };
    CHECK(to_string(timeline)
          == "1: connection refused after 0.002 s, retry in 1 s; 2: ok after 0.015 s; success in 1.017 s");
}

TEST_CASE("a delay is printed only after an attempt that was to be retried") {
    RetryTimeline timeline{
        .attempts = {{.attempt = 1, .duration = 30s, .code = Errc::timed_out, .what = "timed out"}},
        .ended_by = RetryOutcome::attempts,
        .elapsed = 30s,
    };
    CHECK(to_string(timeline) == "1: timed out after 30 s; attempts exhausted in 30 s");
    timeline.attempts[0].delay = 5s;
    CHECK(to_string(timeline) == "1: timed out after 30 s; attempts exhausted in 30 s");
    timeline.attempts[0].retried = true;
    timeline.ended_by = RetryOutcome::cancelled;
    CHECK(to_string(timeline) == "1: timed out after 30 s, retry in 5 s; cancelled in 30 s");
}

TEST_CASE("a delay of zero is printed") {
    RetryTimeline const timeline{
        .attempts = {{.retried = true, .code = Errc::network_error, .what = "reset"}, {.attempt = 2}}};
    CHECK(to_string(timeline) == "1: reset after 0 s, retry in 0 s; 2: ok after 0 s; success in 0 s");
}

TEST_CASE("a timeline without attempts prints only the outcome") {
    CHECK(to_string(RetryTimeline{}) == "success in 0 s");
    CHECK(to_string(RetryTimeline{.ended_by = RetryOutcome::refused, .elapsed = 1500ms}) == "refused in 1.5 s");
}

TEST_CASE("each outcome has a distinct name") {
    CHECK(to_string(RetryOutcome::success) == std::string{"success"});
    CHECK(to_string(RetryOutcome::not_retryable) == std::string{"not retryable"});
    CHECK(to_string(RetryOutcome::attempts) == std::string{"attempts exhausted"});
    CHECK(to_string(RetryOutcome::retry_after) == std::string{"requested delay too long"});
    CHECK(to_string(RetryOutcome::total_timeout) == std::string{"out of time"});
    CHECK(to_string(RetryOutcome::refused) == std::string{"refused"});
    CHECK(to_string(RetryOutcome::cancelled) == std::string{"cancelled"});
    CHECK(to_string(static_cast<RetryOutcome>(99)) == std::string{"?"});
}

TEST_CASE("the default values of an attempt record") {
    AttemptRecord const record;
    CHECK(record.attempt == 1);
    CHECK(record.start == 0s);
    CHECK(record.duration == 0s);
    CHECK(record.delay == 0s);
    CHECK_FALSE(record.retried);
    CHECK_FALSE(record.code.failed());
    CHECK(record.what.empty());
    CHECK(RetryTimeline{}.ended_by == RetryOutcome::success);
}
