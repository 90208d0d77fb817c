// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_ASYNC_DETAIL_IMPL_TIMELINE_KEEPER_IPP
#define ZENOO_RPC_ASYNC_DETAIL_IMPL_TIMELINE_KEEPER_IPP

#include <zenoo_rpc/async/detail/timeline_keeper.hpp>

#include <memory>

namespace zenoo_rpc::detail {

void TimelineKeeper::keep() {
    if (timeline_) return;
    own_ = std::make_unique<RetryTimeline>();
    timeline_ = own_.get();
}

void TimelineKeeper::begin(int attempt, Duration start) {
    timeline_->attempts.emplace_back();
    timeline_->attempts.back().attempt = attempt;
    timeline_->attempts.back().start = start;
}

void TimelineKeeper::end(Failure const& failure, Duration now) {
    auto& last = timeline_->attempts.back();
    last.duration = now - last.start;
    last.code = failure.code();
    if (failure) last.what = failure.what();
}

void TimelineKeeper::retry_after(Duration delay) {
    timeline_->attempts.back().retried = true;
    timeline_->attempts.back().delay = delay;
}

void TimelineKeeper::close(RetryOutcome outcome, Duration elapsed) {
    timeline_->ended_by = outcome;
    timeline_->elapsed = elapsed;
}

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_ASYNC_DETAIL_IMPL_TIMELINE_KEEPER_IPP
