// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"

#include <zenoo_rpc/retry/retry_metrics.hpp>

#include <chrono>

using namespace std::chrono_literals;
using namespace zenoo_rpc;

namespace {

void report(MetricsRecorder& recorder, RetryEventType type, Duration delay = {}) {
    Failure const failure;
    recorder.on_event({type, "create", 1, delay, failure});
}

}  // namespace

TEST_CASE("a new recorder has counted nothing") {
    auto const metrics = MetricsRecorder{}.snapshot();
    CHECK(metrics.operations == 0);
    CHECK(metrics.total_attempts == 0);
    CHECK(metrics.retries == 0);
    CHECK(metrics.successful_retries == 0);
    CHECK(metrics.failed_retries == 0);
    CHECK(metrics.average_delay == 0s);
    CHECK(metrics.circuit_breaker_opens == 0);
    CHECK(metrics.circuit_breaker_rejections == 0);
}

TEST_CASE("first attempts count as operations, all attempts as attempts") {
    MetricsRecorder recorder;
    recorder.attempt_begins({.attempt = 1, .attempts_made = 0});
    recorder.attempt_begins({.attempt = 2, .attempts_made = 1});
    recorder.attempt_begins({.attempt = 3, .attempts_made = 2});
    recorder.attempt_begins({.attempt = 2, .attempts_made = 0});  // the first attempt was rejected
    auto const metrics = recorder.snapshot();
    CHECK(metrics.operations == 2);
    CHECK(metrics.total_attempts == 4);
    CHECK(metrics.retries == 0);
}

TEST_CASE("retries and their average delay are recorded") {
    MetricsRecorder recorder;
    report(recorder, RetryEventType::retry_attempt, 1s);
    CHECK(recorder.snapshot().average_delay == 1s);
    report(recorder, RetryEventType::retry_attempt, 2s);
    report(recorder, RetryEventType::retry_attempt, 6s);
    report(recorder, RetryEventType::retry_success);
    CHECK(recorder.snapshot().retries == 3);
    CHECK(recorder.snapshot().average_delay == 3s);
    CHECK(recorder.snapshot().total_attempts == 0);
}

TEST_CASE("successes and failures after a retry are counted separately") {
    MetricsRecorder recorder;
    report(recorder, RetryEventType::retry_success);
    report(recorder, RetryEventType::retry_success);
    report(recorder, RetryEventType::retry_failed);
    CHECK(recorder.snapshot().successful_retries == 2);
    CHECK(recorder.snapshot().failed_retries == 1);
    CHECK(recorder.snapshot().retries == 0);
}

TEST_CASE("openings of circuits and rejected calls are counted") {
    MetricsRecorder recorder;
    report(recorder, RetryEventType::circuit_breaker_opened, 30s);
    report(recorder, RetryEventType::circuit_breaker_half_opened);
    report(recorder, RetryEventType::circuit_breaker_closed);
    recorder.call_refused();
    recorder.call_refused();
    CHECK(recorder.snapshot().circuit_breaker_opens == 1);
    CHECK(recorder.snapshot().circuit_breaker_rejections == 2);
    CHECK(recorder.snapshot().average_delay == 0s);
}

TEST_CASE("the sum of the delays does not overflow") {
    MetricsRecorder recorder;
    report(recorder, RetryEventType::retry_attempt, Duration::max());
    report(recorder, RetryEventType::retry_attempt, Duration::max());
    CHECK(recorder.snapshot().average_delay == Duration::max() / 2);
}
