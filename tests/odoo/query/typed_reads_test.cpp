// SPDX-License-Identifier: BSL-1.0
// Records as structs, through a client: the requests, and the structs made from the responses.
#include "odoo/fixtures/named.hpp"
#include "odoo/fixtures/partner_queries.hpp"
#include "odoo/fixtures/session.hpp"
#include "support/catch.hpp"

#include <zenoo_rpc/exceptions.hpp>
#include <zenoo_rpc/odoo/client.hpp>
#include <zenoo_rpc/retry.hpp>
#include <zenoo_rpc/testing/simulated_transport.hpp>

#include <chrono>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

using namespace zenoo_rpc;
using namespace zenoo_rpc::testing;
using namespace zenoo_rpc::tests;
using namespace std::chrono_literals;
using nlohmann::json;

namespace {

struct FlatPartner {
    static constexpr std::string_view odoo_model = "res.partner";
    RecordId id = 0;
    std::string name;
    std::optional<Many2one> country_id;

    bool operator==(FlatPartner const&) const = default;
};
BOOST_DESCRIBE_STRUCT(FlatPartner, (), (id, name, country_id))

std::vector<FlatPartner> ada_and_eve() { return {{7, "Ada", Many2one{75, "France"}}, {8, "Eve", std::nullopt}}; }

json expected_call(char const* method, json argument, json kwargs) {
    auto const arguments = json::array({std::move(argument)});
    return json::array({"shop", 2, "sesame", "res.partner", method, arguments, std::move(kwargs)});
}

}  // namespace

TEST_CASE("a search for structs requests their fields and returns structs") {
    Session session{list(ada(), eve())};
    auto const domain = field("is_company") == true;
    auto const part = SearchOptions().order("name").limit(80);
    CHECK(session.world.run(session.client.search_read<FlatPartner>(domain, part)).value == ada_and_eve());
    json const kwargs{{"fields", {"id", "name", "country_id"}}, {"order", "name"}, {"limit", 80}};
    CHECK(session.server->args(0) == expected_call("search_read", domain.json(), kwargs));
}

TEST_CASE("a search for structs without conditions finds all records") {
    Session session{fate::result(json::array())};
    CHECK(session.world.run(session.client.search_read<FlatPartner>()).value == std::vector<FlatPartner>{});
    json const kwargs{{"fields", {"id", "name", "country_id"}}};
    CHECK(session.server->args(0) == expected_call("search_read", json::array(), kwargs));
}

TEST_CASE("one or many records are read into structs by id") {
    Session session{list(ada(), eve()), list(ada())};
    std::vector<RecordId> const both{7, 8};
    CHECK(session.world.run(session.client.read<FlatPartner>(both)).value == ada_and_eve());
    CHECK(session.world.run(session.client.read<FlatPartner>(7)).value == std::vector{ada_and_eve().front()});
    json const kwargs{{"fields", {"id", "name", "country_id"}}};
    CHECK(session.server->args(0) == expected_call("read", json(both), kwargs));
    CHECK(session.server->args(1) == expected_call("read", json::array({7}), kwargs));
}

TEST_CASE("a struct without a model is read from the model that is named") {
    Session session{list(ada()), list(eve())};
    auto const domain = json::parse(R"([["name", "=", "Ada"]])");
    CHECK(session.world.run(session.client.search_read<Named>("res.partner", domain)).value
          == std::vector<Named>{{"Ada"}});
    CHECK(session.world.run(session.client.read<Named>("res.partner", 8)).value == std::vector<Named>{{"Eve"}});
    json const kwargs{{"fields", {"name"}}};
    CHECK(session.server->args(0) == expected_call("search_read", domain, kwargs));
    CHECK(session.server->args(1) == expected_call("read", json::array({8}), kwargs));
}

TEST_CASE("reads of structs accept JSON variables as domain or ids") {
    Session session{list(ada()), list(ada())};
    auto const domain = json::parse(R"([["name", "=", "Ada"]])");
    auto const ids = json::parse("[7]");
    CHECK(session.world.run(session.client.search_read<FlatPartner>(domain)).value.value().size() == 1);
    CHECK(session.world.run(session.client.read<FlatPartner>(ids)).value.value().size() == 1);
    CHECK(session.server->args(0)[5][0] == domain);
    CHECK(session.server->args(1)[5][0] == ids);
}

TEST_CASE("a field that does not fit is a ProtocolError that says where and is not retried") {
    Session session{list(ada(), json{{"id", 8}, {"name", 5}, {"country_id", false}})};
    session.client.setup_retry_manager({.strategy = FixedDelayStrategy{.max_attempts = 3, .delay = 1s}});
    auto const outcome = session.world.run(session.client.search_read<FlatPartner>());
    CHECK(outcome.failure.is<ProtocolError>());
    CHECK_FALSE(outcome.failure.transient());
    CHECK(
        contains(outcome.failure.what(), "res.partner.search_read: record 8, field name: expected a string, found 5"));
    CHECK(session.sent() == 1);
}

TEST_CASE("a read of structs is retried after a lost response") {
    Session session{fate::lost(), fate::error("psycopg2.errors.SerializationFailure"), list(eve())};
    session.client.setup_retry_manager({.strategy = FixedDelayStrategy{.max_attempts = 3, .delay = 1s}});
    CHECK(session.world.run(session.client.search_read<FlatPartner>()).value == std::vector{ada_and_eve().back()});
    CHECK(session.sent() == 3);
}

TEST_CASE("reads of structs report errors of the server as usual") {
    Session session{fate::error("odoo.exceptions.AccessError", "not for you")};
    auto const outcome = session.world.run(session.client.read<FlatPartner>(7));
    CHECK(outcome.failure.is<AccessError>());
    CHECK(contains(outcome.failure.what(), "not for you"));
}

TEST_CASE("structs and failures are available as results") {
    Session session{list(ada()), list(ada()), list(eve()), list(eve()), fate::refused()};
    auto const client = session.client.results();
    auto const rows_of = [&](auto call) { return session.world.run(std::move(call)).value.value().value().size(); };
    CHECK(rows_of(client.search_read<FlatPartner>()) == 1);
    CHECK(rows_of(client.read<FlatPartner>(7)) == 1);
    CHECK(rows_of(client.search_read<Named>("res.partner")) == 1);
    CHECK(rows_of(client.read<Named>("res.partner", 8)) == 1);
    CHECK(session.world.run(client.read<FlatPartner>(7)).value.value().error().is<NetworkError>());
}

TEST_CASE("a domain that cannot be encoded is rejected before anything is sent") {
    Session session;
    auto const domain = field("name") == "\xff";
    auto const outcome = session.world.run(session.client.search_read<FlatPartner>(domain));
    CHECK(outcome.failure.is<std::invalid_argument>());
    CHECK(session.sent() == 0);
}

TEST_CASE("a probe is not used for reads into structs") {
    Session session{fate::lost()};
    session.client.setup_retry_manager({.strategy = FixedDelayStrategy{.max_attempts = 3, .delay = 1s}});
    Probe const probe = []() -> asio::awaitable<std::optional<json>> { co_return json(true); };
    auto const options = CallOptions().idempotent(false).probe(probe);
    auto const outcome = session.world.run(session.client.read<FlatPartner>(7, options));
    CHECK(outcome.failure.is<OutcomeUnknownError>());
    CHECK(session.sent() == 1);
}

TEST_CASE("both protocols return the same structs") {
    auto const protocol = GENERATE(Protocol::json_rpc, Protocol::json2);
    World world;
    OdooServerCore odoo;
    ZenooClient client{world.io.get_executor(), std::make_shared<SimulatedTransport>(odoo), {.protocol = protocol}};
    auto work = [&]() -> asio::awaitable<void> {
        co_await client.login_with_api_key("odoo19", "admin", "admin-api-key");
        RecordId const id = co_await client.create("res.partner", values("name", "Ada", "ref", "a1"));
        auto const domain = field("ref") == "a1";
        std::vector<FlatPartner> const found = co_await client.search_read<FlatPartner>(domain);
        std::vector<FlatPartner> const read = co_await client.read<FlatPartner>(id);
        CHECK(found == std::vector{FlatPartner{id, "Ada", std::nullopt}});
        CHECK(read == found);
        std::vector<FlatPartner> const gone = co_await client.read<FlatPartner>(id + 1000);
        CHECK(gone.empty());
    };
    CHECK(world.run(work()).value.has_value());
}
