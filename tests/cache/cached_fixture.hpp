// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_TESTS_CACHE_CACHED_FIXTURE_HPP
#define ZENOO_RPC_TESTS_CACHE_CACHED_FIXTURE_HPP

#include "support/run.hpp"

#include <zenoo_rpc/async/async_sleep.hpp>
#include <zenoo_rpc/cache.hpp>

#include <chrono>

namespace zenoo_rpc::tests {

inline constexpr CacheTimes minute_and_hour{.time_to_live = std::chrono::minutes{1},
                                            .stale_if_error = std::chrono::hours{1}};

/// Cache in virtual time.
struct Cached {
    World world;
    CacheManager cache;
    explicit Cached(CacheOptions const& options = {}) : cache{world.io.get_executor(), options} {}
};

/// Counts its calls, each of which takes ten seconds and yields its number.
struct Numbered {
    int calls = 0;
    auto operation() {
        return [this]() -> asio::awaitable<int> {
            int const number = ++calls;
            co_await async_sleep(std::chrono::seconds{10});
            co_return number;
        };
    }
};

}  // namespace zenoo_rpc::tests

#endif  // ZENOO_RPC_TESTS_CACHE_CACHED_FIXTURE_HPP
