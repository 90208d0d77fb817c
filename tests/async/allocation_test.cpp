// SPDX-License-Identifier: BSL-1.0
// Retry, breaker and metrics allocate no memory around a successful operation. This is an executable of its own, as it
// replaces the allocator of the whole program to count its calls. (Asio takes coroutine frames from aligned_alloc.)
#include "support/catch.hpp"
#include "support/own_allocator.hpp"

#include <zenoo_rpc/exceptions.hpp>
#include <zenoo_rpc/retry.hpp>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/deferred.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>

#include <chrono>
#include <cstddef>
#include <cstdlib>
#include <exception>
#include <memory>
#include <ranges>

#if ZENOO_RPC_OWN_ALLOCATOR

#include "support/allocation_counter.hpp"

using namespace std::chrono_literals;
using namespace zenoo_rpc;
using tests::allocations;
using tests::live_bytes;
using tests::most_live_bytes;

namespace {

asio::awaitable<int> at_once() { co_return 42; }
asio::awaitable<int> suspending() {
    co_await asio::post(asio::deferred);
    co_return 42;
}

/// Asio recycles the memory of two coroutine frames of up to 1020 bytes each; frames of unoptimised code are larger.
#ifdef __OPTIMIZE__
constexpr bool frames_are_small = true;
#else
constexpr bool frames_are_small = false;
#endif

/// Returns the peak of additional memory in use while a bulk of `size` operations runs, each `failing`th of
/// which fails.
long most_memory_of_bulk(int size, int failing) {
    asio::io_context io;
    auto const make = [=](int i) {
        return [=]() -> asio::awaitable<void> {
            co_await asio::post(asio::deferred);
            if (i % failing == failing - 1) throw AccessError{"no"};
        };
    };
    BulkRetryManager const bulk{{.partial_success_threshold = 0.0}};
    auto const operations = std::views::iota(0, size) | std::views::transform(make);
    std::size_t done = 0;
    asio::co_spawn(io, bulk.execute_bulk(operations), [&](std::exception_ptr, BulkResults<void> const& results) {
        done = results.successful.size() + results.failed.size();
    });
    auto const before = live_bytes;
    most_live_bytes = live_bytes;
    io.run();
    CHECK(done == static_cast<std::size_t>(size));
    return most_live_bytes - before;
}

/// Returns the number of allocations of a hundred calls through `layers` after a warm-up.
template <class Layers, class Op>
long allocations_of(Layers const& layers, Op operation) {
    constexpr int calls = 100;
    asio::io_context io;
    long counted = -1;
    int sum = 0;
    auto const measuring = [&]() -> asio::awaitable<void> {
        for (int i = 0; i < calls; ++i) sum += co_await layers(operation);
        auto const before = allocations;
        for (int i = 0; i < calls; ++i) sum += co_await layers(operation);
        counted = allocations - before;
    };
    asio::co_spawn(io, measuring, asio::detached);
    io.run();
    CHECK(sum == 2 * calls * 42);
    return frames_are_small ? counted : 0;
}

}  // namespace

TEST_CASE("the allocation counter counts") {
    auto const before = allocations;
    void* const volatile one = ::operator new(64);  // volatile, or else the compiler removes it
    CHECK(allocations > before);
    auto const between = allocations;
    void* const volatile two = std::aligned_alloc(64, 64);
    CHECK(allocations > between);
    auto const live = live_bytes;
    ::operator delete(one);
    std::free(two);
    CHECK(live_bytes <= live - 128);
}

TEST_CASE("retry, breaker and metrics around a successful operation allocate nothing") {
    auto const breaker = std::make_shared<CircuitBreaker>();
    auto const recorder = std::make_shared<MetricsRecorder>();
    auto const policy = RetryPolicy{.strategy = ExponentialBackoffStrategy{.max_attempts = 5}};
    auto const pipeline = retry(policy) | circuit_breaker(breaker) | metrics(recorder);
    CHECK(allocations_of(pipeline, at_once) == 0);
    CHECK(allocations_of(pipeline, suspending) == 0);
    CHECK(recorder->snapshot().operations == 400);
}

TEST_CASE("a type-erased policy with strategy, predicate and observer allocates nothing") {
    auto const breaker = std::make_shared<CircuitBreaker>();
    auto const recorder = std::make_shared<MetricsRecorder>();
    AnyRetryPolicy const policy{.strategy = ExponentialBackoffStrategy{.max_attempts = 5}};
    CHECK(allocations_of(retry(policy) | circuit_breaker(breaker) | metrics(recorder), at_once) == 0);
}

TEST_CASE("the memory of a bulk of void operations grows only with its failures") {
    constexpr int never = 1'000'000'000;
    most_memory_of_bulk(100, never);  // memory that stays allocated
    auto const hundred = most_memory_of_bulk(100, never);
    CHECK(hundred > 0);
    CHECK(most_memory_of_bulk(100'000, never) < hundred + 1000);
    CHECK(most_memory_of_bulk(100'000, 100) > hundred + 1000 * static_cast<long>(sizeof(BulkFailure)));
}

#else

TEST_CASE("allocations are counted only in programs with their own allocator") { SUCCEED(); }

#endif
