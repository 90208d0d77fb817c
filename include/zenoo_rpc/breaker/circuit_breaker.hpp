// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_BREAKER_CIRCUIT_BREAKER_HPP
#define ZENOO_RPC_BREAKER_CIRCUIT_BREAKER_HPP

#include <zenoo_rpc/breaker/circuit_phase.hpp>
#include <zenoo_rpc/breaker/service_failure.hpp>
#include <zenoo_rpc/breaker/transition_log.hpp>
#include <zenoo_rpc/breaker/waiting_line.hpp>
#include <zenoo_rpc/core/clock.hpp>

#include <atomic>
#include <cassert>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

namespace zenoo_rpc {

/// Stops calling a service that keeps failing, and finds out when it is well again.
///
/// Every call asks for a `Permit` and settles it. A verdict belongs to the state it was admitted in: one that
/// comes after the next transition changes nothing.
///
/// Threads: safe to share; while all goes well, calls only read what they share. It must outlive its permits.
class CircuitBreaker {
public:
    class Permit;

    using Waiter = detail::WaitingLine::Waiter;

    /// Throws `std::invalid_argument` that names what is unusable in `options`.
    explicit CircuitBreaker(CircuitBreakerOptions options = {}, std::string name = "circuit breaker")
        : options_{std::move(options)}, name_{std::move(name)} {
        options_.check();
    }
    CircuitBreaker(CircuitBreaker const&) = delete;
    CircuitBreaker& operator=(CircuitBreaker const&) = delete;
    ~CircuitBreaker() { assert(permits_ == 0 && "a circuit breaker must outlive its permits"); }

    /// Leave to make one call, or nothing while the circuit refuses calls. `clock` must outlive the permit.
    [[nodiscard]] std::optional<Permit> try_acquire(TimeSource const& clock);
    /// The same where there is no clock at hand: nothing unless the circuit is closed.
    [[nodiscard]] std::optional<Permit> try_acquire_closed();

    CircuitState state() const noexcept { return phase_.load(std::memory_order_acquire).state(); }
    bool is_closed() const { return state() == CircuitState::closed; }
    bool is_open() const { return state() == CircuitState::open; }
    bool is_half_open() const { return state() == CircuitState::half_open; }
    std::string const& name() const noexcept { return name_; }
    CircuitBreakerOptions const& options() const noexcept { return options_; }

    /// Until the next call is let in as a trial; zero if that is now, `Duration::max()` after `open()`.
    Duration retry_after() const;
    /// What a refused call is told; `last` is the failure of the attempt before, if there was one.
    CircuitBreakerOpenError refusal(Failure const& last = {}) const;

    /// Refuses all calls until `close()` or `reset()`.
    void open();
    /// Lets calls pass and forgets the failures counted so far.
    void close();
    void reset() { close(); }

    /// Tells `observer` of every transition, in order, until the handle is dropped.
    [[nodiscard]] std::shared_ptr<void const> observe(AnyObserver observer) {
        return transitions_.observe(std::move(observer));
    }

    /// Lines up a call that was refused. Gives the time at which it should ask again unless woken before
    /// (`TimePoint::max()`: when woken), or nothing if it should ask again now.
    std::optional<TimePoint> line_up(std::shared_ptr<Waiter> waiter);
    void leave_line(Waiter const& waiter);
    /// For a call that was woken and does not ask again: the turn is the next one's.
    void pass_turn();

private:
    using Phase = detail::CircuitPhase;
    enum class Verdict { neutral, success, failure };

    std::optional<Permit> admit(TimeSource const& clock, Phase phase);
    bool changes_nothing(Phase phase, Verdict verdict) const noexcept;
    void conclude(Phase phase, Verdict verdict, Failure const& failure, TimeSource const* clock);
    void count_permits([[maybe_unused]] int change) noexcept {
#ifndef NDEBUG
        permits_ += change;
#endif
    }
    Duration retry_after_locked() const;

    void enter(CircuitState next, RetryEventType event, Failure const& why = {});
    void open_after(Failure const& why, TimeSource const* clock);
    void open_until(TimePoint time, Failure const& why);
    void wake_all(std::unique_lock<std::mutex>& lock);

    CircuitBreakerOptions const options_;
    std::string const name_;
    std::atomic<Phase> phase_;       // changes under the lock
    std::atomic<int> failures_ = 0;  // consecutive, while closed; changes under the lock
    std::atomic<int> permits_ = 0;   // in flight, of any phase; counted in debug builds
    mutable std::mutex mutex_;
    int successes_ = 0;  // of trials
    int trials_ = 0;     // in flight
    TimePoint opens_again_ = TimePoint::max();
    Failure last_failure_;
    std::shared_ptr<TimeSource const> clock_;  // of the call that opened the circuit
    detail::WaitingLine line_;
    detail::TransitionLog transitions_;
};

/// Leave to make one call. Dropped without a verdict, as on cancellation, it counts for nothing and frees its place.
class CircuitBreaker::Permit {
public:
    Permit(Permit&& other) noexcept
        : breaker_{std::exchange(other.breaker_, nullptr)}, clock_{other.clock_}, phase_{other.phase_} {}
    Permit& operator=(Permit&&) = delete;
    ~Permit() {
        if (breaker_) [[unlikely]]
            settle_with(Verdict::neutral);
    }

    void settle() { settle_with(Verdict::success); }
    void settle(Failure const& failure) {
        if (!breaker_) return;
        if (!detail::counts_against_service(failure, breaker_->options_.expected)) return settle_with(Verdict::neutral);
        auto* const breaker = std::exchange(breaker_, nullptr);
        breaker->conclude(phase_, Verdict::failure, failure, clock_);
    }
    /// For a permit of `try_acquire_closed`, which has only the steady clock otherwise.
    void settle(Failure const& failure, TimeSource const& clock) {
        clock_ = &clock;
        settle(failure);
    }

private:
    friend class CircuitBreaker;
    Permit(CircuitBreaker& breaker, TimeSource const& clock, Phase phase)
        : breaker_{&breaker}, clock_{&clock}, phase_{phase} {}

    void settle_with(Verdict verdict) {
        auto* const breaker = std::exchange(breaker_, nullptr);
        if (!breaker) return;
        if (breaker->changes_nothing(phase_, verdict)) return breaker->count_permits(-1);
        breaker->conclude(phase_, verdict, {}, clock_);
    }

    CircuitBreaker* breaker_;
    TimeSource const* clock_;
    Phase phase_;
};

inline std::optional<CircuitBreaker::Permit> CircuitBreaker::admit(TimeSource const& clock, Phase phase) {
    count_permits(1);
    return Permit{*this, clock, phase};
}

inline std::optional<CircuitBreaker::Permit> CircuitBreaker::try_acquire_closed() {
    auto const phase = phase_.load(std::memory_order_acquire);
    if (phase.state() != CircuitState::closed) return std::nullopt;
    return admit(steady_time(), phase);
}

inline std::optional<CircuitBreaker::Permit> CircuitBreaker::try_acquire(TimeSource const& clock) {
    if (auto const phase = phase_.load(std::memory_order_acquire); phase.state() == CircuitState::closed) {
        return admit(clock, phase);
    }
    std::unique_lock lock{mutex_};
    bool const recovering =
        state() == CircuitState::open && opens_again_ != TimePoint::max() && clock.now() >= opens_again_;
    if (recovering) enter(CircuitState::half_open, RetryEventType::circuit_breaker_half_opened, last_failure_);
    if (state() == CircuitState::open) return std::nullopt;
    if (state() == CircuitState::half_open) {
        if (trials_ >= options_.half_open_max_calls) return std::nullopt;
        ++trials_;
    }
    auto permit = admit(clock, phase_);
    lock.unlock();
    if (recovering) transitions_.deliver(name_);
    return permit;
}

/// True for verdicts that leave the circuit as it is, which need no lock: it has moved on, or all goes well.
inline bool CircuitBreaker::changes_nothing(Phase phase, Verdict verdict) const noexcept {
    if (phase_.load(std::memory_order_acquire) != phase) return true;
    if (phase.state() != CircuitState::closed) return false;
    return verdict == Verdict::neutral || failures_.load(std::memory_order_relaxed) == 0;
}

inline void CircuitBreaker::conclude(Phase phase, Verdict verdict, Failure const& failure, TimeSource const* clock) {
    count_permits(-1);
    std::unique_lock lock{mutex_};
    if (phase != phase_.load()) return;
    if (verdict == Verdict::failure) last_failure_ = failure;

    if (phase.state() == CircuitState::closed) {
        if (verdict == Verdict::success) failures_ = 0;
        if (verdict != Verdict::failure || ++failures_ < options_.failure_threshold) return;
        open_after(failure, clock);
        return wake_all(lock);
    }
    --trials_;
    switch (verdict) {
        case Verdict::neutral: return line_.wake_one(lock);
        case Verdict::success:
            if (++successes_ < options_.success_threshold) return line_.wake_one(lock);
            enter(CircuitState::closed, RetryEventType::circuit_breaker_closed);
            return wake_all(lock);
        case Verdict::failure: open_after(failure, clock); return wake_all(lock);
    }
}

inline Duration CircuitBreaker::retry_after_locked() const {
    if (state() != CircuitState::open) return Duration::zero();
    if (opens_again_ == TimePoint::max()) return Duration::max();
    return time_left(clock_ ? clock_->now() : steady_time().now(), opens_again_);
}

inline Duration CircuitBreaker::retry_after() const {
    std::scoped_lock lock{mutex_};
    return retry_after_locked();
}

inline CircuitBreakerOpenError CircuitBreaker::refusal(Failure const& last) const {
    std::scoped_lock lock{mutex_};
    auto text = name_ + (state() == CircuitState::half_open ? " is trying the service with other calls" : " is open");
    if (last_failure_) text += " after: " + last_failure_.what();
    auto const& reason = last ? last : last_failure_;
    CircuitBreakerOpenError error{reason ? reason.code() : Errc::circuit_open, text, ErrorText::as_given};
    error.delivery(last ? last.delivery() : Delivery::not_sent);
    error.retry_after(retry_after_locked());
    error.breaker(name_);
    error.last_failure(last_failure_);
    return error;
}

inline void CircuitBreaker::open() {
    std::unique_lock lock{mutex_};
    opens_again_ = TimePoint::max();
    if (state() == CircuitState::open) return;
    open_until(TimePoint::max(), {});
    wake_all(lock);
}

inline void CircuitBreaker::close() {
    std::unique_lock lock{mutex_};
    failures_ = 0;
    last_failure_ = {};
    if (state() == CircuitState::closed) return;
    enter(CircuitState::closed, RetryEventType::circuit_breaker_closed);
    wake_all(lock);
}

inline std::optional<TimePoint> CircuitBreaker::line_up(std::shared_ptr<Waiter> waiter) {
    std::scoped_lock lock{mutex_};
    if (state() == CircuitState::closed) return std::nullopt;
    if (state() == CircuitState::half_open && trials_ < options_.half_open_max_calls) return std::nullopt;
    line_.join(std::move(waiter));
    return state() == CircuitState::open ? opens_again_ : TimePoint::max();
}

inline void CircuitBreaker::leave_line(Waiter const& waiter) {
    std::scoped_lock lock{mutex_};
    line_.leave(waiter);
}

inline void CircuitBreaker::pass_turn() {
    std::unique_lock lock{mutex_};
    if (state() == CircuitState::half_open && trials_ < options_.half_open_max_calls) line_.wake_one(lock);
}

inline void CircuitBreaker::enter(CircuitState next, RetryEventType event, Failure const& why) {
    failures_ = successes_ = trials_ = 0;
    phase_.store(phase_.load().next(next), std::memory_order_release);
    auto const delay = next == CircuitState::open ? retry_after_locked() : Duration::zero();
    transitions_.record(event, delay, why);
}

inline void CircuitBreaker::open_after(Failure const& why, TimeSource const* clock) {
    clock_ = clock->shared();
    open_until(saturating_add(clock->now(), options_.recovery_timeout), why);
}

inline void CircuitBreaker::open_until(TimePoint time, Failure const& why) {
    opens_again_ = time;
    last_failure_ = why;
    enter(CircuitState::open, RetryEventType::circuit_breaker_opened, why);
}

inline void CircuitBreaker::wake_all(std::unique_lock<std::mutex>& lock) {
    auto const woken = line_.release();
    lock.unlock();
    transitions_.deliver(name_);
    detail::WaitingLine::wake(woken);
}

}  // namespace zenoo_rpc

#endif  // ZENOO_RPC_BREAKER_CIRCUIT_BREAKER_HPP
