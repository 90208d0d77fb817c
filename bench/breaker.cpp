// SPDX-License-Identifier: BSL-1.0
// Measures the cost of a closed circuit breaker and of metrics for a call that succeeds: in one thread, and with
// another thread that shares them.
#include "support/gate.hpp"
#include "support/times.hpp"

#include <zenoo_rpc/retry.hpp>

#include <algorithm>
#include <array>
#include <atomic>
#include <benchmark/benchmark.h>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <limits>
#include <mutex>
#include <pthread.h>
#include <sched.h>
#include <stop_token>
#include <string>
#include <thread>

using namespace std::chrono_literals;
using namespace zenoo_rpc;
using namespace zenoo_rpc::bench;

namespace {

constexpr int window_size = 128;
constexpr auto window_duration = 10s;

/// A simple breaker that does everything under one lock, as a baseline. `Window` counts each success there.
template <class Window>
class LockedBreaker {
public:
    bool may_call() {
        std::scoped_lock lock{mutex_};
        return !open_;
    }
    void succeeded() {
        std::scoped_lock lock{mutex_};
        ++calls_;
        window_.succeeded();
    }

private:
    std::mutex mutex_;
    bool open_ = false;
    std::uint64_t calls_ = 0;
    Window window_;
};

struct ConsecutiveFailures {
    void succeeded() { failures = 0; }
    int failures = 0;
};
struct LastCalls {
    void succeeded() {
        auto& oldest = failed[next++ % window_size];
        failures -= oldest;
        oldest = false;
    }
    std::array<bool, window_size> failed{};
    std::size_t next = 0;
    int failures = 0;
};
struct LastTenths {
    void succeeded() {
        auto const tenth = Clock::now().time_since_epoch() / (window_duration / 10);
        auto& bucket = buckets[static_cast<std::size_t>(tenth) % buckets.size()];
        if (bucket.tenth != tenth) bucket = {tenth, 0};
        ++bucket.successes;
    }
    struct Bucket {
        Duration::rep tenth = 0;
        std::uint64_t successes = 0;
    };
    std::array<Bucket, 10> buckets;
};

void pass(CircuitBreaker& breaker) {
    if (auto permit = breaker.try_acquire(steady_time())) permit->settle();
}
template <class Window>
void pass(LockedBreaker<Window>& breaker) {
    if (breaker.may_call()) breaker.succeeded();
}
void pass(MetricsRecorder& recorder) { recorder.first_attempt_begins(); }

template <class Passed>
void add(char const* name, Passed& passed) {
    benchmark::RegisterBenchmark(name, [&passed](benchmark::State& state) {
        for (auto _ : state) pass(passed);
    });
}

constexpr int calls_of_a_round = 10'000;

/// Returns the time of a call in nanoseconds.
template <class Passed>
double time_of_a_call(Passed& passed) {
    auto const start = Clock::now();
    for (int i = 0; i < calls_of_a_round; ++i) pass(passed);
    return std::chrono::duration<double, std::nano>(Clock::now() - start).count() / calls_of_a_round;
}

/// Pins the thread to a processor: two threads on one processor would never run concurrently.
void stay_on(unsigned processor) {
    cpu_set_t processors;
    CPU_ZERO(&processors);
    CPU_SET(processor, &processors);
    pthread_setaffinity_np(pthread_self(), sizeof processors, &processors);
}

/// Returns the ratio of the time of a call with another thread that constantly makes the same calls, to the time of a
/// call without. Rounds in which the other thread did not run are left out.
template <class Passed>
double beside_another(Passed& passed) {
    constexpr int rounds = 10'000;
    stay_on(0);
    auto alone = std::numeric_limits<double>::infinity();
    for (int i = 0; i < rounds; ++i) alone = std::min(alone, time_of_a_call(passed));

    std::atomic<long> calls_of_the_other = 0;
    std::jthread const other{[&](std::stop_token const& stopped) {
        constexpr int at_a_time = 100;
        stay_on(1);
        while (!stopped.stop_requested()) {
            for (int i = 0; i < at_a_time; ++i) pass(passed);
            calls_of_the_other.fetch_add(at_a_time, std::memory_order_relaxed);
        }
    }};
    auto beside = std::numeric_limits<double>::infinity();
    int counted = 0;
    for (int i = 0; i < rounds; ++i) {
        long const before = calls_of_the_other;
        auto const time = time_of_a_call(passed);
        if (calls_of_the_other - before < calls_of_a_round * 8 / 10) continue;
        beside = std::min(beside, time);
        ++counted;
    }
    std::printf("one thread %.1f ns, with another thread %.1f ns (%d rounds)\n", alone, beside, counted);
    return beside / alone;
}

}  // namespace

int main(int argc, char** argv) {
    std::thread{[] {}}.join();  // from now on locks cost as much as in a program with threads

    CircuitBreaker consecutive;
    AdvancedCircuitBreaker counted{{.failure_rate_threshold = 0.5, .window_size = window_size}};
    AdvancedCircuitBreaker timed{{.failure_rate_threshold = 0.5, .window_duration = window_duration}};
    LockedBreaker<ConsecutiveFailures> locked_consecutive;
    LockedBreaker<LastCalls> locked_counted;
    LockedBreaker<LastTenths> locked_timed;
    MetricsRecorder metrics;
    add("consecutive", consecutive);
    add("consecutive, locked", locked_consecutive);
    add("count window", counted);
    add("count window, locked", locked_counted);
    add("time window", timed);
    add("time window, locked", locked_timed);

    auto times = measure(argc, argv);
    auto const beside_locked = [&](std::string const& name) { return times[name] / times[name + ", locked"]; };
    gate(7, beside_locked("consecutive"), 1 / 5.0, "breaker, consecutive failures / breaker with a lock, time");
    gate(7, beside_locked("count window"), 1 / 2.5, "breaker, count window / breaker with a lock, time");
    gate(7, beside_locked("time window"), 1 / 3.0, "breaker, time window / breaker with a lock, time");

    constexpr double limit = 2 / 1.7;
    gate(8, beside_another(consecutive), limit, "breaker, consecutive failures, two threads / one, time of a call");
    gate(8, beside_another(counted), limit, "breaker, count window, two threads / one, time of a call");
    gate(8, beside_another(timed), limit, "breaker, time window, two threads / one, time of a call");
    gate(9, beside_another(metrics), limit, "metrics, two threads / one, time of a call");
    std::printf("breaker with a lock: ");
    beside_another(locked_consecutive);
}
