// SPDX-License-Identifier: BSL-1.0
// Allocations fail one after another: the outcome is `std::bad_alloc` or success, and nothing is leaked. Those of Asio
// through `aligned_alloc`, and of exceptions, never fail here.
#include "support/failing_allocation.hpp"

#include "support/catch.hpp"
#include "support/manual_clock.hpp"

#include <zenoo_rpc/breaker/circuit_breaker.hpp>
#include <zenoo_rpc/core/retry_timeline.hpp>
#include <zenoo_rpc/retry.hpp>
#include <zenoo_rpc/testing/virtual_time.hpp>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/strand.hpp>

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdlib>
#include <exception>
#include <memory>
#include <new>
#include <optional>
#include <string>
#include <vector>

using namespace std::chrono_literals;
using namespace zenoo_rpc;
using tests::alive;
using tests::fail_each;
using tests::until_failure;

namespace {

std::string long_text() { return std::string(100, 'x'); }

struct Large {
    std::array<long, 20> numbers = {};
    std::vector<int> owned = std::vector<int>(10);
    std::optional<Duration> next_delay(RetryContext const&) const { return 1s; }
};

/// Runs the decisions of an execution whose operation always fails, without waiting.
void judge_all_attempts() {
    AnyRetryPolicy const policy{.strategy = AnyStrategy{Large{}},
                                .on_event = [text = long_text()](RetryEvent const&) {}};
    tests::ManualClock const clock;
    detail::RetryState state{policy};
    for (int i = 0; i < 3; ++i) state.on_failure(Failure{std::make_exception_ptr(NetworkError{long_text()})}, clock);
}

}  // namespace

TEST_CASE("a copy of a strategy is complete or absent when memory runs out") {
    AnyStrategy const large{Large{}};
    CHECK(fail_each([&] { AnyStrategy copy{large}; }) > 0);
    AnyStrategy target;
    fail_each([&] { target = large; });
    CHECK(target.next_delay({}) == 1s);
    AnyStrategy kept{ExponentialBackoffStrategy{.max_attempts = 7}};
    long const before = alive;
    until_failure = 1;
    CHECK_THROWS_AS(kept = large, std::bad_alloc);
    CHECK(alive == before);
    CHECK(kept.max_attempts() == 7);
}

TEST_CASE("an execution leaks nothing when memory runs out") { CHECK(fail_each(judge_all_attempts) > 0); }

TEST_CASE("a circuit breaker keeps working and reporting after an allocation in it failed") {
    for (long k = 1, reached = 1; reached; ++k) {
        INFO("allocation " << k);
        tests::ManualClock clock;
        CircuitBreaker breaker{{.failure_threshold = 1, .recovery_timeout = 1s}, long_text()};
        int recorded = 0;
        auto const observer = breaker.observe([&](RetryEvent const&) { ++recorded; });
        Failure const failure{Errc::network_error};
        auto const cycle = [&] {
            if (auto permit = breaker.try_acquire(clock)) permit->settle(failure);  // opens
            clock.advance(1s);
            if (auto permit = breaker.try_acquire(clock)) permit->settle();  // half-open, then closed
        };
        until_failure = k;
        try {
            cycle();
        } catch (std::bad_alloc const&) {
        }
        reached = until_failure == 0;
        until_failure = 0;
        clock.advance(1s);
        if (auto permit = breaker.try_acquire(clock)) permit->settle();
        CHECK(breaker.is_closed());
        recorded = 0;
        cycle();
        CHECK(breaker.is_closed());
        CHECK(recorded >= 3);
    }
}

namespace {

/// Runs a retry through many layers on an io_context of its own. Uses a strand created in advance, because Asio crashes
/// when creating a strand fails: it destroys uninitialised memory.
void run_on_asio(bool armed, long k, bool& reached) {
    asio::io_context io;
    testing::VirtualTime time{io};
    auto const breaker = std::make_shared<CircuitBreaker>();
    auto const recorder = std::make_shared<MetricsRecorder>();
    auto const policy = RetryPolicy{.strategy = FixedDelayStrategy{.delay = 1s}, .total_timeout = 1h};
    int calls = 0;
    auto const operation = [&]() -> asio::awaitable<std::string> {
        co_await async_sleep(1s);
        if (++calls < 3) throw NetworkError{long_text()};
        co_return long_text();
    };
    auto const layers =
        fallback(long_text()) | timeout(2h) | retry(policy) | circuit_breaker(breaker) | metrics(recorder);
    auto const strand = asio::make_strand(io);
    int results = 0;
    until_failure = armed ? k : 0;
    try {
        asio::co_spawn(strand, layers(operation), [&](std::exception_ptr, std::string const&) { ++results; });
        time.run();
    } catch (std::bad_alloc const&) {
        --results;  // Asio could not start, or complete
    }
    reached = until_failure == 0;
    until_failure = 0;
    time.run();
    CHECK((results == 1 || reached));
    CHECK(breaker->is_closed());
}

}  // namespace

TEST_CASE("an execution on Asio leaks nothing when memory runs out") {
    bool reached = true;
    run_on_asio(false, 0, reached);
    for (long k = 1; reached || k == 1; ++k) {
        long const before = alive;
        run_on_asio(true, k, reached);
        long const lost = alive - before;
        INFO("allocation " << k);
        CHECK(lost == 0);
    }
}

namespace {

enum class Values { all_back, some_lost, no_results };

/// Runs a bulk and returns whether the values that its operations yielded came back.
Values run_bulk(long k, bool& reached) {
    asio::io_context io;
    testing::VirtualTime time{io};
    int given = 0;
    auto const operation = [&]() -> asio::awaitable<std::string> {
        auto const text = long_text();
        co_await async_sleep(1s);
        std::string value = text;
        ++given;
        co_return value;
    };
    auto const strand = asio::make_strand(io);
    std::vector const operations(5, operation);
    BulkRetryManager const bulk{{.max_concurrency = 2}};
    constexpr int none = -1;
    int back = none;
    until_failure = k;
    try {
        asio::co_spawn(strand, bulk.execute_bulk(operations),
                       [&](std::exception_ptr error, BulkResults<std::string> const& results) {
                           back = static_cast<int>(results.successful.size());
                           try {
                               if (error) std::rethrow_exception(error);
                           } catch (BulkRetryError const& failed) {
                               back = static_cast<int>(failed.successful_count());
                           } catch (std::bad_alloc const&) {
                               back = none;
                           }
                       });
        time.run();
    } catch (std::bad_alloc const&) {
        back = none;  // Asio could not start, or complete
    }
    reached = until_failure == 0;
    until_failure = 0;
    time.run();
    if (back == none) return Values::no_results;
    return back == given ? Values::all_back : Values::some_lost;
}

}  // namespace

TEST_CASE("a bulk leaks nothing when memory runs out and loses no value") {
    bool reached = true;
    CHECK(run_bulk(0, reached) == Values::all_back);
    int survived = 0;
    for (long k = 1; reached || k == 1; ++k) {
        long const before = alive;
        auto const values = run_bulk(k, reached);
        long const lost = alive - before;
        INFO("allocation " << k);
        CHECK(lost == 0);
        CHECK(values != Values::some_lost);
        survived += values == Values::all_back;
    }
    CHECK(survived > 10);
}
