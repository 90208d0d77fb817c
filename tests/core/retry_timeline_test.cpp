// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"

#include <zenoo_rpc/core/retry_timeline.hpp>

#include <chrono>
#include <string>

using namespace std::chrono_literals;
using namespace zenoo_rpc;

TEST_CASE("a timeline in one line: each attempt, each rest, and the end") {
    RetryTimeline const timeline{
        .attempts = {{.attempt = 1,
                      .duration = 2ms,
                      .delay = 1s,
                      .retried = true,
                      .code = Errc::network_error,
                      .what = "connection refused"},
                     {.attempt = 2, .start = 1002ms, .duration = 15ms}},
        .ended_by = RetryEnding::success,
        .elapsed = 1017ms,
    };
    CHECK(to_string(timeline)
          == "1: connection refused after 0.002 s, then 1 s of rest; 2: ok after 0.015 s; success in 1.017 s");
}

TEST_CASE("a timeline says what the last failure was, and that no rest followed") {
    RetryTimeline timeline{
        .attempts = {{.attempt = 1, .duration = 30s, .code = Errc::timed_out, .what = "timed out"}},
        .ended_by = RetryEnding::attempts,
        .elapsed = 30s,
    };
    CHECK(to_string(timeline) == "1: timed out after 30 s; attempts used up in 30 s");
    timeline.attempts[0].delay = 5s;
    CHECK(to_string(timeline) == "1: timed out after 30 s; attempts used up in 30 s");
    timeline.attempts[0].retried = true;
    timeline.ended_by = RetryEnding::cancelled;
    CHECK(to_string(timeline) == "1: timed out after 30 s, then 5 s of rest; cancelled in 30 s");
}

TEST_CASE("a rest of no length is one all the same") {
    RetryTimeline const timeline{
        .attempts = {{.retried = true, .code = Errc::network_error, .what = "reset"}, {.attempt = 2}}};
    CHECK(to_string(timeline) == "1: reset after 0 s, then 0 s of rest; 2: ok after 0 s; success in 0 s");
}

TEST_CASE("a timeline without attempts tells the end alone") {
    CHECK(to_string(RetryTimeline{}) == "success in 0 s");
    CHECK(to_string(RetryTimeline{.ended_by = RetryEnding::refused, .elapsed = 1500ms}) == "refused in 1.5 s");
}

TEST_CASE("each ending has a name of its own") {
    CHECK(to_string(RetryEnding::success) == std::string{"success"});
    CHECK(to_string(RetryEnding::not_retryable) == std::string{"not retryable"});
    CHECK(to_string(RetryEnding::attempts) == std::string{"attempts used up"});
    CHECK(to_string(RetryEnding::retry_after) == std::string{"asked to wait too long"});
    CHECK(to_string(RetryEnding::total_timeout) == std::string{"out of time"});
    CHECK(to_string(RetryEnding::refused) == std::string{"refused"});
    CHECK(to_string(RetryEnding::cancelled) == std::string{"cancelled"});
    CHECK(to_string(static_cast<RetryEnding>(99)) == std::string{"?"});
}

TEST_CASE("what a record of an attempt is by default") {
    AttemptRecord const record;
    CHECK(record.attempt == 1);
    CHECK(record.start == 0s);
    CHECK(record.duration == 0s);
    CHECK(record.delay == 0s);
    CHECK_FALSE(record.retried);
    CHECK_FALSE(record.code.failed());
    CHECK(record.what.empty());
    CHECK(RetryTimeline{}.ended_by == RetryEnding::success);
}
