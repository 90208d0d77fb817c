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

/// Decides when a circuit opens: after too many failures, consecutive or in a window, or too large a share of failures
/// or of slow calls in a window. A success never opens it.
///
/// Functions that a success needs take no lock; all others require the breaker's lock. `successes` is the number of
/// successes since the breaker was created.
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
    /// Returns true if even a success needs the clock.
    bool needs_clock() const noexcept { return needs_clock_; }
    bool is_slow(Duration took) const noexcept { return watches_durations() && took >= thresholds_.slow_call_duration; }

    /// Returns true if there are consecutive failures, which a success ends by `clear_consecutive_failures`.
    bool has_consecutive_failures() const noexcept { return consecutive_failures_.load(std::memory_order_relaxed) > 0; }
    void add_success(TimeSource const& clock) noexcept {
        if (time_window_) time_window_->add_success(clock.coarse_now());
    }

    void clear_consecutive_failures() noexcept { consecutive_failures_ = 0; }
    /// Adds a failed or slow call; returns true if it opens the circuit.
    bool add_failure(CallOutcome outcome, std::uint64_t successes, TimeSource const& clock) {
        if (count_window_) {
            count_window_->add_failure(outcome, successes);
            return is_reached(count_window_->counts(successes));
        }
        if (time_window_) {
            auto const now = clock.coarse_now();
            time_window_->add_failure(outcome, now);
            return is_reached(time_window_->counts(now));
        }
        return ++consecutive_failures_ >= thresholds_.failures;
    }
    void clear(std::uint64_t successes) {
        clear_consecutive_failures();
        if (count_window_) count_window_->clear(successes);
        if (time_window_) time_window_->clear();
    }

    /// Returns the counts of the calls in the window; nothing if there is no window.
    std::optional<CallCounts> in_window(std::uint64_t successes, TimeSource const& clock) {
        if (count_window_) return count_window_->counts(successes);
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
    std::atomic<int> consecutive_failures_ = 0;  // if there is no window
    std::unique_ptr<TimeWindow> time_window_;
    std::optional<CountWindow> count_window_;
};

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_BREAKER_DETAIL_OPENING_RULE_HPP
