// SPDX-License-Identifier: BSL-1.0
// Around an operation that succeeds, retry, breaker and metrics cost no memory. An executable of its own: it replaces
// the allocator of the whole program to count its calls. (Asio takes coroutine frames from aligned_alloc.)
#include "support/catch.hpp"

#include <zenoo_rpc/retry.hpp>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/deferred.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>

#include <chrono>
#include <cstdlib>
#include <memory>

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define ZENOO_RPC_OWN_ALLOCATOR 0
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define ZENOO_RPC_OWN_ALLOCATOR 0
#endif
#endif
#if !defined(ZENOO_RPC_OWN_ALLOCATOR) && defined(__GLIBC__)
#define ZENOO_RPC_OWN_ALLOCATOR 1
#endif

#if ZENOO_RPC_OWN_ALLOCATOR

#include "support/allocation_counter.hpp"

using namespace std::chrono_literals;
using namespace zenoo_rpc;
using tests::allocations;

namespace {

asio::awaitable<int> at_once() { co_return 42; }
asio::awaitable<int> suspending() {
    co_await asio::post(asio::deferred);
    co_return 42;
}

/// Asio recycles the memory of two coroutine frames of up to 1020 bytes each; those of unoptimised code are larger.
#ifdef __OPTIMIZE__
constexpr bool frames_are_small = true;
#else
constexpr bool frames_are_small = false;
#endif

/// How many allocations a hundred calls through `layers` make, once everything is warm.
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

TEST_CASE("the counting of allocations counts") {
    auto const before = allocations;
    void* const volatile one = ::operator new(64);  // volatile, lest the compiler does without
    CHECK(allocations > before);
    auto const between = allocations;
    void* const volatile two = std::aligned_alloc(64, 64);
    CHECK(allocations > between);
    ::operator delete(one);
    std::free(two);
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

TEST_CASE("a policy of any strategy, predicate and observer allocates nothing either") {
    auto const breaker = std::make_shared<CircuitBreaker>();
    auto const recorder = std::make_shared<MetricsRecorder>();
    AnyRetryPolicy const policy{.strategy = ExponentialBackoffStrategy{.max_attempts = 5}};
    CHECK(allocations_of(retry(policy) | circuit_breaker(breaker) | metrics(recorder), at_once) == 0);
}

#else

TEST_CASE("allocations are counted only where the allocator is the program's own") { SUCCEED(); }

#endif
