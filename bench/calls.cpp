// SPDX-License-Identifier: BSL-1.0
// Makes the given number of calls and nothing else: `calls retry 1000`. For tools that measure whole programs: two runs
// of different length give the cost of one call.
#include "support/calls.hpp"

#include "support/await_each.hpp"

#include <zenoo_rpc/retry.hpp>

#include <cstdio>
#include <cstdlib>
#include <memory>
#include <ranges>
#include <string_view>

using namespace zenoo_rpc;
using namespace zenoo_rpc::bench;

int main(int argc, char** argv) {
    if (argc != 3) {
        std::fputs("usage: calls bare|hand_written|retry|any_retry|resilient|failing NUMBER\n", stderr);
        return EXIT_FAILURE;
    }
    std::string_view const kind = argv[1];
    auto times = std::views::iota(0, std::atoi(argv[2]));

    if (kind == "bare") {
        await_each(times, at_once);
    } else if (kind == "hand_written") {
        await_each(times, hand_written_loop);
    } else if (kind == "retry") {
        RetryPolicy<> const policy;
        await_each(times, [&] { return async_retry(policy, at_once); });
    } else if (kind == "any_retry") {
        AnyRetryPolicy const policy;
        await_each(times, [&] { return async_retry(policy, at_once); });
    } else if (kind == "resilient") {
        auto const breaker = std::make_shared<CircuitBreaker>();
        auto const recorder = std::make_shared<MetricsRecorder>();
        auto const resilient = retry(RetryPolicy<>{}) | circuit_breaker(breaker) | metrics(recorder);
        await_each(times, [&] { return resilient(at_once); });
    } else if (kind == "failing") {
        Failures failures{};
        await_each(times, [&] {
            failures.left = 2;
            return async_retry(at_once_retry, [&] { return async_throwing(failures); });
        });
    } else {
        return EXIT_FAILURE;
    }
}
