// SPDX-License-Identifier: BSL-1.0
// Measures the cost of a retry around an operation that fails twice, without delays between its three attempts.
#include "support/await_each.hpp"
#include "support/calls.hpp"
#include "support/gate.hpp"
#include "support/times.hpp"

#include <zenoo_rpc/retry.hpp>

#include <boost/asio/awaitable.hpp>
#include <boost/system/result.hpp>
#include <boost/system/system_error.hpp>

#include <benchmark/benchmark.h>

using namespace zenoo_rpc;
using namespace zenoo_rpc::bench;

namespace {

void plain_throw_and_catch(benchmark::State& state) {
    for (auto _ : state) {
        Failures failures{2};
        for (bool failed = true; failed;) {
            try {
                benchmark::DoNotOptimize(throwing(failures));
                failed = false;
            } catch (boost::system::system_error const& error) {
                benchmark::DoNotOptimize(error.code());
            }
        }
    }
}
BENCHMARK(plain_throw_and_catch);

/// The cost of the same exceptions through a coroutine of Asio, without a retry.
void await_throw_and_catch(benchmark::State& state) {
    auto const caller = [&]() -> asio::awaitable<int> {
        Failures failures{2};
        for (;;) {
            try {
                co_return co_await async_throwing(failures);
            } catch (boost::system::system_error const&) {
            }
        }
    };
    await_each(state, caller);
}
BENCHMARK(await_throw_and_catch);

void retry_of_exceptions(benchmark::State& state) {
    Failures failures{};
    await_each(state, [&] {
        failures.left = 2;
        return async_retry(at_once_retry, [&] { return async_throwing(failures); });
    });
}
BENCHMARK(retry_of_exceptions);

template <class R>
void retry_of_results(benchmark::State& state) {
    Failures failures{};
    await_each(state, [&] {
        failures.left = 2;
        return async_retry(at_once_retry, [&] { return async_returning<R>(failures); });
    });
}
BENCHMARK(retry_of_results<boost::system::result<int>>)->Name("retry_of_boost_results");
BENCHMARK(retry_of_results<Result<int>>)->Name("retry_of_results");

}  // namespace

int main(int argc, char** argv) {
    auto times = measure(argc, argv);
    auto const exceptions = times["retry_of_exceptions"];
    gate(10, times["retry_of_boost_results"] / exceptions, 0.06,
         "retry of boost::system::result / of exceptions, time");
    gate(10, times["retry_of_results"] / exceptions, 0.06, "retry of Result / of exceptions, time");
    gate(11, exceptions / times["plain_throw_and_catch"], 2.4, "retry of exceptions / throw and catch them, time");
}
