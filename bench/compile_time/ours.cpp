// SPDX-License-Identifier: BSL-1.0
#include <zenoo_rpc/retry.hpp>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>

namespace asio = boost::asio;

asio::awaitable<int> operation();

asio::awaitable<void> caller() {
    zenoo_rpc::RetryPolicy<> const policy;
    co_await zenoo_rpc::async_retry(policy, operation);
}

int main() {
    asio::io_context io;
    asio::co_spawn(io, caller(), asio::detached);
    io.run();
}
