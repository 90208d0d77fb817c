// SPDX-License-Identifier: BSL-1.0
// Queries that change records, and properties that all their calls share.
#include "odoo/fixtures/partner_queries.hpp"

#include <zenoo_rpc/exceptions.hpp>
#include <zenoo_rpc/retry.hpp>

#include <chrono>
#include <optional>
#include <stdexcept>
#include <utility>
#include <vector>

using namespace zenoo_rpc;
using namespace zenoo_rpc::tests;
using namespace std::chrono_literals;

TEST_CASE("an update writes into the records that a search has found and returns their number") {
    Session session{fate::result({7, 8}), fate::result(true), fate::result(json::array())};
    auto const query = partners(session).filter(field("name") == "x");
    CHECK(value_of(session.world.run(query.update(values("name", "y")))) == 2);
    CHECK(call(session, 0).method == "search");
    CHECK(call(session, 1).method == "write");
    CHECK(call(session, 1).args == terms(R"([[7, 8], {"name": "y"}])"));
    CHECK(value_of(session.world.run(query.update(values("name", "y")))) == 0);
    CHECK(session.sent() == 3);
}

TEST_CASE("unlink deletes the records that a search has found") {
    Session session{fate::result({7, 8}), fate::result(true)};
    CHECK(value_of(session.world.run(partners(session).filter(field("name") == "x").unlink())) == 2);
    CHECK(call(session, 1).method == "unlink");
    CHECK(call(session, 1).args == terms("[[7, 8]]"));
}

TEST_CASE("changing or deleting all records of a model requires an explicit filter") {
    Session session{fate::result({7}), fate::result(true)};
    auto const all = partners(session).limit(5);
    CHECK(refusal(session.world.run(all.update(values("name", "y"))).failure)
          == "update of res.partner needs a filter; use filter(Domain()) for all records");
    CHECK(refusal(session.world.run(all.unlink()).failure)
          == "unlink of res.partner needs a filter; use filter(Domain()) for all records");
    CHECK(session.sent() == 0);
    CHECK(value_of(session.world.run(all.filter(Domain()).unlink())) == 1);
}

TEST_CASE("a query creates records regardless of its filters") {
    Session session{fate::result(7)};
    auto const query = partners(session).filter(field("id") == 3);
    CHECK(value_of(session.world.run(query.create(values("name", "Ada")))) == 7);
    CHECK(call(session, 0).method == "create");
    CHECK(call(session, 0).args == terms(R"([{"name": "Ada"}])"));
}

TEST_CASE("a query creates a record once") {
    Session session{fields_of_the_server(), fate::result({{"ids", {7}}, {"messages", json::array()}})};
    CHECK(value_of(session.world.run(partners(session).create_once(ExternalId("shop", "c1"), values("name", "Ada"))))
          == 7);
    CHECK(call(session, 1).method == "load");
}

TEST_CASE("a reference fetches its record through a client or its results") {
    Session session{list(json{{"id", 75}, {"code", "FR"}}), list(), list()};
    auto const partner = ada_as_struct();
    REQUIRE(partner.country);
    CHECK(value_of(session.world.run(partner.country.fetch(session.client))).code == "FR");
    CHECK(call(session, 0).args == terms("[[75]]"));
    CHECK(session.server->args(0)[3] == "res.country");
    CHECK(session.world.run(partner.country.fetch(session.client)).failure.is<MissingError>());
    auto const result = session.world.run(partner.country.fetch(session.client.results()));
    CHECK(result.value.value().error().is<MissingError>());
}

TEST_CASE("an empty reference converts to false and has no record") {
    Session session;
    Partner const eve{.id = 8, .name = "Eve"};
    CHECK_FALSE(eve.country);
    CHECK(session.world.run(eve.country.fetch(session.client)).failure.is<MissingError>());
    CHECK(session.sent() == 0);
}

TEST_CASE("queries made from results throw nothing") {
    Session session{list(ada()), list(), fate::refused(), fate::result(3), fate::result({7}), list(ada())};
    auto const query = session.client.results().model<Partner>().filter(field("name") == "x");
    auto const run = [&](auto call) { return value_of(session.world.run(std::move(call))); };
    CHECK(run(query.all()).value().size() == 1);
    CHECK(run(query.get(7)).error().template is<MissingError>());
    CHECK(run(query.first()).error().template is<NetworkError>());
    CHECK(run(query.count()).value() == 3);
    CHECK(run(query.exists()).value());
    CHECK(run(session.client.results().model<Partner>().unlink()).error().template is<std::invalid_argument>());
    auto stream = query.stream();
    CHECK(run(stream.next()).value().value().size() == 1);
}

TEST_CASE("each call of a query has its options and the client's context") {
    Session session{fate::silence(Delivery::unknown), list()};
    auto const client = session.client.with_context(values("lang", "fr_FR"));
    auto const query = client.model<Partner>();
    auto const late = session.world.run(query.options(CallOptions().timeout(5s)).all());
    CHECK(late.failure.is<TimeoutError>());
    CHECK(late.elapsed == 5s);
    session.world.run(query.all());
    CHECK(call(session, 1).kwargs["context"] == terms(R"({"lang": "fr_FR"})"));
}

TEST_CASE("a query outlives its client") {
    Session session{list(ada())};
    auto const query = ZenooClient(session.client).model<Partner>();
    CHECK(value_of(session.world.run(query.all())).size() == 1);
}

TEST_CASE("a query may be built and awaited in one expression") {
    Session session{list(ada()), list(ada()), list(ada()), fate::result(1), fate::result({7}), fate::result(true)};
    auto const& client = session.client;
    auto const work = [&]() -> asio::awaitable<int> {
        auto const all =
            co_await client.model<Partner>().filter(field("name") == "Ada" && field("name").ilike("a%")).all();
        auto const first = co_await client.model<Partner>()
                               .exclude(field("name").in("Bob", "Eve"))
                               .order_by("name desc", &Partner::id)
                               .only("name", &Partner::country)
                               .options(CallOptions().timeout(5s))
                               .first();
        auto const some =
            co_await client.results().model<Partner>().filter(field(&Partner::name) == "Ada").limit(3).all();
        auto const count = co_await client.model<Partner>().filter(field(&Partner::country) == 75).count();
        auto const written =
            co_await client.model<Partner>().filter(!(field("name") == "Bob")).update(values("name", "Ada"));
        co_return static_cast<int>(all.size() + some->size() + first.has_value()) + static_cast<int>(count + written);
    };
    CHECK(value_of(session.world.run(work())) == 5);
}

TEST_CASE("a retry manager retries each call of a query") {
    Session session{fate::refused(), fate::result({7}), fate::refused(), fate::result(true)};
    session.client.setup_retry_manager({.strategy = FixedDelayStrategy{.max_attempts = 3, .delay = 1s}});
    CHECK(value_of(session.world.run(partners(session).filter(field("name") == "x").unlink())) == 1);
    CHECK(session.sent() == 4);
}
