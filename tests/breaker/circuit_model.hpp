// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_TESTS_BREAKER_CIRCUIT_MODEL_HPP
#define ZENOO_RPC_TESTS_BREAKER_CIRCUIT_MODEL_HPP

#include <zenoo_rpc/breaker/circuit_breaker_options.hpp>

#include <algorithm>
#include <cstddef>
#include <ranges>
#include <utility>
#include <vector>

namespace zenoo_rpc::tests {

/// How a call came out, as a breaker sees it.
enum class Ending { success, failure, unexpected, cancelled, dropped };

/// What a circuit breaker has to do, said as simply as it can be: it forgets nothing, and counts anew each time.
class CircuitModel {
public:
    struct Permit {
        int phase;
    };

    explicit CircuitModel(CircuitBreakerOptions options) : options_{std::move(options)} {}

    CircuitState state() const { return state_; }
    std::size_t permits() const { return permits_.size(); }
    Duration retry_after() const {
        if (state_ != CircuitState::open) return Duration::zero();
        return by_hand_ ? Duration::max() : std::max(Duration::zero(), tried_at_ - now_);
    }

    void pass(Duration time) { now_ += time; }

    void ask() {
        if (state_ == CircuitState::open && !by_hand_ && now_ >= tried_at_) enter(CircuitState::half_open);
        bool const may = state_ == CircuitState::closed
                         || (state_ == CircuitState::half_open && trials_in_flight() < options_.half_open_max_calls);
        if (may) permits_.push_back({phase_});
    }

    void settle(std::size_t which, Ending ending) {
        auto const permit = permits_[which];
        permits_.erase(permits_.begin() + static_cast<std::ptrdiff_t>(which));
        if (permit.phase != phase_) return;
        if (ending != Ending::success && ending != Ending::failure) return;

        calls_.push_back({ending == Ending::failure});
        if (state_ == CircuitState::closed) {
            if (calls_.back().failed && fails_too_often()) open_for(options_.recovery_timeout);
        } else if (calls_.back().failed) {
            open_for(options_.recovery_timeout);
        } else if (std::ssize(calls_) == options_.success_threshold) {
            enter(CircuitState::closed);
        }
    }

    void open() {
        by_hand_ = true;
        if (state_ != CircuitState::open) enter(CircuitState::open);
    }
    void close() {
        calls_.clear();
        if (state_ != CircuitState::closed) enter(CircuitState::closed);
    }

private:
    struct Call {
        bool failed;
    };

    std::ptrdiff_t trials_in_flight() const {
        return std::ranges::count_if(permits_, [&](Permit permit) { return permit.phase == phase_; });
    }

    bool fails_too_often() const {
        auto const last = calls_ | std::views::reverse | std::views::take(options_.failure_threshold);
        return std::ssize(calls_) >= options_.failure_threshold && std::ranges::all_of(last, &Call::failed);
    }

    void open_for(Duration timeout) {
        by_hand_ = false;
        tried_at_ = now_ + timeout;
        enter(CircuitState::open);
    }
    void enter(CircuitState state) {
        state_ = state;
        ++phase_;
        calls_.clear();
    }

    CircuitBreakerOptions options_;
    CircuitState state_ = CircuitState::closed;
    int phase_ = 0;                // another one with each transition
    std::vector<Call> calls_;      // that gave a verdict in this phase, the last one last
    std::vector<Permit> permits_;  // in flight
    TimePoint now_ = {};
    TimePoint tried_at_ = {};
    bool by_hand_ = false;
};

}  // namespace zenoo_rpc::tests

#endif  // ZENOO_RPC_TESTS_BREAKER_CIRCUIT_MODEL_HPP
