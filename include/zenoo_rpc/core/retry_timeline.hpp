// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_CORE_RETRY_TIMELINE_HPP
#define ZENOO_RPC_CORE_RETRY_TIMELINE_HPP

#include <zenoo_rpc/core/clock.hpp>
#include <zenoo_rpc/core/detail/duration_text.hpp>
#include <zenoo_rpc/core/error.hpp>

#include <chrono>
#include <string>
#include <utility>
#include <vector>

namespace zenoo_rpc {

/// Who ended an execution.
enum class RetryEnding {
    success,        ///< an attempt succeeded
    not_retryable,  ///< the failure is not one to be retried
    attempts,       ///< the attempts were used up
    retry_after,    ///< the server asked to be left alone for longer than `max_retry_after`
    total_timeout,  ///< no time was left
    refused,        ///< a circuit breaker, or another gate, refused the call
    cancelled,      ///< nobody wanted the result any more
};

constexpr char const* to_string(RetryEnding ending) noexcept {
    switch (ending) {
        case RetryEnding::success: return "success";
        case RetryEnding::not_retryable: return "not retryable";
        case RetryEnding::attempts: return "attempts used up";
        case RetryEnding::retry_after: return "asked to wait too long";
        case RetryEnding::total_timeout: return "out of time";
        case RetryEnding::refused: return "refused";
        case RetryEnding::cancelled: return "cancelled";
    }
    return "?";
}

/// One attempt, as it was.
struct AttemptRecord {
    int attempt = 1;                    ///< counted from 1
    Duration start = Duration::zero();  ///< since the execution began
    Duration duration = Duration::zero();
    Duration delay = Duration::zero();  ///< chosen for the rest after it; zero if none followed
    bool retried = false;               ///< the verdict: another attempt was to follow
    error_code code = {};               ///< no error if it succeeded
    std::string what = {};              ///< what its failure said
};

/// What happened in one execution. Kept if the policy's `keep_timeline` is set, or where one is passed to
/// `async_retry`. Has a record for each attempt, so it grows with their number.
struct RetryTimeline {
    std::vector<AttemptRecord> attempts = {};
    RetryEnding ended_by = RetryEnding::success;
    Duration elapsed = Duration::zero();
};

/// One line: "1: connection refused after 0.002 s, then 1 s of rest; 2: ok after 0.015 s; success in 1.017 s"
inline std::string to_string(RetryTimeline const& timeline) {
    std::string line;
    for (auto const& [attempt, start, duration, delay, retried, code, what] : timeline.attempts) {
        line += std::to_string(attempt) + ": " + (code.failed() ? what : "ok");
        line += " after " + detail::in_seconds(duration);
        if (retried) line += ", then " + detail::in_seconds(delay) + " of rest";
        line += "; ";
    }
    return line + to_string(timeline.ended_by) + " in " + detail::in_seconds(timeline.elapsed);
}

/// For JSON libraries that look for this function, as nlohmann_json does: `nlohmann::json(timeline)`. In seconds.
template <class Json>
void to_json(Json& json, AttemptRecord const& record) {
    auto const seconds = [](Duration duration) { return std::chrono::duration<double>(duration).count(); };
    auto whole = Json::object();  // what is in `json` when an exception leaves is lost
    whole["attempt"] = record.attempt;
    whole["start"] = seconds(record.start);
    whole["duration"] = seconds(record.duration);
    whole["delay"] = seconds(record.delay);
    whole["verdict"] = record.retried ? "retry" : record.code.failed() ? "end" : "success";
    if (record.code.failed()) whole["what"] = record.what;
    json = std::move(whole);
}
template <class Json>
void to_json(Json& json, RetryTimeline const& timeline) {
    auto whole = Json::object();
    whole["attempts"] = timeline.attempts;
    whole["ended_by"] = to_string(timeline.ended_by);
    whole["elapsed"] = std::chrono::duration<double>(timeline.elapsed).count();
    json = std::move(whole);
}

}  // namespace zenoo_rpc

#endif  // ZENOO_RPC_CORE_RETRY_TIMELINE_HPP
