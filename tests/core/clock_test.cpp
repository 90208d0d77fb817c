// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"

#include <zenoo_rpc/core/clock.hpp>

#include <chrono>
#include <cmath>
#include <limits>

using namespace std::chrono_literals;
using namespace zenoo_rpc;

namespace {

constexpr auto infinity = std::numeric_limits<double>::infinity();
constexpr auto not_a_number = std::numeric_limits<double>::quiet_NaN();
constexpr Duration tick{1};

}  // namespace

TEST_CASE("a delay is scaled by any factor") {
    CHECK(scaled(2s, 1.5) == 3s);
    CHECK(scaled(2s, 1.0) == 2s);
    CHECK(scaled(1s, 1e-9) == 1ns);
    CHECK(scaled(1ns, 1e9) == 1s);
    CHECK(scaled(1s, 1e-10) == 0s);
    CHECK(scaled(0s, 1e300) == 0s);
}

TEST_CASE("a scaled delay is never negative and never exceeds the maximum") {
    for (Duration const delay : {Duration::min(), Duration{-1s}, -tick, Duration::zero(), tick, Duration{1s},
                                 Duration::max() - tick, Duration::max()}) {
        for (double const factor : {-infinity, -1e300, -1.0, -0.0, 0.0, std::numeric_limits<double>::denorm_min(), 1e-9,
                                    0.5, std::nextafter(1.0, 0.0), 1.0, 1e9, 1e300, infinity, not_a_number}) {
            CAPTURE(delay.count(), factor);
            CHECK(scaled(delay, factor) >= Duration::zero());
        }
    }
    CHECK(scaled(1s, 1e300) == Duration::max());
    CHECK(scaled(1s, infinity) == Duration::max());
    CHECK(scaled(Duration::max(), 1.0) == Duration::max());
    CHECK(scaled(Duration::max(), 0.5) < Duration::max());
    CHECK(scaled(1s, not_a_number) == Duration::zero());
    CHECK(scaled(0s, infinity) == Duration::zero());
    CHECK(scaled(1s, -2.0) == Duration::zero());
}

TEST_CASE("the sum of durations saturates at the maximum") {
    CHECK(saturating_add(1s, 2s) == 3s);
    CHECK(saturating_add(Duration::max() - 1s, 1s) == Duration::max());
    CHECK(saturating_add(Duration::max() - 1s, 1s + tick) == Duration::max());
    CHECK(saturating_add(Duration::max(), Duration::max()) == Duration::max());
    CHECK(saturating_add(Duration::max(), 0s) == Duration::max());
}

TEST_CASE("a time point beyond the range saturates to TimePoint::max") {
    TimePoint const now{1h};
    CHECK(saturating_add(now, 1s) == now + 1s);
    CHECK(saturating_add(now, unlimited) == TimePoint::max());
    CHECK(saturating_add(TimePoint{-1h}, unlimited) == TimePoint::max());
    CHECK(saturating_add(now, Duration::max() - tick) == TimePoint::max());
    CHECK(saturating_add(TimePoint::max(), tick) == TimePoint::max());
}

TEST_CASE("the time left until a deadline is never negative, and unlimited without a deadline") {
    TimePoint const now{1h};
    CHECK(time_left(now, now + 5s) == 5s);
    CHECK(time_left(now, now + tick) == tick);
    CHECK(time_left(now, now) == 0s);
    CHECK(time_left(now, now - 1s) == 0s);
    CHECK(time_left(now, TimePoint::max()) == unlimited);
}

TEST_CASE("the coarse clock is never ahead of the steady clock and less than a day behind") {
    auto const coarse = steady_time().coarse_now();
    auto const fine = steady_time().now();
    CHECK(coarse <= fine);
    CHECK(fine - coarse < 24h);
}

TEST_CASE("coarse_now defaults to now") {
    struct Stopped final : TimeSource {
        TimePoint now() const override { return TimePoint{5s}; }
    };
    CHECK(Stopped{}.coarse_now() == TimePoint{5s});
}

TEST_CASE("a time source is not shared by default") {
    struct Stopped final : TimeSource {
        TimePoint now() const override { return {}; }
    };
    CHECK(Stopped{}.shared() == nullptr);
}
