// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_BENCH_SUPPORT_IN_FLIGHT_HPP
#define ZENOO_RPC_BENCH_SUPPORT_IN_FLIGHT_HPP

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>

#include <benchmark/benchmark.h>

namespace zenoo_rpc::bench {

namespace asio = boost::asio;

/// Concurrent callers, each with one call in flight, on one `io_context`.
class InFlight {
public:
    static constexpr int callers = 32;

    /// Has every caller await `call()` `times` times.
    template <class Call>
    void await(int times, Call const& call) {
        auto const caller = [&]() -> asio::awaitable<void> {
            for (int i = 0; i < times; ++i) {
                auto const value = co_await call();
                benchmark::DoNotOptimize(value);
            }
        };
        for (int i = 0; i < callers; ++i) asio::co_spawn(io_, caller, asio::detached);
        io_.run();
        io_.restart();
    }

private:
    asio::io_context io_{1};
};

}  // namespace zenoo_rpc::bench

#endif  // ZENOO_RPC_BENCH_SUPPORT_IN_FLIGHT_HPP
