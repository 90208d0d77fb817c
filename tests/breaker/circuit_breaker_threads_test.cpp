// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"
#include "support/manual_clock.hpp"
#include "support/on_all_threads.hpp"

#include <zenoo_rpc/breaker/circuit_breaker.hpp>
#include <zenoo_rpc/breaker/detail/circuit_breaker_queue.hpp>
#include <zenoo_rpc/core/exceptions.hpp>

#include <array>
#include <atomic>
#include <chrono>
#include <climits>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <random>
#include <thread>
#include <utility>
#include <vector>

using namespace std::chrono_literals;
using namespace zenoo_rpc;
using tests::on_all_threads;
using tests::thread_count;

namespace {

constexpr int rounds = 20'000;

Failure const network = Errc::network_error;
Failure const user = Errc::user_error;

void raise_to(std::atomic<int>& most, int value) {
    for (int seen = most; seen < value && !most.compare_exchange_weak(seen, value);) {
    }
}

/// How many calls a breaker lets in at once.
std::size_t admitted(CircuitBreaker& breaker, TimeSource const& clock) {
    std::vector<CircuitBreaker::Permit> permits;
    while (auto permit = breaker.try_acquire(clock)) {
        permits.push_back(std::move(*permit));
        if (permits.size() > 100) break;
    }
    return permits.size();
}

/// A call in line, on a thread of its own.
class Sleeper final : public detail::CircuitBreakerQueue::Waiter {
public:
    explicit Sleeper(std::atomic<int>& woken_again) : woken_again_{woken_again} {}

    bool wake() noexcept override {
        std::scoped_lock lock{mutex_};
        if (std::exchange(woken_, true)) ++woken_again_;
        changed_.notify_one();
        return true;
    }
    void wait() {
        std::unique_lock lock{mutex_};
        changed_.wait(lock, [&] { return woken_; });
    }

private:
    std::atomic<int>& woken_again_;
    std::mutex mutex_;
    std::condition_variable changed_;
    bool woken_ = false;
};

}  // namespace

TEST_CASE("threads never have more trials in flight than a half-open circuit allows", "[threads]") {
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

TEST_CASE("the books of a circuit balance whatever threads do to it", "[threads]") {
    constexpr int limit = 2;
    tests::ManualClock clock;
    CircuitBreaker breaker{
        {.failure_threshold = 3, .recovery_timeout = 1ms, .half_open_max_calls = limit, .success_threshold = 2}};
    std::vector<RetryEventType> events;  // without a lock: observers are told one at a time
    auto const watching = breaker.observe([&](RetryEvent const& event) { events.push_back(event.type); });

    on_all_threads([&](std::minstd_rand& random) {
        std::array<std::optional<CircuitBreaker::Permit>, 4> held;
        for (int i = 0; i < rounds; ++i) {
            auto& place = held[random() % held.size()];
            auto const dice = random() % 100;
            if (dice < 40) {
                place.reset();
                if (auto permit = breaker.try_acquire(clock)) place.emplace(std::move(*permit));
            } else if (dice < 60) {
                if (place) place->settle(network);
            } else if (dice < 80) {
                if (place) place->settle();
            } else if (dice < 90) {
                if (place) place->settle(user);
            } else if (dice < 94) {
                clock.advance(1ms);
            } else if (dice < 96) {
                static_cast<void>(breaker.refusal());
            } else if (dice < 98) {
                breaker.close();
            } else if (dice < 99) {
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

TEST_CASE("no call that waits in line is forgotten, nor woken twice", "[threads]") {
    constexpr int limit = 2;
    constexpr int calls = 1000;
    tests::ManualClock clock;
    CircuitBreaker breaker{{.failure_threshold = 1, .half_open_max_calls = limit, .success_threshold = INT_MAX}};
    breaker.try_acquire(clock)->settle(network);
    clock.advance(30s);

    std::atomic<int> made = 0;
    std::atomic<int> in_flight = 0;
    std::atomic<int> most = 0;
    std::atomic<int> woken_again = 0;
    auto const wait_for_turn = [&] {
        for (;;) {
            if (auto permit = breaker.try_acquire(clock)) return std::move(*permit);
            auto const sleeper = std::make_shared<Sleeper>(woken_again);
            if (detail::CircuitBreakerQueue::enqueue(breaker, sleeper)) sleeper->wait();
        }
    };
    on_all_threads([&](std::minstd_rand& random) {
        for (int i = 0; i < calls; ++i) {
            auto permit = wait_for_turn();
            raise_to(most, ++in_flight);
            ++made;
            std::this_thread::yield();
            --in_flight;
            if (random() % 2 == 0) permit.settle();
        }
    });
    CHECK(made == thread_count * calls);
    CHECK(most <= limit);
    CHECK(woken_again == 0);
    CHECK(admitted(breaker, clock) == limit);
}
