// SPDX-License-Identifier: BSL-1.0
// A decorated function that owns memory, created in the expression that awaits it.
#include <zenoo_rpc/retry.hpp>

#include <memory>

using namespace zenoo_rpc;

asio::awaitable<int> ask() {
    auto const answer = std::make_shared<int>(42);
    auto const get = [answer]() -> asio::awaitable<int> { co_return *answer; };
#ifdef CURED
    auto const patient = with_retry(QuickRetryPolicy{}, get);
    co_return co_await patient();
#else
    co_return co_await with_retry(QuickRetryPolicy{}, get)();
#endif
}
