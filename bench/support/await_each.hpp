// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_BENCH_SUPPORT_AWAIT_EACH_HPP
#define ZENOO_RPC_BENCH_SUPPORT_AWAIT_EACH_HPP

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include <benchmark/benchmark.h>
#include <exception>

namespace zenoo_rpc::bench {

namespace asio = boost::asio;

/// Runs a coroutine on its own `io_context` until no work is left.
template <class Coroutine>
void run(Coroutine& coroutine) {
    asio::io_context io{1};
    asio::co_spawn(io, coroutine, [](std::exception_ptr error) {
        if (error) std::rethrow_exception(error);
    });
    io.run();
}

/// Awaits `call()` in one coroutine, once for each element of `times`.
template <class Range, class Call>
void await_each(Range& times, Call call) {
    auto const caller = [&]() -> asio::awaitable<void> {
        for (auto time : times) {
            benchmark::DoNotOptimize(time);
            auto const value = co_await call();
            benchmark::DoNotOptimize(value);
        }
    };
    run(caller);
}

}  // namespace zenoo_rpc::bench

#endif  // ZENOO_RPC_BENCH_SUPPORT_AWAIT_EACH_HPP
