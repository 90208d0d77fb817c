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

TEST_CASE("a client has one cache, in its own time") {
    Session session;
    auto const cache = session.client.cache_manager();
    cache.set("key", 7);
    CHECK(session.client.cache_manager().get<int>("key") == 7);
    auto const french = session.client.with_context(values("lang", "fr_FR"));
    CHECK(french.cache_manager().get<int>("key") == 7);
    session.world.time.advance(5min);
    CHECK_FALSE(session.client.cache_manager().get<int>("key"));
}

TEST_CASE("a client gets another cache, empty and with these options") {
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

TEST_CASE("what one user has read is forgotten when another one logs in, or at logout") {
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
