// SPDX-License-Identifier: BSL-1.0
// What a query sends, and what it makes of the answers.
#include "session.hpp"
#include "support/catch.hpp"

#include <zenoo_rpc/core/exceptions.hpp>
#include <zenoo_rpc/odoo/client.hpp>
#include <zenoo_rpc/odoo/models.hpp>
#include <zenoo_rpc/retry.hpp>

#include <chrono>
#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

using namespace zenoo_rpc;
using namespace zenoo_rpc::tests;
using namespace std::chrono_literals;
using nlohmann::json;

namespace {

struct Country;

struct Partner {
    static constexpr std::string_view odoo_model = "res.partner";
    RecordId id = 0;
    std::string name = {};
    Ref<Country> country = {};

    bool operator==(Partner const&) const = default;
};
BOOST_DESCRIBE_STRUCT(Partner, (), (id, name, country))

struct Country {
    static constexpr std::string_view odoo_model = "res.country";
    std::string code = {};
};
BOOST_DESCRIBE_STRUCT(Country, (), (code))

json ada() { return {{"id", 7}, {"name", "Ada"}, {"country_id", json::array({75, "France"})}}; }
json eve() { return {{"id", 8}, {"name", "Eve"}, {"country_id", false}}; }
json named(RecordId id, char const* name) { return {{"id", id}, {"name", name}}; }
Partner ada_as_struct() { return {.id = 7, .name = "Ada", .country = {{75, "France"}}}; }

template <class... Each>
Fate list(Each... each) {
    auto all = json::array();
    (all.push_back(each), ...);
    return fate::result(all);
}

Fate fields_of_the_server() {
    return fate::result({{"id", {{"type", "integer"}}},
                         {"name", {{"type", "char"}}},
                         {"email", {{"type", "char"}}},
                         {"phone", {{"type", "char"}}},
                         {"country_id", {{"type", "many2one"}}}});
}

auto partners(Session const& session) { return session.client.model<Partner>(); }

/// The method, its arguments and its keyword arguments.
struct SentCall {
    std::string method;
    json args;
    json kwargs;
};
SentCall call(Session const& session, std::size_t index) {
    auto const all = session.server->args(index);
    return {all[4], all[5], all[6]};
}

json terms(char const* text) { return json::parse(text); }

template <class T>
T value_of(Outcome<T> outcome) {
    INFO(outcome.failure.what());
    REQUIRE(outcome.value.has_value());
    return std::move(*outcome.value);
}

std::string refusal(Failure const& failure) {
    CHECK(failure.is<std::invalid_argument>());
    return std::string{failure.what()};
}

}  // namespace

TEST_CASE("all of a query are the records that match, in its order, from its offset to its limit") {
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

TEST_CASE("a query of nothing in particular is one for all records") {
    Session session{list()};
    CHECK(value_of(session.world.run(partners(session).all())).empty());
    CHECK(call(session, 0).args == terms("[[]]"));
    CHECK(call(session, 0).kwargs == terms(R"({"fields": ["id", "name", "country_id"]})"));
}

TEST_CASE("filters are joined by and, and what is excluded must not match") {
    Session session{list()};
    auto const query = partners(session).filter(field("name") == "a").filter(field("id") > 3).exclude(field("id") == 5);
    session.world.run(query.all());
    CHECK(call(session, 0).args == terms(R"([["&", "&", ["name", "=", "a"], ["id", ">", 3], "!", ["id", "=", 5]]])"));
}

TEST_CASE("a query that something is added to stays what it was") {
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

TEST_CASE("the first record is asked for alone, and may be none") {
    Session session{list(ada()), list()};
    auto const query = partners(session).order_by("name").limit(10);
    CHECK(value_of(session.world.run(query.first())) == ada_as_struct());
    CHECK(value_of(session.world.run(query.first())) == std::nullopt);
    CHECK(call(session, 0).kwargs["limit"] == 1);
    CHECK(call(session, 0).kwargs["order"] == "name");
}

TEST_CASE("a record is got by its id") {
    Session session{list(ada())};
    CHECK(value_of(session.world.run(partners(session).get(7))) == ada_as_struct());
    CHECK(call(session, 0).method == "read");
    CHECK(call(session, 0).args == terms("[[7]]"));
}

TEST_CASE("a record that is not there is a MissingError") {
    Session session{list()};
    auto const answer = session.world.run(partners(session).get(7));
    CHECK(answer.failure.is<MissingError>());
    CHECK(answer.failure.delivery() == Delivery::rejected);
    CHECK_FALSE(answer.failure.transient());
    CHECK(contains(answer.failure.what(), "record 7 of res.partner does not exist"));
}

TEST_CASE("a record that the filters do not let through is missing, but it may be archived") {
    Session session{list()};
    auto const answer = session.world.run(partners(session).filter(field("name") == "Eve").get(7));
    CHECK(answer.failure.is<MissingError>());
    CHECK(contains(answer.failure.what(), "does not exist, or does not match"));
    CHECK(call(session, 0).method == "search_read");
    CHECK(call(session, 0).args == terms(R"([["&", ["id", "=", 7], ["name", "=", "Eve"]]])"));
    CHECK(call(session, 0).kwargs["context"] == terms(R"({"active_test": false})"));
}

TEST_CASE("no record has an id below one, which nobody is asked") {
    Session session;
    CHECK(session.world.run(partners(session).get(0)).failure.is<MissingError>());
    CHECK(session.sent() == 0);
}

TEST_CASE("only some members are read, and the id, the others stay as they are in a new struct") {
    Session session{list(named(7, "Ada")), list(named(7, "Ada")), list(json{{"id", 7}})};
    std::vector const expected{Partner{.id = 7, .name = "Ada"}};
    CHECK(value_of(session.world.run(partners(session).only("name").all())) == expected);
    CHECK(value_of(session.world.run(partners(session).only(&Partner::name).all())) == expected);
    CHECK(call(session, 0).kwargs["fields"] == terms(R"(["id", "name"])"));
    CHECK(call(session, 1).kwargs["fields"] == terms(R"(["id", "name"])"));
    CHECK(value_of(session.world.run(partners(session).only().all())) == std::vector{Partner{.id = 7}});
}

TEST_CASE("what is no member cannot be read alone") {
    Session session;
    CHECK_THROWS_WITH(partners(session).only("nmae"),
                      "the struct of res.partner has no field \"nmae\"; did you mean name?");
    CHECK_THROWS_AS(partners(session).only("email"), std::invalid_argument);
    CHECK_THROWS_AS(session.client.model<Country>().only(), std::invalid_argument);
}

TEST_CASE("limits below one and negative offsets are refused") {
    Session session;
    CHECK_THROWS_WITH(partners(session).limit(0), "a limit is at least 1, not 0");
    CHECK_THROWS_AS(partners(session).offset(-1), std::invalid_argument);
}

TEST_CASE("the ids of what matches are found by a search") {
    Session session{fate::result({8, 7})};
    auto const query = partners(session).filter(field("id") < 9).order_by("name").limit(2);
    CHECK(value_of(session.world.run(query.search(field("name") == "x"))) == std::vector<RecordId>{8, 7});
    CHECK(call(session, 0).method == "search");
    CHECK(call(session, 0).args == terms(R"([["&", ["id", "<", 9], ["name", "=", "x"]]])"));
    CHECK(call(session, 0).kwargs == terms(R"({"order": "name", "limit": 2})"));
}

TEST_CASE("a count is that of what all would give") {
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

TEST_CASE("whether there is any is asked of one record") {
    Session session{fate::result({7}), fate::result(json::array()), fate::refused()};
    CHECK(value_of(session.world.run(partners(session).exists())));
    CHECK_FALSE(value_of(session.world.run(partners(session).exists())));
    CHECK(session.world.run(partners(session).exists()).failure.is<NetworkError>());
    CHECK(call(session, 0).method == "search");
    CHECK(call(session, 0).kwargs == terms(R"({"limit": 1})"));
}

TEST_CASE("an update writes into what a search has found, and says how many that were") {
    Session session{fate::result({7, 8}), fate::result(true), fate::result(json::array())};
    auto const query = partners(session).filter(field("name") == "x");
    CHECK(value_of(session.world.run(query.update(values("name", "y")))) == 2);
    CHECK(call(session, 0).method == "search");
    CHECK(call(session, 1).method == "write");
    CHECK(call(session, 1).args == terms(R"([[7, 8], {"name": "y"}])"));
    CHECK(value_of(session.world.run(query.update(values("name", "y")))) == 0);
    CHECK(session.sent() == 3);
}

TEST_CASE("what is deleted is what a search has found") {
    Session session{fate::result({7, 8}), fate::result(true)};
    CHECK(value_of(session.world.run(partners(session).filter(field("name") == "x").unlink())) == 2);
    CHECK(call(session, 1).method == "unlink");
    CHECK(call(session, 1).args == terms("[[7, 8]]"));
}

TEST_CASE("all records of a model are changed or deleted by those only who say so") {
    Session session{fate::result({7}), fate::result(true)};
    auto const all = partners(session).limit(5);
    CHECK(refusal(session.world.run(all.update(values("name", "y"))).failure)
          == "to update all records of res.partner takes a filter(Domain())");
    CHECK(refusal(session.world.run(all.unlink()).failure)
          == "to unlink all records of res.partner takes a filter(Domain())");
    CHECK(session.sent() == 0);
    CHECK(value_of(session.world.run(all.filter(Domain()).unlink())) == 1);
}

TEST_CASE("records are created through a query, whatever its filters") {
    Session session{fate::result(7)};
    auto const query = partners(session).filter(field("id") == 3);
    CHECK(value_of(session.world.run(query.create(values("name", "Ada")))) == 7);
    CHECK(call(session, 0).method == "create");
    CHECK(call(session, 0).args == terms(R"([{"name": "Ada"}])"));
}

TEST_CASE("a record is created once through a query") {
    Session session{fields_of_the_server(), fate::result({{"ids", {7}}, {"messages", json::array()}})};
    CHECK(value_of(session.world.run(partners(session).create_once(ExternalId("shop", "c1"), values("name", "Ada"))))
          == 7);
    CHECK(call(session, 1).method == "load");
}

TEST_CASE("a stream gives pages in the order of ids, of what matches and of what is read") {
    Session session{list(named(7, "Ada")), list()};
    auto stream = partners(session).filter(field("name") != "x").only("name").stream(500);
    CHECK(value_of(session.world.run(stream.next())).value() == std::vector{Partner{.id = 7, .name = "Ada"}});
    CHECK_FALSE(value_of(session.world.run(stream.next())));
    CHECK(call(session, 0).kwargs == terms(R"({"fields": ["id", "name"], "order": "id", "limit": 500})"));
    CHECK(call(session, 1).args == terms(R"([["&", ["name", "!=", "x"], ["id", ">", 7]]])"));
}

TEST_CASE("a stream has no order, limit or offset of its own, and pages of at least one record") {
    Session session;
    CHECK_THROWS_AS(partners(session).order_by("name").stream(), std::invalid_argument);
    CHECK_THROWS_AS(partners(session).limit(3).stream(), std::invalid_argument);
    CHECK_THROWS_AS(partners(session).offset(3).stream(), std::invalid_argument);
    CHECK_THROWS_AS(partners(session).stream(0), std::invalid_argument);
}

TEST_CASE("the field of a condition that the struct does not describe is looked for on the server, once") {
    Session session{fields_of_the_server(), list(), list()};
    auto const query = partners(session).filter(field("email") != false).order_by("phone desc, name");
    session.world.run(query.all());
    session.world.run(query.all());
    CHECK(session.sent() == 3);
    CHECK(call(session, 0).method == "fields_get");
    CHECK(call(session, 1).method == "search_read");
    CHECK(call(session, 2).method == "search_read");
}

TEST_CASE("a field that there is not is refused before the query is sent, with what may have been meant") {
    Session session{fields_of_the_server()};
    auto const all = partners(session);
    auto const wrong = all.filter(field("emial") == "x");
    auto const expected = R"(res.partner has no field "emial"; did you mean email?)";
    CHECK(refusal(session.world.run(wrong.all()).failure) == expected);
    CHECK(refusal(session.world.run(wrong.first()).failure) == expected);
    CHECK(refusal(session.world.run(wrong.get(7)).failure) == expected);
    CHECK(refusal(session.world.run(wrong.search()).failure) == expected);
    CHECK(refusal(session.world.run(wrong.count()).failure) == expected);
    CHECK(refusal(session.world.run(wrong.exists()).failure) == expected);
    CHECK(refusal(session.world.run(wrong.update(values("name", "x"))).failure) == expected);
    CHECK(refusal(session.world.run(wrong.unlink()).failure) == expected);
    CHECK(refusal(session.world.run(all.order_by("emial").all()).failure) == expected);
    auto stream = wrong.stream();
    CHECK(refusal(session.world.run(stream.next()).failure) == expected);
    CHECK(refusal(session.world.run(stream.next()).failure) == expected);
    CHECK(refusal(session.world.run(all.filter(field("xyzzy") == 1).all()).failure)
          == R"(res.partner has no field "xyzzy")");
    CHECK(session.sent() == 1);
}

TEST_CASE("of a path only the beginning is a field of the model") {
    Session session{list()};
    auto const domain = field("country_id.anything") == 1 || field("country_id").any(field("whatever") == 1);
    session.world.run(partners(session).filter(domain).all());
    CHECK(session.sent() == 1);
}

TEST_CASE("conditions that are the same for all records name no field") {
    Session session{list()};
    auto const never = terms(R"([[0, "=", 1]])");
    session.world.run(partners(session).filter(never).all());
    CHECK(session.sent() == 1);
}

TEST_CASE("who does not tell its fields is not asked for records") {
    Session session{fate::refused()};
    auto const answer = session.world.run(partners(session).filter(field("email") == "x").all());
    CHECK(answer.failure.is<NetworkError>());
    CHECK(session.sent() == 1);
}

TEST_CASE("a reference gives its record, of a client or as a result") {
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

TEST_CASE("an empty reference is false and has no record") {
    Session session;
    Partner const eve{.id = 8, .name = "Eve"};
    CHECK_FALSE(eve.country);
    CHECK(session.world.run(eve.country.fetch(session.client)).failure.is<MissingError>());
    CHECK(session.sent() == 0);
}

TEST_CASE("queries of results throw nothing") {
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

TEST_CASE("the options of a query go with each of its calls, the client's context too") {
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

TEST_CASE("a whole query may stand where it is awaited") {
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

TEST_CASE("what a retry manager repeats are the calls of a query") {
    Session session{fate::refused(), fate::result({7}), fate::refused(), fate::result(true)};
    session.client.setup_retry_manager({.strategy = FixedDelayStrategy{.max_attempts = 3, .delay = 1s}});
    CHECK(value_of(session.world.run(partners(session).filter(field("name") == "x").unlink())) == 1);
    CHECK(session.sent() == 4);
}
