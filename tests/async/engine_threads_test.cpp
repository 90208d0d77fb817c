// SPDX-License-Identifier: BSL-1.0
// Many threads share a policy, a breaker, an observer and a recorder. Meant for ThreadSanitizer.
#include "support/catch.hpp"
#include "support/on_all_threads.hpp"

#include <zenoo_rpc/async/async_retry.hpp>
#include <zenoo_rpc/async/async_sleep.hpp>
#include <zenoo_rpc/async/circuit_breaker_layer.hpp>
#include <zenoo_rpc/async/metrics_layer.hpp>
#include <zenoo_rpc/async/timeout.hpp>
#include <zenoo_rpc/exceptions.hpp>
#include <zenoo_rpc/retry/fixed_delay.hpp>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/use_future.hpp>

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <future>
#include <memory>
#include <thread>
#include <vector>

using namespace std::chrono_literals;
using namespace zenoo_rpc;
using tests::thread_count;

// Asio counts the users of an executor with a fence before the last one frees it, and ThreadSanitizer ignores fences.
extern "C" char const* __tsan_default_suppressions() {  // NOLINT: the sanitizer's name
    return "race:boost::asio::execution::detail::shared_target_executor";
}

namespace {

constexpr int executions = 400;

}  // namespace

TEST_CASE("eight threads share a policy, a breaker, an observer and a recorder", "[threads]") {
    asio::thread_pool pool{thread_count};
    std::atomic<int> calls = 0;
    std::atomic<std::uint64_t> seen = 0;
    auto const recorder = std::make_shared<MetricsRecorder>();
    auto const breaker = std::make_shared<CircuitBreaker>(
        CircuitBreakerOptions{.failure_threshold = 3, .recovery_timeout = 200us, .on_open = OnOpen::wait});
    auto const handle = breaker->observe([&](RetryEvent const& event) {
        recorder->on_event(event);
        ++seen;
    });
    auto const note = [&](RetryEvent const&) { ++seen; };
    auto const policy = RetryPolicy{.strategy = FixedDelayStrategy{.max_attempts = 50, .delay = 20us},
                                    .total_timeout = 1min,
                                    .attempt_timeout = 500us,
                                    .on_event = note};
    auto const pipeline = retry(policy) | circuit_breaker(breaker) | metrics(recorder);
    auto const operation = [&]() -> asio::awaitable<int> {
        int const call = ++calls;
        if (call % 5 == 0) throw NetworkError{"down"};
        if (call % 7 == 0) co_await async_sleep(1h);  // until the limit of the attempt
        co_await async_sleep(std::chrono::microseconds{call % 3});
        co_return call;
    };
    std::vector<std::future<int>> results;
    for (int i = 0; i < executions; ++i) {
        results.push_back(asio::co_spawn(pool, pipeline(operation), asio::use_future));
    }
    int succeeded = 0;
    for (auto& result : results) {
        try {
            result.get();
            ++succeeded;
        } catch (RetryExhaustedError const&) {
        }
    }
    pool.join();
    auto const m = recorder->snapshot();
    CHECK(succeeded > executions / 2);
    CHECK(m.operations == executions);
    CHECK(m.total_attempts == static_cast<std::uint64_t>(calls));
    CHECK(m.retries == m.total_attempts - m.operations);
    CHECK(m.circuit_breaker_rejections == 0);
    CHECK(seen > 0);
}

TEST_CASE("limits that have already passed race with the operations they end", "[threads]") {
    asio::thread_pool pool{thread_count};
    auto const policy = RetryPolicy{.strategy = FixedDelayStrategy{.max_attempts = 3, .delay = 1ns},
                                    .attempt_timeout = Duration{GENERATE(0, 1, 1000, 20000)}};
    auto const operation = []() -> asio::awaitable<int> {
        co_await async_sleep(10us);
        co_await asio::post(asio::use_awaitable);
        co_return 1;
    };
    std::vector<std::future<int>> results;
    for (int i = 0; i < executions; ++i) {
        results.push_back(async_retry(pool.get_executor(), policy, operation, asio::use_future));
    }
    int ended = 0;
    for (auto& result : results) {
        try {
            result.get();
        } catch (RetryExhaustedError const&) {
        }
        ++ended;
    }
    pool.join();
    CHECK(ended == executions);
}

TEST_CASE("short sleeps on a bare pool can still be cancelled afterwards", "[threads]") {
    asio::thread_pool pool{thread_count};
    auto const operation = []() -> asio::awaitable<void> {
        for (int i = 0; i < 20; ++i) co_await async_sleep(1ns);
        co_await async_sleep(1h);
    };
    struct Execution {
        asio::cancellation_signal signal;
        std::promise<bool> aborted;
    };
    std::vector<std::unique_ptr<Execution>> all;
    for (int i = 0; i < executions / 4; ++i) {
        auto& one = *all.emplace_back(std::make_unique<Execution>());
        // Cancellation is only allowed on this strand; the sleeps inside go to the bare pool and back.
        auto const strand = asio::make_strand(pool);
        async_retry(strand, RetryPolicy{.attempt_timeout = i % 2 == 0 ? unlimited : Duration{1h}}, operation,
                    asio::bind_cancellation_slot(one.signal.slot(), [&one](std::exception_ptr error) {
                        one.aborted.set_value(Failure{error}.cancelled());
                    }));
        async_sleep(pool.get_executor(), std::chrono::microseconds{i}, [&one, strand](boost::system::error_code) {
            asio::post(strand, [&one] { one.signal.emit(asio::cancellation_type::total); });
        });
    }
    for (auto& one : all) CHECK(one->aborted.get_future().get());
    pool.join();
}

TEST_CASE("a coroutine on a bare pool sleeps many times", "[threads]") {
    asio::thread_pool pool{thread_count};
    auto const sleeper = []() -> asio::awaitable<int> {
        co_await asio::this_coro::reset_cancellation_state(asio::enable_total_cancellation());
        for (int i = 0; i < 200; ++i) co_await async_sleep(Duration{i % 3});
        co_return 1;
    };
    std::vector<std::future<int>> results;
    std::vector<std::unique_ptr<asio::cancellation_signal>> signals;
    for (int i = 0; i < 40; ++i) {
        auto& signal = *signals.emplace_back(std::make_unique<asio::cancellation_signal>());
        results.push_back(
            asio::co_spawn(pool, sleeper(), asio::bind_cancellation_slot(signal.slot(), asio::use_future)));
    }
    int sum = 0;
    for (auto& result : results) sum += result.get();
    pool.join();
    CHECK(sum == 40);
}

TEST_CASE("stopping a pool destroys coroutines that sleep or wait on it", "[threads]") {
    auto const breaker = std::make_shared<CircuitBreaker>(CircuitBreakerOptions{.on_open = OnOpen::wait});
    auto const witness = std::make_shared<int>();
    breaker->open();
    {
        asio::thread_pool pool{thread_count};
        auto const sleeping = [witness]() -> asio::awaitable<void> { co_await async_sleep(1h); };
        auto const limited = timeout(1h) | retry(RetryPolicy{.attempt_timeout = 1min});
        auto const waiting = circuit_breaker(breaker);
        for (int i = 0; i < 50; ++i) {
            asio::co_spawn(pool, limited(sleeping), asio::detached);
            asio::co_spawn(pool, waiting(sleeping), asio::detached);
        }
        std::promise<void> begun;
        async_sleep(pool.get_executor(), 2ms, [&](boost::system::error_code) { begun.set_value(); });
        begun.get_future().wait();
        pool.stop();
        pool.join();
    }
    CHECK(witness.use_count() == 1);
    breaker->close();
}

TEST_CASE("a snapshot of the metrics is consistent while other threads count", "[threads]") {
    MetricsRecorder recorder;
    std::atomic<int> running = 4;
    std::vector<std::thread> counting;
    for (int i = 0; i < 4; ++i) {
        counting.emplace_back([&] {
            RetryContext const first;
            RetryContext const second{.attempt = 2};
            for (int n = 0; n < 20'000; ++n) {
                recorder.attempt_begins(first);
                recorder.on_event({RetryEventType::retry_attempt, "", 1, Duration::zero(), {}});
                recorder.attempt_begins(second);
                recorder.on_event({RetryEventType::retry_success, "", 2, Duration::zero(), {}});
            }
            --running;
        });
    }
    bool consistent = true;
    while (running > 0) {
        auto const seen = recorder.snapshot();
        consistent &= seen.total_attempts - seen.operations <= seen.retries && seen.retries <= seen.operations
                      && seen.successful_retries <= seen.retries;
    }
    for (auto& thread : counting) thread.join();
    CHECK(consistent);
    CHECK(recorder.snapshot().total_attempts == 160'000);
}
