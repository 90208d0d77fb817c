// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_CORE_CLOCK_HPP
#define ZENOO_RPC_CORE_CLOCK_HPP

#include <chrono>
#include <ctime>
#include <limits>
#include <memory>

namespace zenoo_rpc {

using Clock = std::chrono::steady_clock;
using Duration = Clock::duration;
using TimePoint = Clock::time_point;

/// A limit that is never reached.
inline constexpr Duration unlimited = Duration::max();

/// Where the time is read. Passed instead of a time, so that nobody reads a clock in vain.
class TimeSource {
public:
    virtual TimePoint now() const = 0;
    /// The same clock, cheaper to read, and up to some milliseconds behind.
    virtual TimePoint coarse_now() const { return now(); }
    /// The same clock, to be kept beyond this call; null if it can't be.
    virtual std::shared_ptr<TimeSource const> shared() const { return nullptr; }

protected:
    TimeSource() = default;
    TimeSource(TimeSource const&) = default;
    TimeSource& operator=(TimeSource const&) = default;
    ~TimeSource() = default;
};

/// The steady clock as of the last tick of the system, where the system tells.
inline TimePoint coarse_steady_now() noexcept {
#ifdef CLOCK_MONOTONIC_COARSE
    std::timespec time{};
    if (clock_gettime(CLOCK_MONOTONIC_COARSE, &time) == 0) {
        return TimePoint{std::chrono::seconds{time.tv_sec} + std::chrono::nanoseconds{time.tv_nsec}};
    }
#endif
    return Clock::now();
}

/// The steady clock, for whoever has no executor whose time could be a virtual one.
inline TimeSource const& steady_time() noexcept {
    struct SteadyTime final : TimeSource {
        TimePoint now() const override { return Clock::now(); }
        TimePoint coarse_now() const override { return coarse_steady_now(); }
    };
    static constexpr SteadyTime clock;
    return clock;
}

/// `delay * factor`, held within [0, Duration::max()] whatever the operands.
///
/// Backoff curves grow without bound; this is the one place where they are kept finite.
constexpr Duration scaled(Duration delay, double factor) noexcept {
    constexpr auto ceiling = static_cast<double>(std::numeric_limits<Duration::rep>::max());
    double const ticks = static_cast<double>(delay.count()) * factor;
    if (!(ticks > 0.0)) return Duration::zero();  // negative, zero and NaN alike
    return ticks < ceiling ? Duration{static_cast<Duration::rep>(ticks)} : Duration::max();
}

/// `left + right` of durations that are not negative, at most Duration::max().
constexpr Duration saturating_add(Duration left, Duration right) noexcept {
    return left > Duration::max() - right ? Duration::max() : left + right;
}

/// The time `delay` after `start`, at most TimePoint::max(), which is never reached.
constexpr TimePoint saturating_add(TimePoint start, Duration delay) noexcept {
    if (delay == unlimited) return TimePoint::max();
    return start > TimePoint::max() - delay ? TimePoint::max() : start + delay;
}

/// What is left until `deadline`; zero once it has passed, `unlimited` if it never comes.
constexpr Duration time_left(TimePoint now, TimePoint deadline) noexcept {
    if (deadline == TimePoint::max()) return unlimited;
    return now < deadline ? deadline - now : Duration::zero();
}

}  // namespace zenoo_rpc

#endif  // ZENOO_RPC_CORE_CLOCK_HPP
