// SPDX-License-Identifier: BSL-1.0
// Counts allocations and clock reads per call, after a warm-up.
#include "support/allocations.hpp"
#include "support/await_each.hpp"
#include "support/calls.hpp"
#include "support/clock_reads.hpp"
#include "support/gate.hpp"

#include <zenoo_rpc/retry.hpp>

#include <boost/asio/awaitable.hpp>

#include <benchmark/benchmark.h>
#include <chrono>
#include <cstdlib>
#include <memory>

using namespace zenoo_rpc;
using namespace zenoo_rpc::bench;

namespace {

using Counter = long (*)() noexcept;

/// Returns how much a call adds to `counter`, on average of a hundred consecutive calls in one coroutine.
template <class Call>
double per_call(Counter counter, Call call) {
    constexpr int calls = 100;
    long counted = 0;
    auto const caller = [&]() -> asio::awaitable<void> {
        for (int i = 0; i < calls; ++i) benchmark::DoNotOptimize(co_await call());
        auto const before = counter();
        for (int i = 0; i < calls; ++i) benchmark::DoNotOptimize(co_await call());
        counted = counter() - before;
    };
    run(caller);
    return static_cast<double>(counted) / calls;
}

/// Aborts unless the replaced functions count: otherwise zero counts would prove nothing.
void require_counting() {
    auto const memory_before = allocations();
    void* const volatile memory = std::aligned_alloc(64, 64);
    std::free(memory);
    auto const clock_before = clock_reads();
    benchmark::DoNotOptimize(std::chrono::steady_clock::now());
    if (allocations() == memory_before || clock_reads() == clock_before) std::abort();
}

}  // namespace

int main() {
    require_counting();

    RetryPolicy<> const policy;
    AnyRetryPolicy const any_policy;
    auto const retried = [&] { return async_retry(policy, at_once); };
    auto const retried_hop = [&] { return async_retry(policy, hopping); };
    gate(3, per_call(allocations, retried), 0, "async_retry, allocations");
    gate(3, per_call(allocations, retried_hop), 0, "async_retry of an operation with a hop, allocations");
    gate(3, per_call(allocations, [&] { return async_retry(any_policy, at_once); }), 0,
         "async_retry with a policy of any strategy, allocations");

    auto const breaker = std::make_shared<CircuitBreaker>();
    auto const recorder = std::make_shared<MetricsRecorder>();
    auto const resilient = retry(policy) | circuit_breaker(breaker) | metrics(recorder);
    gate(4, per_call(allocations, [&] { return resilient(at_once); }), 0, "retry + breaker + metrics, allocations");
    gate(4, per_call(allocations, [&] { return resilient(hopping); }), 0,
         "retry + breaker + metrics of an operation with a hop, allocations");

    gate(6, per_call(clock_reads, retried), 0, "async_retry without a time limit, clock reads");
    gate(6, per_call(clock_reads, [&] { return resilient(at_once); }), 0, "retry + breaker + metrics, clock reads");
}
