// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_BREAKER_DETAIL_COUNT_WINDOW_HPP
#define ZENOO_RPC_BREAKER_DETAIL_COUNT_WINDOW_HPP

#include <zenoo_rpc/breaker/detail/call_outcome.hpp>

#include <algorithm>
#include <cstdint>
#include <deque>

namespace zenoo_rpc::detail {

/// The most recent calls, up to a number. Only failed or slow ones are recorded, each with its position among all
/// calls, so that a success costs no more than counting it: `successes` is their number so far.
class CountWindow {
public:
    explicit CountWindow(int size) : size_{static_cast<std::uint64_t>(size)} {}

    void add_failure(CallOutcome outcome, std::uint64_t successes) {
        recorded_.push_back({successes + recorded_so_far_ + 1, outcome});
        ++recorded_so_far_;
        failures_ += is_failed(outcome);
        slow_ += is_slow(outcome);
    }
    CallCounts counts(std::uint64_t successes) {
        auto const calls = successes - successes_before_ + recorded_so_far_;
        while (!recorded_.empty() && recorded_.front().position + size_ <= successes + recorded_so_far_) {
            failures_ -= is_failed(recorded_.front().outcome);
            slow_ -= is_slow(recorded_.front().outcome);
            recorded_.pop_front();
        }
        return {std::min(calls, size_), failures_, slow_};
    }
    void clear(std::uint64_t successes) {
        recorded_.clear();
        recorded_so_far_ = failures_ = slow_ = 0;
        successes_before_ = successes;
    }

private:
    struct RecordedCall {
        std::uint64_t position;
        CallOutcome outcome;
    };

    std::uint64_t size_;
    std::deque<RecordedCall> recorded_;
    std::uint64_t recorded_so_far_ = 0;
    std::uint64_t successes_before_ = 0;
    std::uint64_t failures_ = 0;  // in the window, like slow_
    std::uint64_t slow_ = 0;
};

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_BREAKER_DETAIL_COUNT_WINDOW_HPP
