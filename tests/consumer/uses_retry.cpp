// SPDX-License-Identifier: BSL-1.0
#include <zenoo_rpc/retry.hpp>

#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>

#ifdef NLOHMANN_JSON_VERSION_MAJOR
#error "zenoo_rpc/retry.hpp must not include JSON"
#endif

#if ZENOO_RPC_VERSION < 100
#error "zenoo_rpc/version.hpp is part of zenoo_rpc/retry.hpp"
#endif

#if defined(EXPECTS_COMPILED_FORM) != defined(ZENOO_RPC_RETRY_COMPILED)
#error "zenoo_rpc::retry_compiled, and nothing else, defines ZENOO_RPC_RETRY_COMPILED"
#endif

using namespace zenoo_rpc;

int main() {
    asio::io_context io;
    int calls = 0;
    auto const policy = RetryPolicy{.strategy = FixedDelayStrategy{.max_attempts = 3, .delay = Duration::zero()}};
    auto const operation = [&calls]() -> asio::awaitable<int> {
        if (++calls < 3) throw NetworkError{"not yet"};
        co_return calls;
    };
    auto result = async_retry(io.get_executor(), policy, operation, asio::use_future);
    io.run();
    return result.get() == 3 ? 0 : 1;
}
