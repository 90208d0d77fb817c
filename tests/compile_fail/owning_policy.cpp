// SPDX-License-Identifier: BSL-1.0
// A policy that owns memory, created in the expression that awaits it.
#include <zenoo_rpc/retry.hpp>

using namespace zenoo_rpc;

auto const answer = []() -> asio::awaitable<int> { co_return 42; };

asio::awaitable<int> ask() {
#ifdef CURED
    auto const policy = RetryPolicy{.strategy = AnyStrategy{FixedDelayStrategy{}}};
    co_return co_await async_retry(policy, answer);
#else
    co_return co_await async_retry(RetryPolicy{.strategy = AnyStrategy{FixedDelayStrategy{}}}, answer);
#endif
}
