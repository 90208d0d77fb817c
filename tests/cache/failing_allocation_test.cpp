// SPDX-License-Identifier: BSL-1.0
// Each allocation fails in one run: the cache keeps the old value or the new one, and no caller waits for ever.
// Allocations by `aligned_alloc` in Asio and those of exceptions do not fail.
#include "support/failing_allocation.hpp"

#include "support/catch.hpp"

#include <zenoo_rpc/async/async_sleep.hpp>
#include <zenoo_rpc/cache.hpp>
#include <zenoo_rpc/exceptions.hpp>
#include <zenoo_rpc/testing/virtual_time.hpp>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/strand.hpp>

#include <chrono>
#include <exception>
#include <new>
#include <string>

using namespace std::chrono_literals;
using namespace zenoo_rpc;
using tests::alive;
using tests::fail_each;
using tests::until_failure;

namespace {

std::string const long_key = "a key that is too long for a small string";
std::string text(char letter) { return std::string(100, letter); }

}  // namespace

TEST_CASE("a cache that runs out of memory keeps the old value or the new one") {
    asio::io_context io;
    auto const use = [&] {
        CacheManager const cache{io.get_executor(), {.max_entries = 2}};
        cache.set(long_key, text('a'));
        cache.set(long_key + '2', 2);
        cache.set(long_key, text('b'));
        cache.set(long_key + '3', 3);
        cache.remove(long_key + '3');
        cache.clear();
    };
    CHECK(fail_each(use) > 10);

    CacheManager const cache{io.get_executor()};
    bool set = false;
    for (long k = 1; !set; ++k) {
        INFO("allocation " << k);
        cache.set(long_key, text('a'));
        until_failure = k;
        try {
            cache.set(long_key, text('b'));
            set = true;
        } catch (std::bad_alloc const&) {
        }
        until_failure = 0;
        CHECK(cache.get<std::string>(long_key) == text(set ? 'b' : 'a'));
    }
}

namespace {

constexpr int callers = 3;

struct Ends {
    int values = 0;
    int failures = 0;
    int never_begun = 0;
    bool reached = true;
};

/// Runs several concurrent callers of one key. They share a strand, because Asio crashes where it cannot allocate a new
/// one: it destroys what it has not initialised.
Ends share_a_load(long k, bool load_fails) {
    asio::io_context io;
    testing::VirtualTime time{io};
    auto const strand = asio::make_strand(io);
    CacheManager const cache{strand};
    auto const load = [&]() -> asio::awaitable<std::string> {
        co_await async_sleep(1s);
        if (load_fails) throw ValidationError{text('x')};
        co_return text('a');
    };
    auto const layer = cache.cached(long_key);
    Ends ends;
    auto const ended = [&](std::exception_ptr error, std::string const& value) {
        ends.values += !error && value == text('a');
        ends.failures += error != nullptr;
    };
    auto const run = [&] {
        try {
            time.run();
        } catch (std::bad_alloc const&) {
        }
    };
    until_failure = k;
    for (int i = 0; i < callers; ++i) {
        try {
            asio::co_spawn(strand, layer(load), ended);
        } catch (std::bad_alloc const&) {
            ++ends.never_begun;
        }
    }
    run();
    ends.reached = until_failure == 0;
    until_failure = 0;
    time.run();

    int again = 0;
    auto const later = [&]() -> asio::awaitable<std::string> { co_return text('a'); };
    asio::co_spawn(strand, layer(later),
                   [&](std::exception_ptr, std::string const& value) { again += value == text('a'); });
    time.run();
    CHECK(again == 1);
    CHECK(cache.statistics().stale == 0);
    return ends;
}

}  // namespace

TEST_CASE("callers that wait for a load continue whichever allocation fails") {
    for (bool const load_fails : {false, true}) {
        Ends ends = share_a_load(0, load_fails);
        CHECK((load_fails ? ends.failures : ends.values) == callers);
        for (long k = 1; ends.reached || k == 1; ++k) {
            INFO("allocation " << k << ", " << (load_fails ? "a failing load" : "a load"));
            long const before = alive;
            ends = share_a_load(k, load_fails);
            long const lost = alive - before;
            CHECK(lost == 0);
            CHECK(ends.values + ends.failures + ends.never_begun >= callers - 1);
        }
    }
}
