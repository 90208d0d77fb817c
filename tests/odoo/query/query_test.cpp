// SPDX-License-Identifier: BSL-1.0
// Queries that read: their requests, and the results made from the responses.
#include "odoo/fixtures/partner_queries.hpp"

#include <zenoo_rpc/exceptions.hpp>

#include <cstdint>
#include <limits>
#include <optional>
#include <stdexcept>
#include <vector>

using namespace zenoo_rpc;
using namespace zenoo_rpc::tests;

TEST_CASE("all returns the records that match with order, offset and limit") {
    Session session{list(ada(), eve())};
    auto const query =
        partners(session).filter(field("name") != "Bob").order_by("name desc", &Partner::id).offset(80).limit(40);
    CHECK(value_of(session.world.run(query.all())) == std::vector{ada_as_struct(), Partner{.id = 8, .name = "Eve"}});
    auto const sent = call(session, 0);
    CHECK(sent.method == "search_read");
    CHECK(sent.args == terms(R"([[["name", "!=", "Bob"]]])"));
    CHECK(sent.kwargs
          == terms(R"({"fields": ["id", "name", "country_id"], "order": "name desc, id", "offset": 80, "limit": 40})"));
}

TEST_CASE("a query without filters is one for all records") {
    Session session{list()};
    CHECK(value_of(session.world.run(partners(session).all())).empty());
    CHECK(call(session, 0).args == terms("[[]]"));
    CHECK(call(session, 0).kwargs == terms(R"({"fields": ["id", "name", "country_id"]})"));
}

TEST_CASE("filters are combined with AND and exclude adds a negation") {
    Session session{list()};
    auto const query = partners(session).filter(field("name") == "a").filter(field("id") > 3).exclude(field("id") == 5);
    session.world.run(query.all());
    CHECK(call(session, 0).args == terms(R"([["&", "&", ["name", "=", "a"], ["id", ">", 3], "!", ["id", "=", 5]]])"));
}

TEST_CASE("refining a query does not change the original") {
    Session session{list(), list(), list()};
    auto const all = partners(session);
    auto const some = all.filter(field("name") == "a").limit(1);
    session.world.run(some.exclude(field("id") == 5).offset(3).only("name").order_by("id").all());
    session.world.run(some.all());
    session.world.run(all.all());
    CHECK(call(session, 1).args == terms(R"([[["name", "=", "a"]]])"));
    CHECK(call(session, 1).kwargs == terms(R"({"fields": ["id", "name", "country_id"], "limit": 1})"));
    CHECK(call(session, 2).args == terms("[[]]"));
}

TEST_CASE("first requests one record and may return nothing") {
    Session session{list(ada()), list()};
    auto const query = partners(session).order_by("name").limit(10);
    CHECK(value_of(session.world.run(query.first())) == ada_as_struct());
    CHECK(value_of(session.world.run(query.first())) == std::nullopt);
    CHECK(call(session, 0).kwargs["limit"] == 1);
    CHECK(call(session, 0).kwargs["order"] == "name");
}

TEST_CASE("get reads a record by its id") {
    Session session{list(ada())};
    CHECK(value_of(session.world.run(partners(session).get(7))) == ada_as_struct());
    CHECK(call(session, 0).method == "read");
    CHECK(call(session, 0).args == terms("[[7]]"));
}

TEST_CASE("a record that does not exist is a MissingError") {
    Session session{list()};
    auto const outcome = session.world.run(partners(session).get(7));
    CHECK(outcome.failure.is<MissingError>());
    CHECK(outcome.failure.delivery() == Delivery::rejected);
    CHECK_FALSE(outcome.failure.transient());
    CHECK(contains(outcome.failure.what(), "record 7 of res.partner does not exist"));
}

TEST_CASE("get finds archived records but not those that the filters exclude") {
    Session session{list()};
    auto const outcome = session.world.run(partners(session).filter(field("name") == "Eve").get(7));
    CHECK(outcome.failure.is<MissingError>());
    CHECK(contains(outcome.failure.what(), "does not exist or does not match the filters"));
    CHECK(call(session, 0).method == "search_read");
    CHECK(call(session, 0).args == terms(R"([["&", ["id", "=", 7], ["name", "=", "Eve"]]])"));
    CHECK(call(session, 0).kwargs["context"] == terms(R"({"active_test": false})"));
}

TEST_CASE("an id below one is missing and no request is sent") {
    Session session;
    CHECK(session.world.run(partners(session).get(0)).failure.is<MissingError>());
    CHECK(session.sent() == 0);
}

TEST_CASE("only reads the id and the given members and leaves the others at their defaults") {
    Session session{list(named(7, "Ada")), list(named(7, "Ada")), list(json{{"id", 7}})};
    std::vector const expected{Partner{.id = 7, .name = "Ada"}};
    CHECK(value_of(session.world.run(partners(session).only("name").all())) == expected);
    CHECK(value_of(session.world.run(partners(session).only(&Partner::name).all())) == expected);
    CHECK(call(session, 0).kwargs["fields"] == terms(R"(["id", "name"])"));
    CHECK(call(session, 1).kwargs["fields"] == terms(R"(["id", "name"])"));
    CHECK(value_of(session.world.run(partners(session).only().all())) == std::vector{Partner{.id = 7}});
}

TEST_CASE("only rejects names that are not members") {
    Session session;
    CHECK_THROWS_WITH(partners(session).only("nmae"),
                      "the struct of res.partner has no field \"nmae\"; did you mean name?");
    CHECK_THROWS_AS(partners(session).only("email"), std::invalid_argument);
    CHECK_THROWS_AS(session.client.model<Country>().only(), std::invalid_argument);
}

TEST_CASE("limits below one and negative offsets are rejected") {
    Session session;
    CHECK_THROWS_WITH(partners(session).limit(0), "limit must be at least 1, but is 0");
    CHECK_THROWS_AS(partners(session).offset(-1), std::invalid_argument);
}

TEST_CASE("search returns the ids of the records that match") {
    Session session{fate::result({8, 7})};
    auto const query = partners(session).filter(field("id") < 9).order_by("name").limit(2);
    CHECK(value_of(session.world.run(query.search(field("name") == "x"))) == std::vector<RecordId>{8, 7});
    CHECK(call(session, 0).method == "search");
    CHECK(call(session, 0).args == terms(R"([["&", ["id", "<", 9], ["name", "=", "x"]]])"));
    CHECK(call(session, 0).kwargs == terms(R"({"order": "name", "limit": 2})"));
}

TEST_CASE("count is the number of records that all would return") {
    Session session{fate::result(120), fate::result(50), fate::result(3), fate::result(9)};
    auto const query = partners(session).filter(field("id") < 900);
    CHECK(value_of(session.world.run(query.count())) == 120);
    CHECK(value_of(session.world.run(query.offset(30).limit(20).count())) == 20);
    CHECK(value_of(session.world.run(query.offset(30).count())) == 0);
    constexpr auto most = std::numeric_limits<std::int64_t>::max();
    CHECK(value_of(session.world.run(query.offset(7).limit(most).count())) == 2);
    CHECK(call(session, 0).method == "search_count");
    CHECK(call(session, 0).args == terms(R"([[["id", "<", 900]]])"));
    CHECK(call(session, 0).kwargs == json::object());
    CHECK(call(session, 1).kwargs == terms(R"({"limit": 50})"));
    CHECK(call(session, 3).kwargs == json{{"limit", most}});
}

TEST_CASE("exists requests at most one id") {
    Session session{fate::result({7}), fate::result(json::array()), fate::refused()};
    CHECK(value_of(session.world.run(partners(session).exists())));
    CHECK_FALSE(value_of(session.world.run(partners(session).exists())));
    CHECK(session.world.run(partners(session).exists()).failure.is<NetworkError>());
    CHECK(call(session, 0).method == "search");
    CHECK(call(session, 0).kwargs == terms(R"({"limit": 1})"));
}

TEST_CASE("a stream of a query has its filters and its fields in the order of ids") {
    Session session{list(named(7, "Ada")), list()};
    auto stream = partners(session).filter(field("name") != "x").only("name").stream(500);
    CHECK(value_of(session.world.run(stream.next())).value() == std::vector{Partner{.id = 7, .name = "Ada"}});
    CHECK_FALSE(value_of(session.world.run(stream.next())));
    CHECK(call(session, 0).kwargs == terms(R"({"fields": ["id", "name"], "order": "id", "limit": 500})"));
    CHECK(call(session, 1).args == terms(R"([["&", ["name", "!=", "x"], ["id", ">", 7]]])"));
}

TEST_CASE("a stream rejects a query with order, limit or offset and a page size below one") {
    Session session;
    CHECK_THROWS_AS(partners(session).order_by("name").stream(), std::invalid_argument);
    CHECK_THROWS_AS(partners(session).limit(3).stream(), std::invalid_argument);
    CHECK_THROWS_AS(partners(session).offset(3).stream(), std::invalid_argument);
    CHECK_THROWS_AS(partners(session).stream(0), std::invalid_argument);
}
