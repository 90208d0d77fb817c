// SPDX-License-Identifier: BSL-1.0
// An operation that owns its captures, created in the expression that awaits it.
#include <zenoo_rpc/retry.hpp>

#include <memory>

using namespace zenoo_rpc;

asio::awaitable<void> count(std::shared_ptr<int> shared) {
    auto const policy = RetryPolicy{};
#ifdef CURED
    auto const operation = [shared]() -> asio::awaitable<void> {
        ++*shared;
        co_return;
    };
    co_await async_retry(policy, operation);
#else
    co_await async_retry(policy, [shared]() -> asio::awaitable<void> {
        ++*shared;
        co_return;
    });
#endif
}
