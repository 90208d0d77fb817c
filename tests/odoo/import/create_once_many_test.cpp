// SPDX-License-Identifier: BSL-1.0
#include "odoo/fixtures/import_fixture.hpp"
#include "odoo/fixtures/session.hpp"
#include "support/catch.hpp"

#include <zenoo_rpc/exceptions.hpp>
#include <zenoo_rpc/retry.hpp>

using namespace zenoo_rpc;
using namespace std::chrono_literals;
using namespace zenoo_rpc::tests;
using nlohmann::json;

namespace {

json partner(ImportFixture& shop, RecordId id) {
    auto const* found = shop.odoo.store().find("res.partner", id);
    return found ? json(*found) : json();
}

template <class... Record>
std::vector<ImportRecord> all_of(Record&&... each) {
    std::vector<ImportRecord> all;
    (all.push_back(std::forward<Record>(each)), ...);
    return all;
}

ImportRecord record(char const* key, Values what) { return ImportRecord{ExternalId{"shop", key}, std::move(what)}; }

}  // namespace

TEST_CASE("many records are created by one call per set of fields, and the ids have the order of the records") {
    ImportFixture shop;
    auto const ids = shop.world.run(shop.client.create_once(
        "res.partner", all_of(record("a", values("name", "Ada")), record("b", values("name", "Bob", "active", false)),
                              record("c", values("name", "Cid")))));
    REQUIRE(ids.value);
    REQUIRE(ids.value->size() == 3);
    CHECK(shop.line->loads == std::vector<std::size_t>{2, 1});
    CHECK(partner(shop, (*ids.value)[0])["name"] == "Ada");
    CHECK(partner(shop, (*ids.value)[1])["name"] == "Bob");
    CHECK(partner(shop, (*ids.value)[1])["active"] == false);
    CHECK(partner(shop, (*ids.value)[2])["name"] == "Cid");
    CHECK(partner(shop, (*ids.value)[2])["active"] == true);  // the model's default
}

TEST_CASE("a record may refer to an earlier one, in the same call or another") {
    ImportFixture shop;
    auto const ids = shop.world.run(shop.client.create_once(
        "res.partner",
        all_of(record("child", values("name", "C", "parent_id", false)), record("parent", values("name", "P")),
               record("other", values("name", "O", "parent_id", ExternalId{"shop", "parent"})))));
    REQUIRE(ids.value);
    CHECK(partner(shop, (*ids.value)[2])["parent_id"] == (*ids.value)[1]);
}

TEST_CASE("nothing is sent if a record is invalid or an external id is duplicated") {
    ImportFixture shop;
    auto const twice = shop.world.run(shop.client.create_once("res.partner", all_of(good_record(1), good_record(1))));
    CHECK(twice.failure.is<ValidationError>());
    CHECK(contains(twice.failure.what(), "record shop.c1: duplicate external id in this batch"));
    auto const wrong = shop.world.run(
        shop.client.create_once("res.partner", all_of(good_record(1), record("c2", values("color", "red")))));
    CHECK(contains(wrong.failure.what(), "record shop.c2, field color: expected an integer"));
    CHECK(wrong.failure.delivery() == Delivery::not_sent);
    CHECK(shop.line->loads.empty());
    CHECK(shop.world.run(shop.client.create_once("res.partner", all_of())).value->empty());
}

TEST_CASE("create_once of many fails with the error of the first rejected record, and creates the others") {
    ImportFixture shop;
    auto const outcome = shop.world.run(shop.client.create_once(
        "res.partner", all_of(record("c1", values("name", "A", "country_id", false)), record_of_nowhere(2),
                              record("c3", values("name", "C", "country_id", ExternalId{"base", "be"})))));
    CHECK(outcome.failure.is<ValidationError>());
    CHECK(outcome.failure.delivery() == Delivery::rejected);
    CHECK(contains(outcome.failure.what(), "res.partner.create_once: record shop.c2, field country_id: "));
    CHECK(shop.partners() == 2);
}

TEST_CASE("a row that Odoo 19 blames for the error of another row is not rejected") {
    // As recorded: the second record is the cause, and the first is named too.
    json const response = json::parse(R"({"ids": false, "nextrow": 0, "messages": [
        {"rows": {"from": 0, "to": 0}, "record": 0, "type": "error", "message": "Contacts require a name"},
        {"rows": {"from": 1, "to": 1}, "record": 1, "type": "error", "message": "Contacts require a name"}]})");
    Session session{fate::result(json::parse(R"({"name": {"type": "char"}})")), fate::result(response),
                    fate::error("builtins.ValueError", "External ID not found in the system: shop.b"),
                    fate::result(json::parse(R"({"ids": [7], "messages": []})"))};
    auto const outcome = session.world.run(session.client.create_once(
        "res.partner", all_of(record("a", values("name", "A")), record("b", values("name", "B")))));
    CHECK(contains(outcome.failure.what(), "record shop.b: Contacts require a name"));
    CHECK_FALSE(contains(outcome.failure.what(), "more"));
    CHECK(session.sent() == 4);
}

TEST_CASE("an existing record is not rejected, even if what it refers to is gone") {
    ImportFixture shop;
    auto const first =
        shop.world.run(shop.client.create_once("res.partner", ExternalId{"shop", "c1"}, values("name", "A")));
    REQUIRE(first.value);
    auto const again = shop.world.run(shop.client.create_once(
        "res.partner", ExternalId{"shop", "c1"}, values("name", "A", "country_id", ExternalId{"base", "nowhere"})));
    CHECK(again.value == first.value);
    CHECK(shop.partners() == 1);
}

TEST_CASE("a record of another model with the same external id does not count as existing") {
    ImportFixture shop;
    auto const failure =
        shop.world.run(shop.client.create_once("res.partner", ExternalId{"base", "be"}, values("name", "A"))).failure;
    CHECK(failure.is<ValidationError>());
    CHECK(shop.partners() == 0);
}

TEST_CASE("a rejection is not reported if the look-up of the record fails") {
    json const response =
        json::parse(R"({"ids": false, "messages": [{"type": "error", "message": "no", "record": 0}]})");
    Session session{fate::result(json::parse(R"({"name": {"type": "char"}})")), fate::result(response), fate::lost()};
    auto const failure =
        session.world.run(session.client.create_once("res.partner", ExternalId{"shop", "a"}, values("name", "A")))
            .failure;
    CHECK(failure.is<NetworkError>());
    CHECK(failure.transient());
    CHECK(failure.delivery() == Delivery::unknown);
}

TEST_CASE("upsert updates existing records without looking them up") {
    ImportFixture shop;
    auto upsert = [&](char const* name) {
        return shop.world.run(shop.client.upsert("res.partner", ExternalId{"shop", "c1"}, values("name", name)));
    };
    auto const first = upsert("Ada");
    REQUIRE(first.value);
    CHECK(upsert("Eve").value == first.value);
    CHECK(partner(shop, *first.value)["name"] == "Eve");
    CHECK(shop.partners() == 1);
    // Records made by create_once are updated too.
    shop.world.run(shop.client.create_once("res.partner", all_of(good_record(2))));
    auto const both = shop.world.run(shop.client.upsert(
        "res.partner", all_of(record("c2", values("name", "New")), record("c3", values("name", "Third")))));
    REQUIRE(both.value);
    CHECK(partner(shop, both.value->front())["name"] == "New");
    CHECK(shop.partners() == 3);

    auto const requests = shop.odoo.stats().requests;
    auto const refused = shop.world.run(shop.client.upsert("res.partner", all_of(record_of_nowhere(1))));
    CHECK(contains(refused.failure.what(), "res.partner.upsert: record shop.c1, field country_id"));
    CHECK(shop.odoo.stats().requests == requests + 1);
}

TEST_CASE("times are sent in UTC, whatever the time zone of the user") {
    Session session{fate::result(json::parse(R"({"date": {"type": "datetime"}})")),
                    fate::result(json::parse(R"({"ids": [7], "messages": []})"))};
    ZenooClient const in_brussels = session.client.with_context(values("tz", "Europe/Brussels", "lang", "fr_BE"));
    auto const made = session.world.run(in_brussels.results().create_once("res.partner", ExternalId{"shop", "a"},
                                                                          values("date", "2026-07-01 12:00:00")));
    CHECK(made.value->value() == 7);
    auto const kwargs = session.server->args(1)[6];
    CHECK(kwargs["context"] == json::parse(R"({"mode": "update", "noupdate": true, "tz": "UTC", "lang": "fr_BE"})"));
}
