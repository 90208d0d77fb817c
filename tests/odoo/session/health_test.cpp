// SPDX-License-Identifier: BSL-1.0
#include "odoo/fixtures/session.hpp"
#include "support/catch.hpp"

#include <zenoo_rpc/exceptions.hpp>
#include <zenoo_rpc/odoo/client.hpp>
#include <zenoo_rpc/retry.hpp>
#include <zenoo_rpc/testing/fresh_odoo19.hpp>
#include <zenoo_rpc/testing/simulated_transport.hpp>

#include <chrono>
#include <memory>
#include <optional>

using namespace zenoo_rpc;
using namespace zenoo_rpc::testing;
using namespace zenoo_rpc::tests;
using namespace std::chrono_literals;

TEST_CASE("health makes one request and reports an unreachable server in its result") {
    auto const dialect = GENERATE(OdooDialect::odoo16, OdooDialect::odoo19);
    World world;
    OdooServerCore odoo{fresh_odoo19(), "odoo19", dialect};
    ZenooClient client{world.io.get_executor(), std::make_shared<SimulatedTransport>(odoo)};
    client.setup_retry_manager({.strategy = FixedDelayStrategy{.max_attempts = 5, .delay = 1s}});
    auto const health = [&] { return world.run(client.health()).value.value(); };
    bool const tells = dialect == OdooDialect::odoo19;

    CHECK(health());
    CHECK(health().has_database == (tells ? std::optional{true} : std::nullopt));
    odoo.faults().script(Fault::database_down(1s));
    auto const down = health();
    CHECK(down.is_reachable);
    CHECK(static_cast<bool>(down) == !tells);
    world.time.advance(2s);
    odoo.faults().script(Fault::refuse_connection(0s));
    auto const away = health();
    CHECK_FALSE(away);
    CHECK_FALSE(away.is_reachable);
    CHECK(away.failure.is<NetworkError>());
}

TEST_CASE("a page that is not Odoo's counts as unreachable") {
    for (auto const& page : {fate::status(502), fate::status(404), fate::status(200)}) {
        World world;
        auto const server = std::make_shared<ScriptedTransport>();
        server->fates = {page};
        ZenooClient client{world.io.get_executor(), server};
        auto const health = world.run(client.health()).value.value();
        CHECK_FALSE(health.is_reachable);
        CHECK(health.failure);
    }
}

TEST_CASE("a health check can be cancelled") {
    World world;
    auto const server = std::make_shared<ScriptedTransport>();
    server->fates = {fate::silence(Delivery::not_sent)};
    ZenooClient client{world.io.get_executor(), server};
    auto running = world.start(client.health());
    world.time.advance(1s);
    running.cancel();
    world.time.run();
    CHECK(running.outcome().failure.cancelled());
}
