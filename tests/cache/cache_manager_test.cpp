// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"
#include "support/run.hpp"

#include <zenoo_rpc/cache.hpp>

#include <chrono>
#include <memory>
#include <string>

using namespace std::chrono_literals;
using namespace zenoo_rpc;
using tests::World;

TEST_CASE("a value is found under its key and its type") {
    World world;
    CacheManager const cache{world.io.get_executor()};
    cache.set("name", "Ada");
    cache.set("name", 42);
    CHECK(cache.get<std::string>("name") == "Ada");
    CHECK(cache.get<int>("name") == 42);
    CHECK_FALSE(cache.get<double>("name"));
    CHECK_FALSE(cache.get<int>("other"));
    CHECK(cache.statistics() == CacheStatistics{.hits = 2, .misses = 2, .entries = 2});
}

TEST_CASE("copies of a cache manager share one cache") {
    World world;
    CacheManager const cache{world.io.get_executor()};
    auto const copy = cache;
    copy.set("key", 7);
    CHECK(cache.get<int>("key") == 7);
}

TEST_CASE("a value expires after its own time to live, or that of the options") {
    World world;
    CacheManager const cache{world.io.get_executor(), {.time_to_live = 1min, .stale_if_error = 1h}};
    cache.set("usual", 1);
    cache.set("long", 2, 2min);
    cache.set("strict", 3, CacheTimes{.time_to_live = 1min, .stale_if_error = 0s});
    world.time.advance(1min - 1ns);
    CHECK(cache.get<int>("usual") == 1);
    world.time.advance(1ns);
    CHECK_FALSE(cache.get<int>("usual"));
    CHECK_FALSE(cache.get<int>("strict"));
    CHECK(cache.get<int>("long") == 2);
    CHECK(cache.get_stale<int>("usual") == 1);
    CHECK(cache.get_stale<int>("long") == 2);
    CHECK_FALSE(cache.get_stale<int>("strict"));
    world.time.advance(1h);
    CHECK_FALSE(cache.get_stale<int>("usual"));
    CHECK(cache.get_stale<int>("long") == 2);
}

TEST_CASE("a value with an unlimited time to live does not expire") {
    World world;
    CacheManager const cache{world.io.get_executor(), {.time_to_live = unlimited, .stale_if_error = unlimited}};
    cache.set("key", 7);
    world.time.advance(24h * 365 * 100);
    CHECK(cache.get<int>("key") == 7);
}

TEST_CASE("a full cache evicts the least recently used value") {
    World world;
    CacheManager const cache{world.io.get_executor(), {.max_entries = 3}};
    cache.set("a", 1);
    cache.set("b", 2);
    cache.set("c", 3);
    CHECK(cache.get<int>("a") == 1);
    cache.set("b", 20);
    cache.set("d", 4);
    CHECK_FALSE(cache.get<int>("c"));
    CHECK(cache.get<int>("a") == 1);
    CHECK(cache.get<int>("b") == 20);
    CHECK(cache.get<int>("d") == 4);
    CHECK(cache.statistics().evictions == 1);
    CHECK(cache.statistics().entries == 3);
}

TEST_CASE("remove deletes the values of all types under the key and no other key") {
    World world;
    CacheManager const cache{world.io.get_executor()};
    cache.set("a", 1);
    cache.set("a", "text");
    cache.set("ab", 2);
    CHECK(cache.remove("a"));
    CHECK_FALSE(cache.remove("a"));
    CHECK_FALSE(cache.get<int>("a"));
    CHECK_FALSE(cache.get<std::string>("a"));
    CHECK(cache.get<int>("ab") == 2);
    cache.clear();
    CHECK_FALSE(cache.get<int>("ab"));
    CHECK(cache.statistics().entries == 0);
    CHECK(cache.statistics().hits == 1);
}

TEST_CASE("the destructor of a value that leaves the cache may use the cache") {
    struct Farewell {
        CacheManager cache;
        std::string word;
        Farewell(CacheManager cache_, std::string word_) : cache{std::move(cache_)}, word{std::move(word_)} {}
        ~Farewell() { cache.set("farewell", word, unlimited); }
    };
    World world;
    CacheManager const cache{world.io.get_executor(), {.max_entries = 2}};
    auto const set = [&](std::string const& word) { cache.set(word, std::make_shared<Farewell>(cache, word)); };
    auto const farewell = [&] { return cache.get<std::string>("farewell"); };
    set("replaced");
    cache.set("replaced", std::shared_ptr<Farewell>());
    CHECK(farewell() == "replaced");
    cache.clear();
    set("evicted");
    cache.set("other", 1);
    cache.set("another", 1);
    CHECK(farewell() == "evicted");
    set("removed");
    cache.remove("removed");
    CHECK(farewell() == "removed");
    set("cleared");
    cache.clear();
    CHECK(farewell() == "cleared");
    cache.clear();
}
