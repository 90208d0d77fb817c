// SPDX-License-Identifier: BSL-1.0
#include "odoo/fixtures/session.hpp"
#include "support/catch.hpp"

#include <zenoo_rpc/exceptions.hpp>
#include <zenoo_rpc/odoo/client.hpp>
#include <zenoo_rpc/retry.hpp>

using namespace zenoo_rpc;
using namespace std::chrono_literals;
using namespace zenoo_rpc::tests;
using nlohmann::json;

namespace {

Fate some_fields() {
    return fate::result(json::parse(R"({"name": {"type": "char"}, "country_id": {"type": "many2one"},
                                        "child_ids": {"type": "one2many"}})"));
}
Fate loaded(RecordId id) {
    json response = json::parse(R"({"messages": [], "nextrow": 0})");
    response["ids"] = json::array({id});
    return fate::result(response);
}
Fate not_loaded(char const* message) {
    json response =
        json::parse(R"({"ids": false, "messages": [{"type": "error", "record": 0, "field": "country_id"}]})");
    response["messages"][0]["message"] = message;
    return fate::result(response);
}

auto create_ada(Session& session) {
    return session.client.create_once("res.partner", ExternalId("shop", "c42"), values("name", "Ada"));
}

}  // namespace

TEST_CASE("create_once looks up the fields of a model once, and loads") {
    Session session{some_fields(), loaded(7), loaded(8)};
    auto work = [&]() -> asio::awaitable<void> {
        RecordId const first = co_await session.client.create_once(
            "res.partner", ExternalId("shop", "c42"), values("name", "Ada", "country_id", ExternalId("base", "be")));
        CHECK(first == 7);
        RecordId const second =
            co_await session.client.create_once("res.partner", ExternalId("shop", "c43"), values("name", "Eve"));
        CHECK(second == 8);
    };
    CHECK_FALSE(session.world.run(work()).failure);
    REQUIRE(session.sent() == 3);
    CHECK(session.server->args(0) == json::parse(R"(["shop", 2, "sesame", "res.partner", "fields_get", [],
                                                     {"attributes": ["type", "selection"]}])"));
    CHECK(session.server->args(1) == json::parse(R"(["shop", 2, "sesame", "res.partner", "load",
        [["id", "country_id/id", "name"], [["shop.c42", "base.be", "Ada"]]],
        {"context": {"mode": "update", "noupdate": true}}])"));
}

TEST_CASE("the fields of one database are not used for the next one") {
    Session session;
    Fate const late_fields = [&](json const& body) -> asio::awaitable<Result<HttpResponse>> {
        RecordId const user = co_await session.client.login("other", "admin", "sesame too");
        CHECK(user == 2);
        auto const fields = some_fields();
        Result<HttpResponse> response = co_await fields(body);
        co_return response;
    };
    session.expect({late_fields, fate::result(2), loaded(7), some_fields(), loaded(8)});
    CHECK(session.world.run(create_ada(session)).value == 7);
    CHECK(session.world.run(create_ada(session)).value == 8);
    CHECK(session.sent() == 5);

    session.expect({fate::result(2), some_fields(), loaded(9)});
    CHECK(session.world.run(session.client.login("third", "admin", "sesame")).value == 2);
    CHECK(session.world.run(create_ada(session)).value == 9);
    CHECK(session.sent() == 8);
}

TEST_CASE("create_once is retried whatever the outcome of the previous attempt") {
    Session session{some_fields(),
                    fate::lost(),
                    fate::status(502),
                    fate::refused(),
                    not_loaded("could not serialize access due to concurrent update\n"),
                    loaded(7)};
    session.client.setup_retry_manager({.strategy = FixedDelayStrategy{.max_attempts = 5, .delay = 100ms}});
    auto const outcome = session.world.run(create_ada(session));
    CHECK(outcome.value.value() == 7);
    CHECK(outcome.elapsed == 1300ms);  // a second after the conflict
}

TEST_CASE("create_once can be called again after it failed") {
    Session session{some_fields(), fate::lost(), loaded(7)};
    auto const lost = session.world.run(create_ada(session)).failure;
    CHECK(lost.is<NetworkError>());
    CHECK(lost.transient());
    CHECK(lost.delivery() == Delivery::unknown);
    CHECK(session.world.run(create_ada(session)).value.value() == 7);
}

TEST_CASE("a rejection names the external id and the field and is not retried") {
    Session session{some_fields(), not_loaded("No matching record found"),
                    fate::error("builtins.ValueError", "External ID not found in the system: shop.c42")};
    session.client.setup_retry_manager({.strategy = FixedDelayStrategy{.delay = 1s}});
    auto const failure = session.world.run(create_ada(session)).failure;
    CHECK(failure.is<ValidationError>());
    CHECK(failure.delivery() == Delivery::rejected);
    CHECK(contains(failure.what(),
                   "res.partner.create_once: record shop.c42, field country_id: No matching record found"));
    REQUIRE(session.sent() == 3);  // the record is looked up: it may exist all the same
    CHECK(session.server->args(2)[4] == "check_object_reference");
    CHECK(session.server->args(2)[5] == json::array({"shop", "c42"}));
}

TEST_CASE("a value that an import would store differently from create is rejected before anything is sent") {
    Session session{some_fields()};
    auto const failure = session.world
                             .run(session.client.create_once("res.partner", ExternalId("shop", "c42"),
                                                             values("name", "Ada", "child_ids", 7)))
                             .failure;
    CHECK(failure.is<ValidationError>());
    CHECK(failure.delivery() == Delivery::not_sent);
    CHECK(contains(failure.what(), "record shop.c42, field child_ids"));
    CHECK(session.sent() == 1);
}

TEST_CASE("a failed look-up of the fields fails the call, and the next call repeats it") {
    Session session{fate::error("odoo.exceptions.AccessError"), some_fields(), loaded(7)};
    CHECK(session.world.run(create_ada(session)).failure.is<AccessError>());
    CHECK(session.world.run(create_ada(session)).value.value() == 7);
}

TEST_CASE("a response to create_once that is not one id is a protocol error") {
    Session session{some_fields(), fate::result(json::parse(R"({"ids": [7, 8], "messages": []})")),
                    fate::result(json::parse(R"({"ids": [], "messages": []})")), fate::result(true)};
    CHECK(session.world.run(create_ada(session)).failure.is<ProtocolError>());
    CHECK(session.world.run(create_ada(session)).failure.is<ProtocolError>());
    CHECK(session.world.run(create_ada(session)).failure.is<ProtocolError>());
}
