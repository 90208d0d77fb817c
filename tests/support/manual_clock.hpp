// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_TESTS_SUPPORT_MANUAL_CLOCK_HPP
#define ZENOO_RPC_TESTS_SUPPORT_MANUAL_CLOCK_HPP

#include <zenoo_rpc/core/clock.hpp>

#include <atomic>
#include <chrono>
#include <memory>

namespace zenoo_rpc::tests {

/// A clock that is advanced by the test and counts its reads.
class ManualClock final : public TimeSource {
public:
    TimePoint now() const override { return state_->now(); }
    std::shared_ptr<TimeSource const> shared() const override { return state_; }

    void advance(Duration duration) {
        auto expected = state_->time.load();
        while (!state_->time.compare_exchange_weak(expected, expected + duration)) {
        }
    }
    int reads() const { return state_->reads; }

private:
    struct State final : TimeSource {
        TimePoint now() const override {
            ++reads;
            return time;
        }
        std::atomic<TimePoint> time = TimePoint{std::chrono::hours{1}};  // so that a missing start time is noticed
        mutable std::atomic<int> reads = 0;
    };

    std::shared_ptr<State> state_ = std::make_shared<State>();
};

}  // namespace zenoo_rpc::tests

#endif  // ZENOO_RPC_TESTS_SUPPORT_MANUAL_CLOCK_HPP
