// SPDX-License-Identifier: BSL-1.0
// A pipeline that owns memory, created in the expression that awaits it.
#include <zenoo_rpc/retry.hpp>

#include <chrono>

using namespace zenoo_rpc;

auto const answer = []() -> asio::awaitable<int> { co_return 42; };

asio::awaitable<int> ask() {
    auto const policy = RetryPolicy{.strategy = AnyStrategy{FixedDelayStrategy{}}};
#ifdef CURED
    auto const patient = timeout(std::chrono::seconds{1}) | retry(policy);
    co_return co_await patient(answer);
#else
    co_return co_await (timeout(std::chrono::seconds{1}) | retry(policy))(answer);
#endif
}
