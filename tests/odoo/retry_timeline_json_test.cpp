// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"

#include <zenoo_rpc/core/retry_timeline.hpp>

#include <nlohmann/json.hpp>

#include <chrono>

using namespace std::chrono_literals;
using namespace zenoo_rpc;
using nlohmann::json;

TEST_CASE("a timeline becomes JSON, in seconds") {
    RetryTimeline const timeline{
        .attempts = {{.attempt = 1,
                      .start = 250ms,
                      .duration = 2ms,
                      .delay = 1500ms,
                      .retried = true,
                      .code = Errc::network_error,
                      .what = "connection refused"},
                     {.attempt = 2, .start = 1752ms, .duration = 15ms}},
        .ended_by = RetryOutcome::success,
        .elapsed = 1767ms,
    };
    CHECK(json(timeline) == json::parse(R"({
        "attempts": [
            {"attempt": 1, "start": 0.25, "duration": 0.002, "delay": 1.5, "outcome": "retry",
             "what": "connection refused"},
            {"attempt": 2, "start": 1.752, "duration": 0.015, "delay": 0.0, "outcome": "success"}
        ],
        "ended_by": "success",
        "elapsed": 1.767
    })"));
}

TEST_CASE("in JSON the outcome of a last failed attempt is failure") {
    AttemptRecord const record{.attempt = 3, .code = Errc::timed_out, .what = "timed out"};
    CHECK(json(record)["outcome"] == "failure");
    CHECK(json(record)["what"] == "timed out");
    CHECK(json(record)["attempt"] == 3);
}

TEST_CASE("a timeline without attempts is JSON with an empty list") {
    auto const written = json(RetryTimeline{.ended_by = RetryOutcome::refused, .elapsed = 1s});
    CHECK(written["attempts"] == json::array());
    CHECK(written["ended_by"] == "refused");
    CHECK(written["elapsed"] == 1.0);
}

TEST_CASE("a timeline keeps the order of its members in ordered JSON") {
    nlohmann::ordered_json const written = RetryTimeline{};
    CHECK(written.dump() == R"({"attempts":[],"ended_by":"success","elapsed":0.0})");
}
