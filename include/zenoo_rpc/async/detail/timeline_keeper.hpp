// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_ASYNC_DETAIL_TIMELINE_KEEPER_HPP
#define ZENOO_RPC_ASYNC_DETAIL_TIMELINE_KEEPER_HPP

#include <zenoo_rpc/core/failure.hpp>
#include <zenoo_rpc/core/retry_timeline.hpp>

#include <memory>

namespace zenoo_rpc::detail {

/// Writes a timeline, if one is to be kept: the caller's, or one for the errors.
class TimelineKeeper {
public:
    explicit TimelineKeeper(RetryTimeline* timeline = nullptr) noexcept : timeline_{timeline} {}

    explicit operator bool() const noexcept { return timeline_ != nullptr; }
    RetryTimeline const* get() const noexcept { return timeline_; }

    void keep() {
        if (timeline_) return;
        own_ = std::make_unique<RetryTimeline>();
        timeline_ = own_.get();
    }

    void begin(int attempt, Duration start) {
        timeline_->attempts.emplace_back();
        timeline_->attempts.back().attempt = attempt;
        timeline_->attempts.back().start = start;
    }
    /// Ends the attempt under way; `failure` is empty if it succeeded.
    void end(Failure const& failure, Duration now) {
        auto& last = timeline_->attempts.back();
        last.duration = now - last.start;
        last.code = failure.code();
        if (failure) last.what = failure.what();
    }
    void retry_after(Duration delay) {
        timeline_->attempts.back().retried = true;
        timeline_->attempts.back().delay = delay;
    }
    void close(RetryOutcome outcome, Duration elapsed) {
        timeline_->ended_by = outcome;
        timeline_->elapsed = elapsed;
    }

private:
    RetryTimeline* timeline_;
    std::unique_ptr<RetryTimeline> own_;
};

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_ASYNC_DETAIL_TIMELINE_KEEPER_HPP
