// SPDX-License-Identifier: BSL-1.0
// Retries an operation that fails twice, in a few lines.
#include <zenoo_rpc/retry.hpp>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include <exception>
#include <iostream>

namespace asio = boost::asio;
using namespace zenoo_rpc;
using namespace std::chrono_literals;

asio::awaitable<int> unreliable_response(int& calls) {
    if (++calls < 3) throw NetworkError{"the network is down"};
    co_return 42;
}

asio::awaitable<void> ask() {
    auto const policy = RetryPolicy{.strategy = ExponentialBackoffStrategy{.max_attempts = 5, .base_delay = 10ms}};
    int calls = 0;
    int const response = co_await async_retry(policy, [&] { return unreliable_response(calls); });
    std::cout << response << " after " << calls << " attempts\n";
}

int main() {
    asio::io_context io;
    asio::co_spawn(io, ask, [](std::exception_ptr failure) {
        if (failure) std::rethrow_exception(failure);
    });
    io.run();
}
