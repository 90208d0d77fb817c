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

/// How a call came out, as a breaker sees it.
enum class Ending { success, failure, unexpected, cancelled, dropped };

/// What a circuit breaker has to do, said as simply as it can be: it forgets nothing, and counts anew each time.
class CircuitModel {
public:
    explicit CircuitModel(AdvancedCircuitBreakerOptions options) : options_{std::move(options)} {}

    CircuitState state() const { return state_; }
    std::size_t permits() const { return permits_.size(); }
    Duration retry_after() const {
        if (state_ != CircuitState::open) return Duration::zero();
        return by_hand_ ? Duration::max() : std::max(Duration::zero(), tried_at_ - now_);
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
        if (state_ == CircuitState::open && !by_hand_ && now_ >= tried_at_) enter(CircuitState::half_open);
        bool const may = state_ == CircuitState::closed
                         || (state_ == CircuitState::half_open && trials_in_flight() < options_.half_open_max_calls);
        if (may) {
            permits_.push_back({phase_, now_});
        } else {
            ++statistics_.rejected;
        }
    }

    void settle(std::size_t which, Ending ending) {
        auto const permit = permits_[which];
        permits_.erase(permits_.begin() + static_cast<std::ptrdiff_t>(which));
        if (permit.phase != phase_) {
            ++statistics_.stale;
            return;
        }
        if (ending != Ending::success && ending != Ending::failure) {
            ++statistics_.ignored;
            return;
        }
        bool const slow = options_.slow_call_rate_threshold && now_ - permit.began >= options_.slow_call_duration;
        Call const call{now_, ending == Ending::failure, slow};
        all_.push_back(call);
        calls_.push_back(call);
        ++statistics_.calls;
        statistics_.failures += call.failed;
        statistics_.slow_calls += call.slow;

        bool const bad = call.failed || call.slow;
        if (state_ == CircuitState::closed) {
            if (bad && is_too_much()) open_after_calls();
        } else if (bad) {
            open_after_calls();
        } else if (std::ssize(calls_) == options_.success_threshold) {
            enter(CircuitState::closed);
        }
    }

    void open() {
        by_hand_ = true;
        if (state_ == CircuitState::open) return;
        ++statistics_.openings;
        enter(CircuitState::open);
    }
    void close() {
        openings_in_a_row_ = 0;
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
    /// Nothing but of the closed state: a window begins with it.
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
        if (had_recovered) openings_in_a_row_ = 0;
        ++openings_in_a_row_;
        timeout_ = options_.recovery_timeout;
        if (auto strategy = options_.recovery_strategy) timeout_ = strategy->get_delay(openings_in_a_row_);
        by_hand_ = false;
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
    int phase_ = 0;                // another one with each transition
    Calls calls_;                  // that gave a verdict in this phase, the last one last
    Calls all_;                    // since the last reset
    std::vector<Permit> permits_;  // in flight
    TimePoint now_ = {};
    TimePoint entered_ = {};  // the state
    TimePoint tried_at_ = {};
    Duration timeout_ = Duration::zero();  // of the last opening by calls
    int openings_in_a_row_ = 0;
    bool by_hand_ = false;
    CircuitBreakerStatistics statistics_;
};

}  // namespace zenoo_rpc::tests

#endif  // ZENOO_RPC_TESTS_BREAKER_CIRCUIT_MODEL_HPP
