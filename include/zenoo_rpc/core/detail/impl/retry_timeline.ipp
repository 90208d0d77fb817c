// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_CORE_DETAIL_IMPL_RETRY_TIMELINE_IPP
#define ZENOO_RPC_CORE_DETAIL_IMPL_RETRY_TIMELINE_IPP

#include <zenoo_rpc/core/detail/duration_text.hpp>
#include <zenoo_rpc/core/retry_timeline.hpp>

namespace zenoo_rpc {

std::string to_string(RetryTimeline const& timeline) {
    std::string line;
    for (auto const& [attempt, start, duration, delay, retried, code, what] : timeline.attempts) {
        line += std::to_string(attempt) + ": " + (code.failed() ? what : "ok");
        line += " after " + detail::in_seconds(duration);
        if (retried) line += ", retry in " + detail::in_seconds(delay);
        line += "; ";
    }
    return line + to_string(timeline.ended_by) + " in " + detail::in_seconds(timeline.elapsed);
}

}  // namespace zenoo_rpc

#endif  // ZENOO_RPC_CORE_DETAIL_IMPL_RETRY_TIMELINE_IPP
