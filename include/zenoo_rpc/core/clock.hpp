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

/// Stands for no limit.
inline constexpr Duration unlimited = Duration::max();

/// A clock. Passed instead of a time point, so that it is read only when the time is needed.
class TimeSource {
public:
    virtual TimePoint now() const = 0;
    /// Returns the time of this clock as of a few milliseconds ago at most, which is cheaper to read.
    virtual TimePoint coarse_now() const { return now(); }
    /// Returns a handle that keeps this clock alive beyond the current call; null if that is not possible.
    virtual std::shared_ptr<TimeSource const> shared() const { return nullptr; }

protected:
    TimeSource() = default;
    TimeSource(TimeSource const&) = default;
    TimeSource& operator=(TimeSource const&) = default;
    ~TimeSource() = default;
};

/// Returns the steady clock's time as of the system's last tick where the system offers that, else its exact time.
inline TimePoint coarse_steady_now() noexcept {
#ifdef CLOCK_MONOTONIC_COARSE
    std::timespec time{};
    if (clock_gettime(CLOCK_MONOTONIC_COARSE, &time) == 0) {
        return TimePoint{std::chrono::seconds{time.tv_sec} + std::chrono::nanoseconds{time.tv_nsec}};
    }
#endif
    return Clock::now();
}

/// Returns the steady clock, for code without an executor, whose time could be virtual.
inline TimeSource const& steady_time() noexcept {
    struct SteadyTime final : TimeSource {
        TimePoint now() const override { return Clock::now(); }
        TimePoint coarse_now() const override { return coarse_steady_now(); }
    };
    static constexpr SteadyTime clock;
    return clock;
}

/// Returns `delay * factor`, clamped to [0, Duration::max()]; zero if the product is NaN.
///
/// Backoff curves grow without bound; this is the one place that keeps them finite.
constexpr Duration scaled(Duration delay, double factor) noexcept {
    constexpr auto ceiling = static_cast<double>(std::numeric_limits<Duration::rep>::max());
    double const ticks = static_cast<double>(delay.count()) * factor;
    if (!(ticks > 0.0)) return Duration::zero();  // negative, zero and NaN alike
    return ticks < ceiling ? Duration{static_cast<Duration::rep>(ticks)} : Duration::max();
}

/// Returns `left + right`, at most Duration::max(). Neither may be negative.
constexpr Duration saturating_add(Duration left, Duration right) noexcept {
    return left > Duration::max() - right ? Duration::max() : left + right;
}

/// Returns `start + delay`, at most TimePoint::max(), which stands for never.
constexpr TimePoint saturating_add(TimePoint start, Duration delay) noexcept {
    if (delay == unlimited) return TimePoint::max();
    return start > TimePoint::max() - delay ? TimePoint::max() : start + delay;
}

/// Returns the time left until `deadline`: zero once it has passed, `unlimited` if it is TimePoint::max().
constexpr Duration time_left(TimePoint now, TimePoint deadline) noexcept {
    if (deadline == TimePoint::max()) return unlimited;
    return now < deadline ? deadline - now : Duration::zero();
}

}  // namespace zenoo_rpc

#endif  // ZENOO_RPC_CORE_CLOCK_HPP
