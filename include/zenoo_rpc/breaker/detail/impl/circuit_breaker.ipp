// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_BREAKER_DETAIL_IMPL_CIRCUIT_BREAKER_IPP
#define ZENOO_RPC_BREAKER_DETAIL_IMPL_CIRCUIT_BREAKER_IPP

// Transitions of a circuit breaker, and the handling of calls in each state.

#include <zenoo_rpc/breaker/circuit_breaker.hpp>
#include <zenoo_rpc/breaker/detail/service_failure.hpp>

#include <algorithm>

namespace zenoo_rpc {

void CircuitBreaker::Permit::settle(Failure const& failure) {
    if (!breaker_) return;
    if (!detail::counts_against_service(failure, breaker_->options_.expected)) return settle_with(Outcome::ignored);
    auto const outcome = was_slow() ? Outcome::slow_failure : Outcome::failure;
    given_back().conclude(phase_, outcome, failure, *clock_);
}

void CircuitBreaker::Permit::settle_success() { settle_with(was_slow() ? Outcome::slow_success : Outcome::success); }

void CircuitBreaker::Permit::settle_with(Outcome outcome) {
    auto& breaker = given_back();
    if (!breaker.takes_at_once(phase_, outcome, *clock_)) breaker.conclude(phase_, outcome, {}, *clock_);
}

/// Admits a trial, or any call if the circuit has closed in the meantime.
std::optional<CircuitBreaker::Permit> CircuitBreaker::admit_trial(TimeSource const& clock) {
    std::unique_lock lock{mutex_};
    bool recovering = false;
    if (state() == CircuitState::open && opens_again_ != TimePoint::max()) {
        auto const now = clock.now();
        recovering = now >= opens_again_;
        if (recovering) enter(CircuitState::half_open, RetryEventType::circuit_breaker_half_opened, now, last_failure_);
    }
    if (state() != CircuitState::closed) {
        if (!has_place_for_trial()) return std::nullopt;
        ++trials_;
    }
    auto permit = admit(clock, phase_);
    lock.unlock();
    if (recovering) transitions_.deliver(name_);
    return permit;
}

/// Counts an outcome that does not change the circuit, without the lock. Returns false if the lock is needed.
bool CircuitBreaker::takes_at_once(Phase phase, Outcome outcome, TimeSource const& clock) noexcept {
    if (phase_.load(std::memory_order_acquire) != phase) {
        counters_.count_stale();
        return true;
    }
    if (phase.state() != CircuitState::closed || detail::is_failed_or_slow(outcome)) return false;
    if (outcome == Outcome::ignored) {
        counters_.count_ignored();
        return true;
    }
    if (rule_.has_consecutive_failures()) return false;
    counters_.count_success();
    rule_.add_success(clock);
    return true;
}

void CircuitBreaker::conclude(Phase phase, Outcome outcome, Failure const& failure, TimeSource const& clock) {
    std::unique_lock lock{mutex_};
    if (phase != phase_.load()) return counters_.count_stale();
    switch (outcome) {
        case Outcome::ignored: counters_.count_ignored(); break;
        case Outcome::success: counters_.count_success(); break;
        default: counters_.count_failure(outcome); break;
    }
    if (detail::is_failed(outcome)) last_failure_ = failure;
    if (detail::is_failed_or_slow(outcome)) clock_ = clock.shared();

    if (phase.state() == CircuitState::closed) {
        if (!detail::is_failed_or_slow(outcome)) return rule_.clear_consecutive_failures();
        if (!rule_.add_failure(outcome, counters_.successes(), clock)) return;
        open_after(failure, clock);
        return wake_all(lock);
    }
    --trials_;
    if (detail::is_failed_or_slow(outcome)) {
        open_after(failure, clock);
        return wake_all(lock);
    }
    if (outcome == Outcome::success && ++successes_ == options_.success_threshold) {
        enter(CircuitState::closed, RetryEventType::circuit_breaker_closed, clock.now());
        return wake_all(lock);
    }
    queue_.wake_next(lock);
}

Duration CircuitBreaker::time_to_trial() const {
    if (state() != CircuitState::open) return Duration::zero();
    if (opens_again_ == TimePoint::max()) return Duration::max();
    return time_left(clock().now(), opens_again_);
}

Duration CircuitBreaker::retry_after() const {
    std::scoped_lock lock{mutex_};
    return time_to_trial();
}

CircuitBreakerOpenError CircuitBreaker::refusal(Failure const& last) {
    std::scoped_lock lock{mutex_};
    counters_.count_rejection();
    auto text =
        name_ + (state() == CircuitState::half_open ? " is half-open and admits no more trial calls" : " is open");
    if (last_failure_) text += "; last failure: " + last_failure_.what();
    auto const& reason = last ? last : last_failure_;
    CircuitBreakerOpenError error{reason ? reason.code() : Errc::circuit_open, text, ErrorText::as_given};
    error.delivery(last ? last.delivery() : Delivery::not_sent);
    error.retry_after(time_to_trial());
    error.breaker(name_);
    error.last_failure(last_failure_);
    return error;
}

Failure CircuitBreaker::last_failure() const {
    std::scoped_lock lock{mutex_};
    return last_failure_;
}

CircuitBreakerStatistics CircuitBreaker::statistics() const {
    std::scoped_lock lock{mutex_};
    auto statistics = counters_.statistics();
    statistics.state = state();
    if (entered_) statistics.time_in_state = std::max(Duration::zero(), clock().now() - *entered_);
    auto const rated = rule_.in_window(counters_.successes(), clock()).value_or(counters_.calls());
    statistics.failure_rate = rated.failure_rate();
    statistics.slow_call_rate = rated.slow_call_rate();
    return statistics;
}

void CircuitBreaker::open() {
    std::unique_lock lock{mutex_};
    opens_again_ = TimePoint::max();
    if (state() == CircuitState::open) return;
    open_until(TimePoint::max(), clock().now(), {});
    wake_all(lock);
}

void CircuitBreaker::close() {
    std::unique_lock lock{mutex_};
    begin_anew();
    wake_all(lock);
}

void CircuitBreaker::reset() {
    std::unique_lock lock{mutex_};
    begin_anew();
    counters_.reset();
    wake_all(lock);
}

void CircuitBreaker::begin_anew() {
    last_failure_ = {};
    timeouts_.restart();
    if (state() == CircuitState::closed) return rule_.clear(counters_.successes());
    enter(CircuitState::closed, RetryEventType::circuit_breaker_closed, clock().now());
}

void CircuitBreaker::enter(CircuitState next, RetryEventType event, TimePoint now, Failure const& why) {
    successes_ = trials_ = 0;
    rule_.clear(counters_.successes());
    entered_ = now;
    phase_.store(phase_.load().next(next), std::memory_order_release);
    transitions_.record(event, time_to_trial(), why);
}

void CircuitBreaker::open_after(Failure const& why, TimeSource const& clock) {
    auto const now = clock.now();
    std::optional<Duration> recovered;
    if (state() == CircuitState::closed && entered_) recovered = now - *entered_;
    open_until(saturating_add(now, timeouts_.next(recovered)), now, why);
}

void CircuitBreaker::open_until(TimePoint time, TimePoint now, Failure const& why) {
    opens_again_ = time;
    last_failure_ = why;
    counters_.count_opening();
    enter(CircuitState::open, RetryEventType::circuit_breaker_opened, now, why);
}

void CircuitBreaker::wake_all(std::unique_lock<std::mutex>& lock) {
    auto const woken = queue_.release();
    lock.unlock();
    transitions_.deliver(name_);
    detail::WaitQueue::wake(woken);
}

}  // namespace zenoo_rpc

#endif  // ZENOO_RPC_BREAKER_DETAIL_IMPL_CIRCUIT_BREAKER_IPP
