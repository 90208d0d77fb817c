// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_TESTS_BREAKER_CIRCUIT_MODEL_HPP
#define ZENOO_RPC_TESTS_BREAKER_CIRCUIT_MODEL_HPP

#include <zenoo_rpc/breaker/advanced_circuit_breaker.hpp>

#include <algorithm>
#include <cstddef>
#include <optional>
#include <utility>
#include <vector>

namespace zenoo_rpc::tests {

/// Outcome of a call from the perspective of a breaker.
enum class Outcome { success, failure, unexpected, cancelled, dropped };

/// The required behaviour of a circuit breaker in its simplest form: keeps all calls and recounts them each time.
class CircuitModel {
public:
    explicit CircuitModel(AdvancedCircuitBreakerOptions options) : options_{std::move(options)} {}

    CircuitState state() const { return state_; }
    std::size_t permits() const { return permits_.size(); }
    Duration retry_after() const {
        if (state_ != CircuitState::open) return Duration::zero();
        return opened_manually_ ? Duration::max() : std::max(Duration::zero(), tried_at_ - now_);
    }
    CircuitBreakerStatistics statistics() const {
        auto statistics = statistics_;
        statistics.state = state_;
        auto const rated = has_window() ? in_window() : all_;
        statistics.failure_rate = share(rated, &Call::failed);
        statistics.slow_call_rate = share(rated, &Call::slow);
        return statistics;
    }

    void pass(Duration time) { now_ += time; }

    void ask() {
        if (state_ == CircuitState::open && !opened_manually_ && now_ >= tried_at_) enter(CircuitState::half_open);
        bool const may = state_ == CircuitState::closed
                         || (state_ == CircuitState::half_open && trials_in_flight() < options_.half_open_max_calls);
        if (may) {
            permits_.push_back({phase_, now_});
        } else {
            ++statistics_.rejected;
        }
    }

    void settle(std::size_t which, Outcome outcome) {
        auto const permit = permits_[which];
        permits_.erase(permits_.begin() + static_cast<std::ptrdiff_t>(which));
        if (permit.phase != phase_) {
            ++statistics_.stale;
            return;
        }
        if (outcome != Outcome::success && outcome != Outcome::failure) {
            ++statistics_.ignored;
            return;
        }
        bool const slow = options_.slow_call_rate_threshold && now_ - permit.began >= options_.slow_call_duration;
        Call const call{now_, outcome == Outcome::failure, slow};
        all_.push_back(call);
        calls_.push_back(call);
        ++statistics_.calls;
        statistics_.failures += call.failed;
        statistics_.slow_calls += call.slow;

        bool const failed_or_slow = call.failed || call.slow;
        if (state_ == CircuitState::closed) {
            if (failed_or_slow && is_too_much()) open_after_calls();
        } else if (failed_or_slow) {
            open_after_calls();
        } else if (std::ssize(calls_) == options_.success_threshold) {
            enter(CircuitState::closed);
        }
    }

    void open() {
        opened_manually_ = true;
        if (state_ == CircuitState::open) return;
        ++statistics_.openings;
        enter(CircuitState::open);
    }
    void close() {
        consecutive_openings_ = 0;
        calls_.clear();
        if (state_ != CircuitState::closed) enter(CircuitState::closed);
    }
    void reset() {
        close();
        all_.clear();
        statistics_ = {};
    }

private:
    struct Permit {
        int phase;
        TimePoint began;
    };
    struct Call {
        TimePoint ended;
        bool failed;
        bool slow;
    };
    using Calls = std::vector<Call>;

    static double share(Calls const& calls, bool Call::* what) {
        if (calls.empty()) return 0;
        return static_cast<double>(std::ranges::count(calls, true, what)) / static_cast<double>(calls.size());
    }

    std::ptrdiff_t trials_in_flight() const { return std::ranges::count(permits_, phase_, &Permit::phase); }

    bool has_window() const { return options_.window_size > 0 || options_.window_duration > Duration::zero(); }
    /// Returns only calls of the closed state, as each closed state starts a new window.
    Calls in_window() const {
        Calls window;
        if (state_ != CircuitState::closed) return window;
        auto const slice = std::max(Duration{1}, options_.window_duration / 10);
        for (auto call = calls_.begin(); call != calls_.end(); ++call) {
            bool const in = options_.window_size > 0
                                ? calls_.end() - call <= options_.window_size
                                : now_.time_since_epoch() / slice - call->ended.time_since_epoch() / slice < 10;
            if (in) window.push_back(*call);
        }
        return window;
    }

    bool is_too_much() const {
        if (!has_window()) {
            auto const success = std::ranges::find(calls_.rbegin(), calls_.rend(), false, &Call::failed);
            return success - calls_.rbegin() >= options_.failure_threshold;
        }
        auto const window = in_window();
        bool const rates_count = std::ssize(window) >= options_.minimum_calls;
        if (auto const limit = options_.slow_call_rate_threshold; limit && rates_count) {
            if (share(window, &Call::slow) >= *limit) return true;
        }
        if (auto const limit = options_.failure_rate_threshold) {
            return rates_count && share(window, &Call::failed) >= *limit;
        }
        return std::ranges::count(window, true, &Call::failed) >= options_.failure_threshold;
    }

    void open_after_calls() {
        bool const had_recovered = state_ == CircuitState::closed && now_ - entered_ >= timeout_;
        if (had_recovered) consecutive_openings_ = 0;
        ++consecutive_openings_;
        timeout_ = options_.recovery_timeout;
        if (auto strategy = options_.recovery_strategy) timeout_ = strategy->get_delay(consecutive_openings_);
        opened_manually_ = false;
        tried_at_ = now_ + timeout_;
        ++statistics_.openings;
        enter(CircuitState::open);
    }
    void enter(CircuitState state) {
        state_ = state;
        ++phase_;
        entered_ = now_;
        calls_.clear();
    }

    AdvancedCircuitBreakerOptions options_;
    CircuitState state_ = CircuitState::closed;
    int phase_ = 0;                // changes with each transition
    Calls calls_;                  // counted in this phase, in order of completion
    Calls all_;                    // since the last reset
    std::vector<Permit> permits_;  // in flight
    TimePoint now_ = {};
    TimePoint entered_ = {};  // when the state was entered
    TimePoint tried_at_ = {};
    Duration timeout_ = Duration::zero();  // of the last opening by calls
    int consecutive_openings_ = 0;
    bool opened_manually_ = false;
    CircuitBreakerStatistics statistics_;
};

}  // namespace zenoo_rpc::tests

#endif  // ZENOO_RPC_TESTS_BREAKER_CIRCUIT_MODEL_HPP
