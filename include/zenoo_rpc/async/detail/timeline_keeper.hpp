// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_ASYNC_DETAIL_TIMELINE_KEEPER_HPP
#define ZENOO_RPC_ASYNC_DETAIL_TIMELINE_KEEPER_HPP

#include <zenoo_rpc/core/detail/config.hpp>
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

    [[gnu::noinline, gnu::cold]] ZENOO_RPC_DECL void keep();

    [[gnu::noinline, gnu::cold]] ZENOO_RPC_DECL void begin(int attempt, Duration start);
    /// Ends the attempt under way; `failure` is empty if it succeeded.
    [[gnu::noinline, gnu::cold]] ZENOO_RPC_DECL void end(Failure const& failure, Duration now);
    [[gnu::noinline, gnu::cold]] ZENOO_RPC_DECL void retry_after(Duration delay);
    [[gnu::noinline, gnu::cold]] ZENOO_RPC_DECL void close(RetryOutcome outcome, Duration elapsed);

private:
    RetryTimeline* timeline_;
    std::unique_ptr<RetryTimeline> own_;
};

}  // namespace zenoo_rpc::detail

#ifdef ZENOO_RPC_HEADER_ONLY
#include <zenoo_rpc/async/detail/impl/timeline_keeper.ipp>
#endif

#endif  // ZENOO_RPC_ASYNC_DETAIL_TIMELINE_KEEPER_HPP
