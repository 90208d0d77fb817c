// SPDX-License-Identifier: BSL-1.0
#include "odoo/fixtures/session.hpp"
#include "support/catch.hpp"

#include <zenoo_rpc/cache.hpp>

#include <chrono>
#include <stdexcept>

using namespace std::chrono_literals;
using namespace zenoo_rpc;
using tests::Session;
namespace fate = zenoo_rpc::tests::fate;

TEST_CASE("a client and its copies share one cache which uses the client's clock") {
    Session session;
    auto const cache = session.client.cache_manager();
    cache.set("key", 7);
    CHECK(session.client.cache_manager().get<int>("key") == 7);
    auto const french = session.client.with_context(values("lang", "fr_FR"));
    CHECK(french.cache_manager().get<int>("key") == 7);
    session.world.time.advance(5min);
    CHECK_FALSE(session.client.cache_manager().get<int>("key"));
}

TEST_CASE("setting up the cache replaces it with an empty one") {
    Session session;
    session.client.cache_manager().set("key", 7);
    session.client.setup_cache_manager({.max_entries = 1, .time_to_live = 1h});
    auto const cache = session.client.cache_manager();
    CHECK_FALSE(cache.get<int>("key"));
    cache.set("a", 1);
    cache.set("b", 2);
    session.world.time.advance(59min);
    CHECK_FALSE(cache.get<int>("a"));
    CHECK(cache.get<int>("b") == 2);
    CHECK_THROWS_AS(session.client.setup_cache_manager({.max_entries = 0}), std::invalid_argument);
    CHECK(session.client.cache_manager().get<int>("b") == 2);
}

TEST_CASE("the cache is cleared when another user logs in and at logout") {
    Session session;
    auto const cache = session.client.cache_manager();
    auto const log_in = [&](std::string const& database, int uid) {
        session.expect({fate::result(uid)});
        session.world.run(session.client.login(database, "somebody", "sesame"));
        return cache.get<int>("key") == 7;
    };
    cache.set("key", 7);
    CHECK(log_in("shop", 2));
    CHECK_FALSE(log_in("shop", 3));
    cache.set("key", 7);
    CHECK_FALSE(log_in("other", 3));
    cache.set("key", 7);
    session.client.logout();
    CHECK_FALSE(cache.get<int>("key"));
}
