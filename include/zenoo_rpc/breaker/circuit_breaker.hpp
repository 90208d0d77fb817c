// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_BREAKER_CIRCUIT_BREAKER_HPP
#define ZENOO_RPC_BREAKER_CIRCUIT_BREAKER_HPP

#include <zenoo_rpc/breaker/circuit_breaker_options.hpp>
#include <zenoo_rpc/breaker/transition_log.hpp>
#include <zenoo_rpc/core/clock.hpp>

#include <cassert>
#include <cstdint>
#include <deque>
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
/// Threads: safe to share. It must outlive its permits.
class CircuitBreaker {
public:
    class Permit;

    /// One that waits for its turn. Woken once, outside any lock; false if it does not wait any more.
    class Waiter {
    public:
        virtual bool wake() noexcept = 0;

    protected:
        ~Waiter() = default;
    };

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

    CircuitState state() const {
        std::scoped_lock lock{mutex_};
        return state_;
    }
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
    enum class Verdict { neutral, success, failure };

    void conclude(std::uint64_t generation, Verdict verdict, Failure const& failure, TimeSource const* clock);
    bool counts(Failure const& failure) const;
    Duration retry_after_locked() const;

    void enter(CircuitState next, RetryEventType event, Failure const& why = {});
    void open_until(TimePoint time, Failure const& why);
    void wake_all(std::unique_lock<std::mutex>& lock);
    void wake_one(std::unique_lock<std::mutex>& lock);

    CircuitBreakerOptions const options_;
    std::string const name_;
    mutable std::mutex mutex_;
    CircuitState state_ = CircuitState::closed;
    std::uint64_t generation_ = 0;
    int failures_ = 0;   // consecutive, while closed
    int successes_ = 0;  // of trials
    int trials_ = 0;     // in flight
    int permits_ = 0;    // in flight, of any generation
    TimePoint opens_again_ = TimePoint::max();
    Failure last_failure_;
    std::shared_ptr<TimeSource const> clock_;  // of the call that opened the circuit
    std::deque<std::shared_ptr<Waiter>> line_;
    detail::TransitionLog transitions_;
};

/// Leave to make one call. Dropped without a verdict, as on cancellation, it counts for nothing and frees its place.
class CircuitBreaker::Permit {
public:
    Permit(Permit&& other) noexcept
        : breaker_{std::exchange(other.breaker_, nullptr)}, clock_{other.clock_}, generation_{other.generation_} {}
    Permit& operator=(Permit&&) = delete;
    ~Permit() { conclude(Verdict::neutral, {}); }

    void settle() { conclude(Verdict::success, {}); }
    void settle(Failure const& failure) {
        if (!breaker_) return;
        conclude(breaker_->counts(failure) ? Verdict::failure : Verdict::neutral, failure);
    }

private:
    friend class CircuitBreaker;
    Permit(CircuitBreaker& breaker, TimeSource const& clock, std::uint64_t generation)
        : breaker_{&breaker}, clock_{&clock}, generation_{generation} {}

    void conclude(Verdict verdict, Failure const& failure) {
        if (auto* breaker = std::exchange(breaker_, nullptr)) breaker->conclude(generation_, verdict, failure, clock_);
    }

    CircuitBreaker* breaker_;
    TimeSource const* clock_;
    std::uint64_t generation_;
};

inline std::optional<CircuitBreaker::Permit> CircuitBreaker::try_acquire(TimeSource const& clock) {
    std::unique_lock lock{mutex_};
    bool const recovering =
        state_ == CircuitState::open && opens_again_ != TimePoint::max() && clock.now() >= opens_again_;
    if (recovering) enter(CircuitState::half_open, RetryEventType::circuit_breaker_half_opened, last_failure_);
    if (state_ == CircuitState::open) return std::nullopt;
    if (state_ == CircuitState::half_open) {
        if (trials_ >= options_.half_open_max_calls) return std::nullopt;
        ++trials_;
    }
    ++permits_;
    std::optional<Permit> permit{Permit{*this, clock, generation_}};
    lock.unlock();
    if (recovering) transitions_.deliver(name_);
    return permit;
}

inline void CircuitBreaker::conclude(std::uint64_t generation, Verdict verdict, Failure const& failure,
                                     TimeSource const* clock) {
    std::unique_lock lock{mutex_};
    --permits_;
    if (generation != generation_) return;
    if (verdict == Verdict::failure) last_failure_ = failure;

    if (state_ == CircuitState::closed) {
        if (verdict == Verdict::success) failures_ = 0;
        if (verdict != Verdict::failure || ++failures_ < options_.failure_threshold) return;
        clock_ = clock->shared();
        open_until(saturating_add(clock->now(), options_.recovery_timeout), failure);
        return wake_all(lock);
    }
    --trials_;
    switch (verdict) {
        case Verdict::neutral: return wake_one(lock);
        case Verdict::success:
            if (++successes_ < options_.success_threshold) return wake_one(lock);
            enter(CircuitState::closed, RetryEventType::circuit_breaker_closed);
            return wake_all(lock);
        case Verdict::failure:
            clock_ = clock->shared();
            open_until(saturating_add(clock->now(), options_.recovery_timeout), failure);
            return wake_all(lock);
    }
}

/// What ended an execution, or left its outcome unknown, is judged by its cause.
inline bool CircuitBreaker::counts(Failure const& failure) const {
    if (failure.cancelled()) return false;
    if (failure.is<CircuitBreakerOpenError>()) return options_.expected(failure);
    bool const wraps =
        failure.is<OutcomeUnknownError>() || failure.is<RetryExhaustedError>() || failure.is<RetryTimeoutError>();
    if (!wraps) return options_.expected(failure);
    if (auto const cause = failure.cause()) return counts(cause);
    bool const first_attempt_cut_off = failure.code() == Errc::retry_timeout;
    return options_.expected(first_attempt_cut_off ? Failure{Errc::timed_out} : Failure{failure.code()});
}

inline Duration CircuitBreaker::retry_after_locked() const {
    if (state_ != CircuitState::open) return Duration::zero();
    if (opens_again_ == TimePoint::max()) return Duration::max();
    return time_left(clock_ ? clock_->now() : Clock::now(), opens_again_);
}

inline Duration CircuitBreaker::retry_after() const {
    std::scoped_lock lock{mutex_};
    return retry_after_locked();
}

inline CircuitBreakerOpenError CircuitBreaker::refusal(Failure const& last) const {
    std::scoped_lock lock{mutex_};
    auto text = name_ + (state_ == CircuitState::half_open ? " is trying the service with other calls" : " is open");
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
    if (state_ == CircuitState::open) return;
    open_until(TimePoint::max(), {});
    wake_all(lock);
}

inline void CircuitBreaker::close() {
    std::unique_lock lock{mutex_};
    failures_ = 0;
    last_failure_ = {};
    if (state_ == CircuitState::closed) return;
    enter(CircuitState::closed, RetryEventType::circuit_breaker_closed);
    wake_all(lock);
}

inline std::optional<TimePoint> CircuitBreaker::line_up(std::shared_ptr<Waiter> waiter) {
    std::scoped_lock lock{mutex_};
    if (state_ == CircuitState::closed) return std::nullopt;
    if (state_ == CircuitState::half_open && trials_ < options_.half_open_max_calls) return std::nullopt;
    line_.push_back(std::move(waiter));
    return state_ == CircuitState::open ? opens_again_ : TimePoint::max();
}

inline void CircuitBreaker::leave_line(Waiter const& waiter) {
    std::scoped_lock lock{mutex_};
    std::erase_if(line_, [&](auto const& one) { return one.get() == &waiter; });
}

inline void CircuitBreaker::pass_turn() {
    std::unique_lock lock{mutex_};
    if (state_ == CircuitState::half_open && trials_ < options_.half_open_max_calls) wake_one(lock);
}

inline void CircuitBreaker::enter(CircuitState next, RetryEventType event, Failure const& why) {
    state_ = next;
    ++generation_;
    failures_ = successes_ = trials_ = 0;
    auto const delay = next == CircuitState::open ? retry_after_locked() : Duration::zero();
    transitions_.record(event, delay, why);
}

inline void CircuitBreaker::open_until(TimePoint time, Failure const& why) {
    opens_again_ = time;
    last_failure_ = why;
    enter(CircuitState::open, RetryEventType::circuit_breaker_opened, why);
}

inline void CircuitBreaker::wake_all(std::unique_lock<std::mutex>& lock) {
    auto const woken = std::exchange(line_, {});
    lock.unlock();
    transitions_.deliver(name_);
    for (auto const& waiter : woken) waiter->wake();
}

inline void CircuitBreaker::wake_one(std::unique_lock<std::mutex>& lock) {
    for (bool accepted = false; !accepted && !line_.empty();) {
        auto const next = std::move(line_.front());
        line_.pop_front();
        lock.unlock();
        accepted = next->wake();
        lock.lock();
    }
}

}  // namespace zenoo_rpc

#endif  // ZENOO_RPC_BREAKER_CIRCUIT_BREAKER_HPP
