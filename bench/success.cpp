// SPDX-License-Identifier: BSL-1.0
// Measures the cost of a retry around an operation that succeeds immediately.
#include "support/await_each.hpp"
#include "support/calls.hpp"
#include "support/gate.hpp"
#include "support/times.hpp"

#include <zenoo_rpc/retry.hpp>

#include <boost/asio/awaitable.hpp>

#include <benchmark/benchmark.h>
#include <memory>

using namespace zenoo_rpc;
using namespace zenoo_rpc::bench;

namespace {

RetryPolicy<> const static_policy;
AnyRetryPolicy const any_policy;

void bare_operation(benchmark::State& state) { await_each(state, at_once); }
BENCHMARK(bare_operation);

void loop_by_hand(benchmark::State& state) { await_each(state, hand_written_loop); }
BENCHMARK(loop_by_hand);

/// A coroutine that retries in its own frame.
void loop_helper(benchmark::State& state) {
    auto const caller = [&]() -> asio::awaitable<void> {
        for (auto _ : state) {
            for (RetryLoop loop{static_policy};; co_await loop.backoff()) {
                try {
                    int const value = co_await at_once();
                    benchmark::DoNotOptimize(value);
                    break;
                } catch (...) {
                    loop.failed();
                }
            }
        }
    };
    run(caller);
}
BENCHMARK(loop_helper);

void retry_static_policy(benchmark::State& state) {
    await_each(state, [] { return async_retry(static_policy, at_once); });
}
BENCHMARK(retry_static_policy);

void retry_any_policy(benchmark::State& state) {
    await_each(state, [] { return async_retry(any_policy, at_once); });
}
BENCHMARK(retry_any_policy);

void retry_breaker_metrics(benchmark::State& state) {
    auto const breaker = std::make_shared<CircuitBreaker>();
    auto const recorder = std::make_shared<MetricsRecorder>();
    auto const resilient = retry(static_policy) | circuit_breaker(breaker) | metrics(recorder);
    await_each(state, [&] { return resilient(at_once); });
}
BENCHMARK(retry_breaker_metrics);

}  // namespace

int main(int argc, char** argv) {
    auto times = measure(argc, argv);
    auto const retry = times["retry_static_policy"];
    gate(1, retry / times["loop_by_hand"], 1.05, "async_retry / hand-written loop, time");
    gate(2, times["loop_helper"] / times["bare_operation"], 1.10, "RetryLoop in the caller / bare operation, time");
    gate(4, times["retry_breaker_metrics"] / retry, 1.15, "retry + breaker + metrics / retry alone, time");
    gate(5, times["retry_any_policy"] / retry, 1.20, "policy of any strategy / static policy, time");
}
