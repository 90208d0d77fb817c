// SPDX-License-Identifier: BSL-1.0
#include "plugin.hpp"

#include <zenoo_rpc/retry.hpp>

#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>

using namespace zenoo_rpc;

// Exceptions of the plugin are caught and judged by the program: both have the same types. Nothing listens on port 1.
int main() {
    asio::io_context io;
    int calls = 0;
    auto const policy = RetryPolicy{.strategy = FixedDelayStrategy{.max_attempts = 2, .delay = Duration::zero()}};
    auto const operation = [&calls]() -> asio::awaitable<void> {
        ++calls;
        log_in_at("http://127.0.0.1:1");
        co_return;
    };
    auto result = async_retry(io.get_executor(), policy, operation, asio::use_future);
    io.run();
    try {
        result.get();
    } catch (RetryExhaustedError const&) {
        return calls == 2 ? 0 : 1;
    }
    return 1;
}
