// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"
#include "support/odoo_call.hpp"

#include <zenoo_rpc/testing/odoo_server_core.hpp>

#include <string>
#include <vector>

using namespace zenoo_rpc::testing;
using namespace zenoo_rpc::tests;

namespace {

/// Four people, and searches for them that return names in the order of ids.
struct People {
    OdooServerCore core;

    People() {
        core.store().insert("res.partner.category", {{"id", 5}, {"name", "friend"}});
        add({{"name", "Ada"}, {"email", "ada@x.org"}, {"country_id", 20}, {"color", 3}, {"category_id", {5}}});
        add({{"name", "Bob"}, {"email", "BOB@y.org"}, {"country_id", 75}, {"color", 7}});
        add({{"name", "Cleo 100%"}, {"is_company", true}});
        add({{"name", "Dan"}, {"active", false}, {"country_id", 20}});
    }

    void add(OdooRecord values) {
        values["ref"] = "people";
        core.store().insert("res.partner", std::move(values));
    }

    std::vector<std::string> matching(json const& condition, json kwargs = json::object()) {
        json domain = json::array({json::array({"ref", "=", "people"})});
        for (auto const& item : condition) domain.push_back(item);
        kwargs["fields"] = json::array({"name"});
        if (!kwargs.contains("order")) kwargs["order"] = "id";
        std::vector<std::string> names;
        for (auto const& row : call(core, "res.partner", "search_read", json::array({domain}), kwargs)) {
            names.push_back(row.at("name"));
        }
        return names;
    }

    std::vector<std::string> where(char const* field, char const* op, json value) {
        return matching(json::array({json::array({field, op, std::move(value)})}));
    }
};

using Names = std::vector<std::string>;

}  // namespace

TEST_CASE("conditions compare values and treat an empty cell as the empty value of its type") {
    People people;
    CHECK(people.where("name", "=", "Ada") == Names{"Ada"});
    CHECK(people.where("name", "!=", "Ada") == Names{"Bob", "Cleo 100%"});
    CHECK(people.where("email", "=", false) == Names{"Cleo 100%"});
    CHECK(people.where("email", "!=", "ada@x.org") == Names{"Bob", "Cleo 100%"});
    CHECK(people.where("color", ">", 2) == Names{"Ada", "Bob"});
    CHECK(people.where("color", "<=", 3) == Names{"Ada", "Cleo 100%"});
    CHECK(people.where("is_company", "=", true) == Names{"Cleo 100%"});
    CHECK(people.where("name", "in", {"Ada", "Bob", "Eve"}) == Names{"Ada", "Bob"});
    CHECK(people.where("name", "not in", {"Ada"}) == Names{"Bob", "Cleo 100%"});
    CHECK(people.where("name", "=?", false) == Names{"Ada", "Bob", "Cleo 100%"});
}

TEST_CASE("like matches a part and =like the whole, and the i-forms ignore case") {
    People people;
    CHECK(people.where("email", "like", "bob") == Names{});
    CHECK(people.where("email", "ilike", "bob") == Names{"Bob"});
    CHECK(people.where("email", "=like", "a%.org") == Names{"Ada"});
    CHECK(people.where("email", "=ilike", "bob@_.org") == Names{"Bob"});
    CHECK(people.where("email", "not ilike", "bob") == Names{"Ada", "Cleo 100%"});
    CHECK(people.where("name", "ilike", "") == Names{"Ada", "Bob", "Cleo 100%"});
}

TEST_CASE("operators precede their operands, and remaining conditions are combined with AND") {
    People people;
    json const ada = {"name", "=", "Ada"};
    json const bob = {"name", "=", "Bob"};
    json const french = {"country_id", "=", 75};
    CHECK(people.matching(json::array({"|", ada, bob})) == Names{"Ada", "Bob"});
    CHECK(people.matching(json::array({"|", ada, bob, french})) == Names{"Bob"});
    CHECK(people.matching(json::array({"&", "!", ada, "|", bob, french})) == Names{"Bob"});
    CHECK(people.matching(json::array({"!", "|", ada, bob})) == Names{"Cleo 100%"});
    CHECK(people.matching(json::array({json::array({0, "=", 1})})) == Names{});
}

TEST_CASE("relations are compared by id, by name, by being empty, and by dotted path") {
    People people;
    CHECK(people.where("country_id", "=", 20) == Names{"Ada"});
    CHECK(people.where("country_id", "in", {20, 75}) == Names{"Ada", "Bob"});
    CHECK(people.where("country_id", "=", false) == Names{"Cleo 100%"});
    CHECK(people.where("country_id", "!=", 20) == Names{"Bob", "Cleo 100%"});
    CHECK(people.where("country_id", "ilike", "fran") == Names{"Bob"});
    CHECK(people.where("country_id", "=", "Belgium") == Names{"Ada"});
    CHECK(people.where("country_id.code", "=", "BE") == Names{"Ada"});
    CHECK(people.where("category_id", "in", {5}) == Names{"Ada"});
    CHECK(people.where("category_id.name", "like", "frien") == Names{"Ada"});
    CHECK(people.where("id", "in", json::array()) == Names{});
}

TEST_CASE("hierarchies are searched down and up from records or names") {
    OdooServerCore core;
    auto const add = [&](OdooId id, char const* name, json parent) {
        core.store().insert("res.partner.category", {{"id", id}, {"name", name}, {"parent_id", std::move(parent)}});
    };
    add(11, "Food", nullptr);
    add(12, "Cheese", 11);
    add(13, "Brie", 12);
    add(14, "Shoes", nullptr);
    core.store().insert("res.partner", {{"id", 90}, {"name", "Ada"}, {"category_id", {13}}});
    auto const found = [&](char const* model, char const* field, char const* op, json value) {
        json const condition = json::array({field, op, std::move(value)});
        return call(core, model, "search", json::array({json::array({condition})}), {{"order", "id"}});
    };
    char const* const tags = "res.partner.category";
    CHECK(found(tags, "id", "child_of", 12) == json({12, 13}));
    CHECK(found(tags, "parent_id", "child_of", 12) == json({12, 13}));
    CHECK(found(tags, "id", "child_of", "oo") == json({11, 12, 13}));
    CHECK(found(tags, "id", "child_of", {13, 14}) == json({13, 14}));
    CHECK(found(tags, "id", "parent_of", 12) == json({11, 12}));
    CHECK(found(tags, "id", "child_of", false) == json::array());
    CHECK(found("res.partner", "category_id", "child_of", 11) == json::array({90}));
    CHECK(found("res.partner", "category_id", "child_of", 14) == json::array());
    CHECK(found("res.partner", "category_id", "parent_of", 13) == json::array({90}));
}

TEST_CASE("any and not any test the records that a relation refers to") {
    People people;
    auto const belgian = json::parse(R"([["code", "=", "BE"]])");
    CHECK(people.where("country_id", "any", belgian) == Names{"Ada"});
    CHECK(people.where("country_id", "not any", belgian) == Names{"Bob", "Cleo 100%"});
    CHECK(people.where("category_id", "any", json::parse(R"(["|", ["name", "=", "friend"], ["id", "=", 1]])"))
          == Names{"Ada"});
    CHECK(people.where("category_id", "any", json::array()) == Names{"Ada"});
}

TEST_CASE("archived records are found only on request") {
    People people;
    json const domain = json::array({json::array({"country_id", "=", 20})});
    CHECK(people.matching(domain) == Names{"Ada"});
    CHECK(people.matching(domain, {{"context", {{"active_test", false}}}}) == Names{"Ada", "Dan"});
    CHECK(people.where("active", "=", false) == Names{"Dan"});
}

TEST_CASE("order, offset and limit apply to the results") {
    People people;
    CHECK(people.matching(json::array(), {{"order", "name desc"}}) == Names{"Cleo 100%", "Bob", "Ada"});
    CHECK(people.matching(json::array(), {{"limit", 2}}) == Names{"Ada", "Bob"});
    CHECK(people.matching(json::array(), {{"limit", 2}, {"offset", 2}}) == Names{"Cleo 100%"});
    CHECK(people.matching(json::array(), {{"order", "email, name"}}) == Names{"Ada", "Bob", "Cleo 100%"});
    CHECK(people.matching(json::array(), {{"order", "email desc"}}) == Names{"Cleo 100%", "Bob", "Ada"});
}

TEST_CASE("invalid domains are rejected with Odoo's messages") {
    OdooServerCore core;
    auto const message = [&](json domain) {
        json const error = error_of(core, "res.partner", "search", json::array({std::move(domain)}));
        return error.at("name").get<std::string>() + ": " + error.at("message").get<std::string>();
    };
    CHECK(message(json::array({json::array({"nope", "=", "x"})}))
          == "builtins.ValueError: Invalid field res.partner.nope in condition ('nope', '=', 'x')");
    CHECK(message(json::array({json::array({"name", "is", 1})}))
          == "builtins.ValueError: Invalid operator in condition ('name', 'is', 1)");
    CHECK(message(json::array({"name"})) == "builtins.ValueError: Domain() invalid item in domain: 'name'");
    CHECK(message(json::array({json::array({"name", "child_of", 1})}))
          == "builtins.ValueError: Invalid operator in condition ('name', 'child_of', 1)");
    CHECK(message(json::array({json::array({"name", "any", json::array()})}))
          == "builtins.ValueError: Invalid operator in condition ('name', 'any', [])");
    CHECK(message(json::array({json::array({"child_ids", "child_of", 1})}))
          == "builtins.NotImplementedError: not supported by the Odoo simulator: child_of on res.partner.child_ids");
}
