// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_BREAKER_DETAIL_COUNT_WINDOW_HPP
#define ZENOO_RPC_BREAKER_DETAIL_COUNT_WINDOW_HPP

#include <zenoo_rpc/breaker/detail/call_verdict.hpp>

#include <algorithm>
#include <cstdint>
#include <deque>

namespace zenoo_rpc::detail {

/// The last calls, up to a number. Only bad ones are recorded, each with its place among all calls, so that a good one
/// costs no more than counting it: `good` is always how many there have been.
class CountWindow {
public:
    explicit CountWindow(int size) : size_{static_cast<std::uint64_t>(size)} {}

    void add_bad(CallVerdict verdict, std::uint64_t good) {
        bad_.push_back({good + bad_so_far_ + 1, verdict});
        ++bad_so_far_;
        failures_ += is_failed(verdict);
        slow_ += is_slow(verdict);
    }
    CallCounts counts(std::uint64_t good) {
        auto const calls = good - good_before_ + bad_so_far_;
        while (!bad_.empty() && bad_.front().place + size_ <= good + bad_so_far_) {
            failures_ -= is_failed(bad_.front().verdict);
            slow_ -= is_slow(bad_.front().verdict);
            bad_.pop_front();
        }
        return {std::min(calls, size_), failures_, slow_};
    }
    void clear(std::uint64_t good) {
        bad_.clear();
        bad_so_far_ = failures_ = slow_ = 0;
        good_before_ = good;
    }

private:
    struct BadCall {
        std::uint64_t place;
        CallVerdict verdict;
    };

    std::uint64_t size_;
    std::deque<BadCall> bad_;
    std::uint64_t bad_so_far_ = 0;
    std::uint64_t good_before_ = 0;
    std::uint64_t failures_ = 0;  // of those in the window, as below
    std::uint64_t slow_ = 0;
};

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_BREAKER_DETAIL_COUNT_WINDOW_HPP
