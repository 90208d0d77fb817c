// SPDX-License-Identifier: BSL-1.0
#include "breaker/concurrent_trials.hpp"
#include "support/catch.hpp"
#include "support/failures.hpp"
#include "support/manual_clock.hpp"
#include "support/on_all_threads.hpp"

#include <zenoo_rpc/breaker/circuit_breaker.hpp>

#include <array>
#include <atomic>
#include <chrono>
#include <climits>
#include <optional>
#include <random>
#include <thread>
#include <utility>
#include <vector>

using namespace std::chrono_literals;
using namespace zenoo_rpc;
using tests::admitted;
using tests::network;
using tests::on_all_threads;
using tests::raise_to;
using tests::thread_count;
using tests::user;

namespace {

constexpr int rounds = 20'000;

}  // namespace

TEST_CASE("a half-open circuit never admits more concurrent trials than allowed", "[threads]") {
    constexpr int limit = 3;
    tests::ManualClock clock;
    CircuitBreaker breaker{{.failure_threshold = 1, .half_open_max_calls = limit, .success_threshold = INT_MAX}};
    breaker.try_acquire(clock)->settle(network);
    clock.advance(30s);

    std::atomic<int> in_flight = 0;
    std::atomic<int> most = 0;
    std::atomic<int> let_in = 0;
    on_all_threads([&](std::minstd_rand& random) {
        for (int i = 0; i < rounds; ++i) {
            auto permit = breaker.try_acquire(clock);
            if (!permit) continue;
            ++let_in;
            raise_to(most, ++in_flight);
            if (random() % 4 == 0) std::this_thread::yield();
            --in_flight;
            switch (random() % 3) {
                case 0: permit->settle(); break;
                case 1: permit->settle(user); break;
                default: break;
            }
        }
    });
    CHECK(most <= limit);
    CHECK(let_in > 0);
    CHECK(breaker.is_half_open());
    CHECK(admitted(breaker, clock) == limit);
}

TEST_CASE("a circuit's counters and events stay consistent under concurrent use", "[threads]") {
    constexpr int limit = 2;
    tests::ManualClock clock;
    CircuitBreaker breaker{
        {.failure_threshold = 3, .recovery_timeout = 1ms, .half_open_max_calls = limit, .success_threshold = 2}};
    std::vector<RetryEventType> events;  // without a lock, as observers are not called concurrently
    auto const watching = breaker.observe([&](RetryEvent const& event) { events.push_back(event.type); });

    on_all_threads([&](std::minstd_rand& random) {
        std::array<std::optional<CircuitBreaker::Permit>, 4> held;
        for (int i = 0; i < rounds; ++i) {
            auto& place = held[random() % held.size()];
            auto const rng = random() % 100;
            if (rng < 40) {
                place.reset();
                if (auto permit = breaker.try_acquire(clock)) place.emplace(std::move(*permit));
            } else if (rng < 60) {
                if (place) place->settle(network);
            } else if (rng < 80) {
                if (place) place->settle();
            } else if (rng < 90) {
                if (place) place->settle(user);
            } else if (rng < 94) {
                clock.advance(1ms);
            } else if (rng < 96) {
                static_cast<void>(breaker.refusal());
            } else if (rng < 98) {
                breaker.close();
            } else if (rng < 99) {
                breaker.open();
            } else {
                place.reset();
            }
        }
    });

    auto state = CircuitState::closed;
    bool in_order = true;
    for (auto const event : events) {
        switch (event) {
            case RetryEventType::circuit_breaker_opened:
                in_order = in_order && state != CircuitState::open;
                state = CircuitState::open;
                break;
            case RetryEventType::circuit_breaker_half_opened:
                in_order = in_order && state == CircuitState::open;
                state = CircuitState::half_open;
                break;
            default:
                in_order = in_order && state != CircuitState::closed;
                state = CircuitState::closed;
                break;
        }
    }
    CHECK(in_order);
    CHECK(state == breaker.state());
    CHECK(events.size() > 10);

    breaker.close();
    for (int i = 0; i < 3; ++i) {
        CHECK(breaker.is_closed());
        breaker.try_acquire(clock)->settle(network);
    }
    CHECK(breaker.is_open());
    clock.advance(1ms);
    CHECK(admitted(breaker, clock) == limit);
}

TEST_CASE("failures of many threads open a circuit exactly at the threshold", "[threads]") {
    constexpr int threshold = thread_count * 100;
    tests::ManualClock clock;
    CircuitBreaker breaker{{.failure_threshold = threshold + 1}};
    on_all_threads([&](std::minstd_rand&) {
        for (int i = 0; i < 100; ++i) breaker.try_acquire(clock)->settle(network);
    });
    CHECK(breaker.is_closed());
    breaker.try_acquire(clock)->settle(network);
    CHECK(breaker.is_open());
}
