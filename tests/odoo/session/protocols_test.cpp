// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"
#include "support/run.hpp"

#include <zenoo_rpc/exceptions.hpp>
#include <zenoo_rpc/odoo/client.hpp>
#include <zenoo_rpc/testing/simulated_transport.hpp>

#include <memory>
#include <vector>

using namespace zenoo_rpc;
using namespace zenoo_rpc::testing;
using namespace std::chrono_literals;
using nlohmann::json;
using zenoo_rpc::tests::contains;
using zenoo_rpc::tests::World;

namespace {

/// A client of an Odoo in memory.
struct Simulated {
    World world;
    OdooServerCore odoo;
    ZenooClient client;

    Simulated(OdooDialect dialect, Protocol protocol)
        : odoo{fresh_odoo19(), "odoo19", dialect},
          client{world.io.get_executor(), std::make_shared<SimulatedTransport>(odoo), {.protocol = protocol}} {}
};

}  // namespace

TEST_CASE("one program works alike with Odoo 16 and 19 by JSON-RPC and JSON-2") {
    auto const dialect = GENERATE(OdooDialect::odoo16, OdooDialect::odoo19);
    auto const protocol = GENERATE(Protocol::automatic, Protocol::json_rpc, Protocol::json2);
    if (dialect == OdooDialect::odoo16 && protocol == Protocol::json2) return;
    Simulated at{dialect, protocol};
    auto& client = at.client;
    auto work = [&]() -> asio::awaitable<void> {
        RecordId const uid = co_await client.login_with_api_key("odoo19", "admin", "admin-api-key");
        CHECK(uid == 2);
        RecordId const id = co_await client.create("res.partner", values("name", "Ada"));
        co_await client.write("res.partner", id, values("ref", "a1"));
        std::vector<RecordId> const found = co_await client.search("res.partner", field("ref") == "a1");
        CHECK(found == std::vector<RecordId>{id});
        json const read = co_await client.read("res.partner", id, fields("name"));
        json const expected = json::array({json({{"id", id}, {"name", "Ada"}})});
        CHECK(read == expected);
        ExternalId const external_id{"shop", "ada"};
        RecordId const created = co_await client.create_once("res.partner", external_id, values("name", "Eve"));
        RecordId const again = co_await client.create_once("res.partner", external_id, values("name", "Eve"));
        CHECK(created == again);
        json const ids = json::array({json::array({id})});
        json const none = co_await client.execute_kw("res.partner", "action_archive", ids);
        CHECK(none == nullptr);
        co_await client.unlink("res.partner", id);
        Result<void> const gone = co_await client.results().unlink("res.partner", id);
        CHECK(gone.error().is<MissingError>());
        json const bad_domain = json::parse(R"([[["nosuch", "=", 1]]])");
        Result<json> const failed = co_await client.results().execute_kw("res.partner", "search", bad_domain);
        CHECK(failed.error().is<ServerError>());
        CHECK_FALSE(failed.error().transient());
        Result<json> const unknown = co_await client.results().execute_kw("res.partner", "nope");
        CHECK(unknown.error().is<MethodNotFoundError>());
        json const reported = co_await client.version();
        CHECK(reported["server_version_info"][0] == (dialect == OdooDialect::odoo16 ? 16 : 19));
        at.odoo.faults().script(Fault::serialization_failure());
        Result<void> const collided = co_await client.results().write("res.partner", created, values("ref", "b"));
        CHECK(collided.error().is<ConcurrencyError>());
        at.odoo.faults().script(Fault::lock_timeout());
        Result<void> const locked = co_await client.results().write("res.partner", created, values("ref", "b"));
        CHECK(locked.error().is<ConcurrencyError>());
        CHECK(locked.error().delivery() == Delivery::rejected);
        auto const load_faults = std::vector{Fault::load_conflict(), Fault::lock_timeout()};
        for (Fault const& fault : load_faults) {
            at.odoo.faults().script(fault);
            Result<RecordId> const conflict =
                co_await client.results().create_once("res.partner", external_id, values("name", "Eve"));
            CHECK(conflict.error().is<ConcurrencyError>());
        }
        auto const overloads = std::vector{Fault::pool_full(), Fault::pool_full_page()};
        for (Fault const& fault : overloads) {
            at.odoo.faults().script(fault);
            Result<json> const overloaded = co_await client.results().read("res.partner", created);
            CHECK(overloaded.error().is<DatabaseUnavailableError>());
            CHECK(overloaded.error().transient());
        }
        at.odoo.faults().script(Fault::database_down(1s));
        Result<json> const down = co_await client.results().read("res.partner", created);
        CHECK(down.error().is<DatabaseUnavailableError>());
        CHECK(down.error().delivery() == Delivery::rejected);
    };
    auto const outcome = at.world.run(work());
    CHECK(outcome.failure.what() == Failure{}.what());
}

TEST_CASE("a wrong key and a wrong database give the same errors by both protocols") {
    auto const protocol = GENERATE(Protocol::json_rpc, Protocol::json2);
    Simulated at{OdooDialect::odoo19, protocol};
    auto const wrong = at.world.run(at.client.login_with_api_key("odoo19", "admin", "open-sesame")).failure;
    CHECK(wrong.is<AuthenticationError>());
    CHECK(wrong.delivery() == Delivery::rejected);
    CHECK_FALSE(contains(wrong.what(), "sesame"));
    auto const nowhere = at.world.run(at.client.login_with_api_key("nosuch", "admin", "admin-api-key")).failure;
    CHECK(nowhere.is<ServerError>());
    CHECK(nowhere.delivery() == Delivery::rejected);
}
