// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_CORE_RETRY_TIMELINE_HPP
#define ZENOO_RPC_CORE_RETRY_TIMELINE_HPP

#include <zenoo_rpc/core/clock.hpp>
#include <zenoo_rpc/core/detail/config.hpp>
#include <zenoo_rpc/core/errc.hpp>

#include <chrono>
#include <string>
#include <utility>
#include <vector>

namespace zenoo_rpc {

/// The reason why an execution ended.
enum class RetryOutcome {
    success,        ///< an attempt succeeded
    not_retryable,  ///< the policy does not retry this failure
    attempts,       ///< the last allowed attempt failed
    retry_after,    ///< the server requested a delay longer than `max_retry_after`
    total_timeout,  ///< the total time limit left no time for another attempt
    refused,        ///< a circuit breaker or another gate rejected the call
    cancelled,      ///< the caller cancelled the execution
};

constexpr char const* to_string(RetryOutcome outcome) noexcept {
    switch (outcome) {
        case RetryOutcome::success: return "success";
        case RetryOutcome::not_retryable: return "not retryable";
        case RetryOutcome::attempts: return "attempts exhausted";
        case RetryOutcome::retry_after: return "requested delay too long";
        case RetryOutcome::total_timeout: return "out of time";
        case RetryOutcome::refused: return "refused";
        case RetryOutcome::cancelled: return "cancelled";
    }
    return "?";
}

/// Record of one attempt in a `RetryTimeline`.
struct AttemptRecord {
    int attempt = 1;                    ///< number of the attempt, from 1
    Duration start = Duration::zero();  ///< time from the beginning of the execution
    Duration duration = Duration::zero();
    Duration delay = Duration::zero();  ///< backoff chosen after the attempt; zero if no attempt was to follow
    bool retried = false;               ///< true if another attempt was to follow
    error_code code = {};               ///< success if the attempt succeeded
    std::string what = {};              ///< message of its failure; empty if it succeeded
};

/// Log of one execution. Kept if the policy sets `keep_timeline`, or if one is passed to `async_retry`. Holds one
/// record per attempt, so it grows with their number.
struct RetryTimeline {
    std::vector<AttemptRecord> attempts = {};
    RetryOutcome ended_by = RetryOutcome::success;
    Duration elapsed = Duration::zero();
};

/// Formats a timeline as one line: "1: connection refused after 0.002 s, retry in 1 s; 2: ok after 0.015 s; success in
/// 1.017 s".
ZENOO_RPC_DECL std::string to_string(RetryTimeline const& timeline);

/// Converts an attempt to JSON, for libraries that look for this function as nlohmann_json does. Times are in seconds.
template <class Json>
void to_json(Json& json, AttemptRecord const& record) {
    auto const seconds = [](Duration duration) { return std::chrono::duration<double>(duration).count(); };
    auto whole = Json::object();  // built apart: an exception would leak what `json` holds by then
    whole["attempt"] = record.attempt;
    whole["start"] = seconds(record.start);
    whole["duration"] = seconds(record.duration);
    whole["delay"] = seconds(record.delay);
    whole["outcome"] = record.retried ? "retry" : record.code.failed() ? "failure" : "success";
    if (record.code.failed()) whole["what"] = record.what;
    json = std::move(whole);
}
/// Converts a timeline to JSON, for libraries that look for this function as nlohmann_json does:
/// `nlohmann::json(timeline)`. Times are in seconds.
template <class Json>
void to_json(Json& json, RetryTimeline const& timeline) {
    auto whole = Json::object();
    whole["attempts"] = timeline.attempts;
    whole["ended_by"] = to_string(timeline.ended_by);
    whole["elapsed"] = std::chrono::duration<double>(timeline.elapsed).count();
    json = std::move(whole);
}

}  // namespace zenoo_rpc

#ifdef ZENOO_RPC_HEADER_ONLY
#include <zenoo_rpc/core/detail/impl/retry_timeline.ipp>
#endif

#endif  // ZENOO_RPC_CORE_RETRY_TIMELINE_HPP
