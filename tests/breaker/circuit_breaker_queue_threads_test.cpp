// SPDX-License-Identifier: BSL-1.0
#include "breaker/concurrent_trials.hpp"
#include "support/catch.hpp"
#include "support/failures.hpp"
#include "support/manual_clock.hpp"
#include "support/on_all_threads.hpp"

#include <zenoo_rpc/breaker/detail/circuit_breaker_queue.hpp>

#include <atomic>
#include <chrono>
#include <climits>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <random>
#include <thread>
#include <utility>

using namespace std::chrono_literals;
using namespace zenoo_rpc;
using tests::admitted;
using tests::network;
using tests::on_all_threads;
using tests::raise_to;
using tests::thread_count;

namespace {

/// A queued call on a thread of its own.
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

TEST_CASE("no queued call is forgotten or woken twice", "[threads]") {
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
