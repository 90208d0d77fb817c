// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_BREAKER_CIRCUIT_BREAKER_HPP
#define ZENOO_RPC_BREAKER_CIRCUIT_BREAKER_HPP

#include <zenoo_rpc/breaker/circuit_breaker_open_error.hpp>
#include <zenoo_rpc/breaker/circuit_breaker_options.hpp>
#include <zenoo_rpc/breaker/circuit_breaker_statistics.hpp>
#include <zenoo_rpc/breaker/detail/call_outcome.hpp>
#include <zenoo_rpc/breaker/detail/circuit_counters.hpp>
#include <zenoo_rpc/breaker/detail/circuit_phase.hpp>
#include <zenoo_rpc/breaker/detail/opening_rule.hpp>
#include <zenoo_rpc/breaker/detail/recovery_timeouts.hpp>
#include <zenoo_rpc/breaker/detail/transition_log.hpp>
#include <zenoo_rpc/breaker/detail/wait_queue.hpp>
#include <zenoo_rpc/core/clock.hpp>
#include <zenoo_rpc/core/detail/config.hpp>

#include <atomic>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

namespace zenoo_rpc {

namespace detail {
struct CircuitBreakerQueue;
}

/// Stops calls to a service that keeps failing, and detects when the service has recovered.
///
/// Every call acquires a `Permit` and settles it. An outcome belongs to the state in which the call was admitted: one
/// that arrives after the next transition changes nothing.
///
/// Threads: safe to share; while calls succeed they only read shared memory. It must outlive its permits.
class CircuitBreaker {
public:
    class Permit;

    /// Throws `std::invalid_argument` that names the invalid member of `options`.
    explicit CircuitBreaker(CircuitBreakerOptions const& options = {}, std::string name = "circuit breaker")
        : CircuitBreaker{detail::checked(options), {.failures = options.failure_threshold}, {}, std::move(name)} {}
    CircuitBreaker(CircuitBreaker const&) = delete;
    CircuitBreaker& operator=(CircuitBreaker const&) = delete;
    virtual ~CircuitBreaker() = default;

    /// Returns a permit for one call, or nothing while the circuit rejects calls. `clock` must outlive the permit.
    [[nodiscard]] std::optional<Permit> try_acquire(TimeSource const& clock);
    /// Returns a permit for one call if the circuit is closed and needs no clock, otherwise nothing.
    [[nodiscard]] std::optional<Permit> try_acquire_closed();

    CircuitState state() const noexcept { return phase_.load(std::memory_order_acquire).state(); }
    bool is_closed() const { return state() == CircuitState::closed; }
    bool is_open() const { return state() == CircuitState::open; }
    bool is_half_open() const { return state() == CircuitState::half_open; }
    std::string const& name() const noexcept { return name_; }
    CircuitBreakerOptions const& options() const noexcept { return options_; }

    /// Returns the time until the next call is admitted as a trial; zero if that is now, `Duration::max()` after
    /// `open()`.
    ZENOO_RPC_DECL Duration retry_after() const;
    /// Returns the error for a rejected call and counts the rejection; `last` is the failure of the previous attempt,
    /// if any.
    ZENOO_RPC_DECL CircuitBreakerOpenError refusal(Failure const& last = {});
    /// Returns the failure that opened the circuit, or the last one that counted since; empty if it was opened by
    /// `open()` or only by slow calls.
    ZENOO_RPC_DECL Failure last_failure() const;
    /// Returns a snapshot, consistent except for calls that other threads are settling.
    ZENOO_RPC_DECL CircuitBreakerStatistics statistics() const;

    /// Rejects all calls until `close()` or `reset()`.
    ZENOO_RPC_DECL void open();
    /// Lets calls pass and forgets the failures counted so far.
    ZENOO_RPC_DECL void close();
    /// Lets calls pass, forgets the failures counted so far and resets the statistics.
    ZENOO_RPC_DECL void reset();

    /// Calls `observer` with every transition, in order, until the returned handle is destroyed.
    [[nodiscard]] std::shared_ptr<void const> observe(AnyObserver observer) {
        return transitions_.observe(std::move(observer));
    }

protected:
    CircuitBreaker(CircuitBreakerOptions options, detail::OpeningThresholds const& thresholds,
                   std::optional<AnyStrategy> recovery, std::string name)
        : options_{std::move(options)},
          name_{std::move(name)},
          rule_{thresholds},
          timeouts_{options_.recovery_timeout, std::move(recovery)} {}

private:
    friend struct detail::CircuitBreakerQueue;
    using Phase = detail::CircuitPhase;
    using Outcome = detail::CallOutcome;

    std::optional<Permit> admit(TimeSource const& clock, Phase phase);
    [[gnu::noinline]] ZENOO_RPC_DECL std::optional<Permit> admit_trial(TimeSource const& clock);
    bool takes_success(Phase phase) noexcept;
    ZENOO_RPC_DECL bool takes_at_once(Phase phase, Outcome outcome, TimeSource const& clock) noexcept;
    ZENOO_RPC_DECL void conclude(Phase phase, Outcome outcome, Failure const& failure, TimeSource const& clock);

    // These require the lock.
    TimeSource const& clock() const { return clock_ ? *clock_ : steady_time(); }
    ZENOO_RPC_DECL Duration time_to_trial() const;
    bool has_place_for_trial() const {
        return state() == CircuitState::half_open && trials_ < options_.half_open_max_calls;
    }
    ZENOO_RPC_DECL void begin_anew();
    ZENOO_RPC_DECL void enter(CircuitState next, RetryEventType event, TimePoint now, Failure const& why = {});
    ZENOO_RPC_DECL void open_after(Failure const& why, TimeSource const& clock);
    ZENOO_RPC_DECL void open_until(TimePoint time, TimePoint now, Failure const& why);
    ZENOO_RPC_DECL void wake_all(std::unique_lock<std::mutex>& lock);

    CircuitBreakerOptions const options_;
    std::string const name_;
    std::atomic<Phase> phase_;          // changes under the lock
    mutable detail::OpeningRule rule_;  // reading it drops calls that have left the window
    detail::CircuitCounters counters_;
    mutable std::mutex mutex_;
    int successes_ = 0;  // of trials
    int trials_ = 0;     // in flight
    TimePoint opens_again_ = TimePoint::max();
    std::optional<TimePoint> entered_;  // time of the last transition
    detail::RecoveryTimeouts timeouts_;
    Failure last_failure_;
    std::shared_ptr<TimeSource const> clock_;  // of the last failed or slow call
    detail::WaitQueue queue_;
    detail::TransitionLog transitions_;
};

/// Permission to make one call. If it is destroyed unsettled, as on cancellation, the call does not count and its place
/// is free again.
class CircuitBreaker::Permit {
public:
    Permit(Permit&& other) noexcept
        : breaker_{std::exchange(other.breaker_, nullptr)},
          clock_{other.clock_},
          phase_{other.phase_},
          began_{other.began_} {}
    Permit& operator=(Permit&&) = delete;
    ~Permit() {
        if (breaker_) [[unlikely]]
            settle_with(Outcome::ignored);
    }

    /// Reports that the call succeeded.
    void settle() {
        if (!breaker_) return;
        if (breaker_->takes_success(phase_)) [[likely]] {
            given_back();
        } else {
            settle_success();
        }
    }
    /// Reports that the call failed.
    ZENOO_RPC_DECL void settle(Failure const& failure);
    /// Reports that the call failed, with the clock that a permit of `try_acquire_closed` lacks.
    void settle(Failure const& failure, TimeSource const& clock) {
        clock_ = &clock;
        settle(failure);
    }

private:
    friend class CircuitBreaker;
    Permit(CircuitBreaker& breaker, TimeSource const& clock, Phase phase, TimePoint began)
        : breaker_{&breaker}, clock_{&clock}, phase_{phase}, began_{began} {}

    bool was_slow() const {
        return breaker_->rule_.watches_durations() && breaker_->rule_.is_slow(clock_->now() - began_);
    }
    [[gnu::noinline]] ZENOO_RPC_DECL void settle_success();
    [[gnu::noinline]] ZENOO_RPC_DECL void settle_with(Outcome outcome);
    [[gnu::noinline]] CircuitBreaker& given_back() noexcept { return *std::exchange(breaker_, nullptr); }

    CircuitBreaker* breaker_;
    TimeSource const* clock_;
    Phase phase_;
    TimePoint began_;  // known if durations are watched
};

inline std::optional<CircuitBreaker::Permit> CircuitBreaker::admit(TimeSource const& clock, Phase phase) {
    return Permit{*this, clock, phase, rule_.watches_durations() ? clock.now() : TimePoint{}};
}

inline std::optional<CircuitBreaker::Permit> CircuitBreaker::try_acquire_closed() {
    auto const phase = phase_.load(std::memory_order_acquire);
    if (phase.state() != CircuitState::closed || rule_.needs_clock()) return std::nullopt;
    return admit(steady_time(), phase);
}

inline std::optional<CircuitBreaker::Permit> CircuitBreaker::try_acquire(TimeSource const& clock) {
    auto const phase = phase_.load(std::memory_order_acquire);
    if (phase.state() == CircuitState::closed) [[likely]] {
        return admit(clock, phase);
    }
    return admit_trial(clock);
}

/// Counts a success that changes nothing else, without lock or clock. Returns false if more is to be done.
inline bool CircuitBreaker::takes_success(Phase phase) noexcept {
    bool const counts = phase_.load(std::memory_order_acquire) == phase && phase.state() == CircuitState::closed;
    if (!counts || rule_.needs_clock() || rule_.has_consecutive_failures()) return false;
    counters_.count_success();
    return true;
}

}  // namespace zenoo_rpc

#ifdef ZENOO_RPC_HEADER_ONLY
#include <zenoo_rpc/breaker/detail/impl/circuit_breaker.ipp>
#endif

#endif  // ZENOO_RPC_BREAKER_CIRCUIT_BREAKER_HPP
