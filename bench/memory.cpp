// SPDX-License-Identifier: BSL-1.0
// Compares the memory of a retry that waits for its next attempt with that of a coroutine that waits for a timer.
#include "support/calls.hpp"
#include "support/gate.hpp"

#include <zenoo_rpc/retry.hpp>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <sys/wait.h>
#include <unistd.h>

using namespace zenoo_rpc;
using namespace zenoo_rpc::bench;

namespace {

constexpr int sleepers = 100'000;
constexpr std::chrono::hours delay{1};

asio::awaitable<void> sleeping_coroutine() {
    asio::steady_timer timer{co_await asio::this_coro::executor};
    timer.expires_after(delay);
    co_await timer.async_wait(asio::use_awaitable);
}

auto const patient = RetryPolicy{.strategy = FixedDelayStrategy{.delay = delay}};

asio::awaitable<void> retry_of_exceptions() {
    Failures failures{1};
    co_await async_retry(patient, [&] { return async_throwing(failures); });
}
asio::awaitable<void> retry_of_results() {
    Failures failures{1};
    co_await async_retry(patient, [&] { return async_returning<Result<int>>(failures); });
}

double resident_bytes() {
    long all = 0;
    long resident = 0;
    std::ifstream{"/proc/self/statm"} >> all >> resident;
    return static_cast<double>(resident) * static_cast<double>(sysconf(_SC_PAGESIZE));
}

double bytes_each(asio::awaitable<void> (*sleeper)()) {
    asio::io_context io{1};
    auto const before = resident_bytes();
    for (int i = 0; i < sleepers; ++i) asio::co_spawn(io, sleeper, asio::detached);
    io.poll();
    return (resident_bytes() - before) / sleepers;
}

/// Measures in a separate process, whose heap has not grown before.
double measure(char const* name, asio::awaitable<void> (*sleeper)()) {
    int ends[2];
    double bytes = 0;
    if (pipe(ends) != 0) std::abort();
    auto const child = fork();
    if (child == 0) {
        bytes = bytes_each(sleeper);
        _exit(write(ends[1], &bytes, sizeof bytes) == sizeof bytes ? 0 : 1);
    }
    if (child < 0 || read(ends[0], &bytes, sizeof bytes) != sizeof bytes) std::abort();
    waitpid(child, nullptr, 0);
    std::printf("%-40s %12.0f bytes resident\n", name, bytes);
    return bytes;
}

}  // namespace

int main() {
    auto const floor = measure("sleeping coroutine", sleeping_coroutine);
    auto const retry = measure("pending retry of an exception", retry_of_exceptions);
    measure("pending retry of a result", retry_of_results);
    std::fflush(stdout);
    gate(13, retry / floor, 1.30, "pending retry / sleeping coroutine, memory");
    gate(13, retry, 1700, "pending retry, bytes");
}
