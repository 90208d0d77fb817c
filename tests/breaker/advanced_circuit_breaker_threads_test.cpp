// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"
#include "support/failures.hpp"
#include "support/manual_clock.hpp"
#include "support/on_all_threads.hpp"

#include <zenoo_rpc/breaker/circuit_breaker_registry.hpp>

#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <utility>

using namespace std::chrono_literals;
using namespace zenoo_rpc;
using tests::network;
using tests::on_all_threads;

namespace {

AdvancedCircuitBreakerOptions counting() { return {.failure_rate_threshold = 0.4, .window_size = 50}; }
AdvancedCircuitBreakerOptions timing() { return {.failure_rate_threshold = 0.4, .window_duration = 50ms}; }
AdvancedCircuitBreakerOptions with_slow_calls(AdvancedCircuitBreakerOptions options) {
    options.slow_call_rate_threshold = 0.4;
    options.slow_call_duration = 1ms;
    return options;
}

}  // namespace

TEST_CASE("every permit is found in the statistics under concurrent use", "[threads]") {
    auto options = GENERATE(AdvancedCircuitBreakerOptions{}, counting(), timing(), with_slow_calls(counting()),
                            with_slow_calls(timing()));
    options.recovery_timeout = 1ms;
    options.half_open_max_calls = 3;
    options.success_threshold = 2;
    tests::ManualClock clock;
    AdvancedCircuitBreaker breaker{options};
    std::atomic<std::uint64_t> given = 0;
    std::atomic<std::uint64_t> rejections = 0;

    on_all_threads([&](std::minstd_rand& random) {
        std::array<std::optional<CircuitBreaker::Permit>, 4> held;
        for (int i = 0; i < 10'000; ++i) {
            auto& place = held[random() % held.size()];
            auto const roll = random() % 100;
            if (roll < 45) {
                place.reset();
                if (auto permit = breaker.try_acquire(clock)) {
                    place.emplace(std::move(*permit));
                    ++given;
                } else {
                    static_cast<void>(breaker.refusal());
                    ++rejections;
                }
            } else if (roll < 60) {
                if (place) place->settle(network);
            } else if (roll < 85) {
                if (place) place->settle();
            } else if (roll < 90) {
                if (place) place->settle(Errc::user_error);
            } else if (roll < 97) {
                clock.advance(1ms);
            } else if (roll < 98) {
                static_cast<void>(breaker.statistics());
            } else {
                random() % 2 == 0 ? breaker.close() : breaker.open();
            }
        }
    });

    auto const statistics = breaker.statistics();
    CHECK(statistics.calls + statistics.ignored + statistics.stale == given);
    CHECK(statistics.rejected == rejections);
    CHECK(statistics.failures <= statistics.calls);
    CHECK(statistics.openings > 0);
    CHECK(statistics.stale > 0);
}

TEST_CASE("a half-open circuit that watches slow calls admits no more trials than allowed", "[threads]") {
    constexpr int limit = 3;
    tests::ManualClock clock;
    auto options = with_slow_calls(counting());
    options.half_open_max_calls = limit;
    options.success_threshold = 1'000'000;
    AdvancedCircuitBreaker breaker{options};
    for (int i = 0; i < 10; ++i) breaker.try_acquire(clock)->settle(network);
    REQUIRE(breaker.is_open());
    clock.advance(30s);

    std::atomic<int> in_flight = 0;
    std::atomic<bool> too_many = false;
    std::atomic<std::uint64_t> admitted = 0;
    on_all_threads([&](std::minstd_rand& random) {
        for (int i = 0; i < 10'000; ++i) {
            auto permit = breaker.try_acquire(clock);
            if (!permit) continue;
            ++admitted;
            if (++in_flight > limit) too_many = true;
            --in_flight;
            if (random() % 2 == 0) permit->settle();
        }
    });
    CHECK_FALSE(too_many);
    CHECK(breaker.is_half_open());
    auto const statistics = breaker.statistics();
    CHECK(statistics.calls + statistics.ignored == admitted + 10);
}

TEST_CASE("threads that request the same key of a registry get the same breaker", "[threads]") {
    CircuitBreakerRegistry registry;
    std::mutex mutex;
    std::set<std::shared_ptr<CircuitBreaker>> seen;
    on_all_threads([&](std::minstd_rand&) {
        for (int key = 0; key < 100; ++key) {
            auto const breaker = registry.get(std::to_string(key));
            std::scoped_lock lock{mutex};
            seen.insert(breaker);
        }
    });
    CHECK(seen.size() == 100);
    CHECK(registry.list().size() == 100);
}
