// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"

#include <zenoo_rpc/async/ambient.hpp>
#include <zenoo_rpc/async/async_retry.hpp>
#include <zenoo_rpc/async/async_sleep.hpp>
#include <zenoo_rpc/async/timeout.hpp>
#include <zenoo_rpc/exceptions.hpp>
#include <zenoo_rpc/retry/fixed_delay.hpp>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <atomic>
#include <chrono>

using namespace std::chrono_literals;
using namespace zenoo_rpc;

namespace {

/// `max_attempts` identifies the owner of the context.
asio::awaitable<bool> finds(int max_attempts, int attempt, int depth) {
    if (depth > 0) {
        bool const found = co_await finds(max_attempts, attempt, depth - 1);
        co_return found;
    }
    co_await asio::post(asio::use_awaitable);
    auto const* context = co_await RetryContext::current();
    co_return context && context->max_attempts == max_attempts && context->attempt == attempt;
}

asio::awaitable<void> one_of_many(int number, std::atomic<int>& right) {
    int const max_attempts = number + 2;
    int attempt = 0;
    auto const limit = timeout(1h);
    auto const operation = ambient([&]() -> asio::awaitable<int> {
        ++attempt;
        auto const deep = [&] { return finds(max_attempts, attempt, 5); };
        bool const found = co_await limit(deep);
        if (attempt == 1) throw NetworkError{"once"};
        co_return found ? 1 : 0;
    });
    auto const policy = RetryPolicy{.strategy = FixedDelayStrategy{.max_attempts = max_attempts, .delay = 0s}};
    int const found = co_await async_retry(policy, operation);
    bool const none_outside = co_await RetryContext::current() == nullptr;
    right += found == 1 && none_outside;
}

}  // namespace

TEST_CASE("each of ten thousand interleaved operations finds its own context", "[threads]") {
    std::atomic<int> right = 0;
    asio::thread_pool pool{2};
    for (int i = 0; i < 10'000; ++i) {
        asio::co_spawn(asio::make_strand(pool), one_of_many(i, right), asio::detached);
    }
    pool.join();
    CHECK(right == 10'000);
}
