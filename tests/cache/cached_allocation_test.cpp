// SPDX-License-Identifier: BSL-1.0
// An executable of its own: it replaces the allocator of the whole program to count its calls.
#include "support/catch.hpp"
#include "support/own_allocator.hpp"

#include <zenoo_rpc/cache.hpp>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>

#include <string>

#if ZENOO_RPC_OWN_ALLOCATOR

#include "support/allocation_counter.hpp"

using namespace zenoo_rpc;

namespace {

std::string const key = "a key that is too long for a small string";

}  // namespace

TEST_CASE("a cached value is returned without an allocation") {
    asio::io_context io;
    CacheManager const cache{io.get_executor()};
    int calls = 0;
    long counted = -1;
    auto const program = [&]() -> asio::awaitable<void> {
        auto const layer = cache.cached(key);
        auto const load = [&]() -> asio::awaitable<int> { co_return ++calls; };
        for (int i = 0; i < 100; ++i) co_await layer(load);
        auto const before = tests::allocations;
        for (int i = 0; i < 100; ++i) co_await layer(load);
        counted = tests::allocations - before;
    };
    asio::co_spawn(io, program, asio::detached);
    io.run();
    CHECK(calls == 1);
    CHECK(counted == 0);

    auto const before = tests::allocations;
    CHECK(cache.get<int>(key) == 1);
    CHECK(tests::allocations == before);
}

TEST_CASE("the memory of a cache is bounded by its number of entries") {
    asio::io_context io;
    CacheManager const cache{io.get_executor(), {.max_entries = 100}};
    auto const fill = [&](int number) {
        for (int i = 0; i < number; ++i) cache.set(key + std::to_string(i), i);
        return tests::live_bytes;
    };
    auto const full = fill(200);
    CHECK(fill(100'000) < full + 2000);
}

#else

TEST_CASE("allocations are counted only where the allocator is the program's own") { SUCCEED(); }

#endif
