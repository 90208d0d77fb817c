// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"

#include <zenoo_rpc/retry/retry_metrics.hpp>

#include <chrono>

using namespace std::chrono_literals;
using namespace zenoo_rpc;

namespace {

void tell(MetricsRecorder& recorder, RetryEventType type, Duration delay = {}) {
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

TEST_CASE("first attempts are counted as operations, all of them as attempts") {
    MetricsRecorder recorder;
    recorder.attempt_begins({.attempt = 1, .attempts_made = 0});
    recorder.attempt_begins({.attempt = 2, .attempts_made = 1});
    recorder.attempt_begins({.attempt = 3, .attempts_made = 2});
    recorder.attempt_begins({.attempt = 2, .attempts_made = 0});  // the first one was not let in
    auto const metrics = recorder.snapshot();
    CHECK(metrics.operations == 2);
    CHECK(metrics.total_attempts == 4);
    CHECK(metrics.retries == 0);
}

TEST_CASE("retries are counted, and the average of their delays kept") {
    MetricsRecorder recorder;
    tell(recorder, RetryEventType::retry_attempt, 1s);
    CHECK(recorder.snapshot().average_delay == 1s);
    tell(recorder, RetryEventType::retry_attempt, 2s);
    tell(recorder, RetryEventType::retry_attempt, 6s);
    tell(recorder, RetryEventType::retry_success);
    CHECK(recorder.snapshot().retries == 3);
    CHECK(recorder.snapshot().average_delay == 3s);
    CHECK(recorder.snapshot().total_attempts == 0);
}

TEST_CASE("operations won and lost after a retry are counted apart") {
    MetricsRecorder recorder;
    tell(recorder, RetryEventType::retry_success);
    tell(recorder, RetryEventType::retry_success);
    tell(recorder, RetryEventType::retry_failed);
    CHECK(recorder.snapshot().successful_retries == 2);
    CHECK(recorder.snapshot().failed_retries == 1);
    CHECK(recorder.snapshot().retries == 0);
}

TEST_CASE("circuits that open and calls that are refused are counted") {
    MetricsRecorder recorder;
    tell(recorder, RetryEventType::circuit_breaker_opened, 30s);
    tell(recorder, RetryEventType::circuit_breaker_half_opened);
    tell(recorder, RetryEventType::circuit_breaker_closed);
    recorder.call_refused();
    recorder.call_refused();
    CHECK(recorder.snapshot().circuit_breaker_opens == 1);
    CHECK(recorder.snapshot().circuit_breaker_rejections == 2);
    CHECK(recorder.snapshot().average_delay == 0s);
}

TEST_CASE("delays that add up to more than there is do not overflow") {
    MetricsRecorder recorder;
    tell(recorder, RetryEventType::retry_attempt, Duration::max());
    tell(recorder, RetryEventType::retry_attempt, Duration::max());
    CHECK(recorder.snapshot().average_delay == Duration::max() / 2);
}
