// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_BREAKER_DETAIL_OPENING_RULE_HPP
#define ZENOO_RPC_BREAKER_DETAIL_OPENING_RULE_HPP

#include <zenoo_rpc/breaker/detail/count_window.hpp>
#include <zenoo_rpc/breaker/detail/time_window.hpp>
#include <zenoo_rpc/core/clock.hpp>

#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>

namespace zenoo_rpc::detail {

struct OpeningThresholds {
    int failures = 1;
    std::optional<double> failure_rate = {};
    std::optional<double> slow_call_rate = {};
    Duration slow_call_duration = unlimited;
    int minimum_calls = 1;
    int window_size = 0;
    Duration window_duration = Duration::zero();
};

/// When a circuit opens: too many failures in a row, or of those in a window, or too large a share of failures or of
/// slow calls. A good call never opens it.
///
/// What a good call needs takes no lock; the rest is for the holder of the breaker's. `good` is how many good calls
/// there have been since the breaker was made.
class OpeningRule {
public:
    explicit OpeningRule(OpeningThresholds const& thresholds)
        : thresholds_{thresholds},
          needs_clock_{thresholds.slow_call_rate || thresholds.window_duration > Duration::zero()} {
        if (thresholds.window_size > 0) count_window_.emplace(thresholds.window_size);
        if (thresholds.window_duration > Duration::zero()) {
            time_window_ = std::make_unique<TimeWindow>(thresholds.window_duration);
        }
    }

    bool watches_durations() const noexcept { return thresholds_.slow_call_rate.has_value(); }
    /// Also of a good call.
    bool needs_clock() const noexcept { return needs_clock_; }
    bool is_slow(Duration took) const noexcept { return watches_durations() && took >= thresholds_.slow_call_duration; }

    /// A good call ends a row of failures: that is for `end_row`.
    bool has_row() const noexcept { return failures_in_row_.load(std::memory_order_relaxed) > 0; }
    void add_good(TimeSource const& clock) noexcept {
        if (time_window_) time_window_->add_good(clock.coarse_now());
    }

    void end_row() noexcept { failures_in_row_ = 0; }
    /// True if the circuit opens at this call.
    bool add_bad(CallVerdict verdict, std::uint64_t good, TimeSource const& clock) {
        if (count_window_) {
            count_window_->add_bad(verdict, good);
            return is_reached(count_window_->counts(good));
        }
        if (time_window_) {
            auto const now = clock.coarse_now();
            time_window_->add_bad(verdict, now);
            return is_reached(time_window_->counts(now));
        }
        return ++failures_in_row_ >= thresholds_.failures;
    }
    void clear(std::uint64_t good) {
        end_row();
        if (count_window_) count_window_->clear(good);
        if (time_window_) time_window_->clear();
    }

    /// Nothing without a window.
    std::optional<CallCounts> in_window(std::uint64_t good, TimeSource const& clock) {
        if (count_window_) return count_window_->counts(good);
        if (time_window_) return time_window_->counts(clock.coarse_now());
        return std::nullopt;
    }

private:
    bool is_reached(CallCounts const& seen) const noexcept {
        auto const& at = thresholds_;
        bool const representative = seen.calls >= static_cast<std::uint64_t>(at.minimum_calls);
        bool const too_slow = at.slow_call_rate && representative && seen.slow_call_rate() >= *at.slow_call_rate;
        if (!at.failure_rate) return too_slow || seen.failures >= static_cast<std::uint64_t>(at.failures);
        return too_slow || (representative && seen.failure_rate() >= *at.failure_rate);
    }

    OpeningThresholds const thresholds_;
    bool const needs_clock_;
    std::atomic<int> failures_in_row_ = 0;  // where there is no window
    std::unique_ptr<TimeWindow> time_window_;
    std::optional<CountWindow> count_window_;
};

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_BREAKER_DETAIL_OPENING_RULE_HPP
