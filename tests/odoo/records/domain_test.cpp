// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"

#include <zenoo_rpc/odoo/domain.hpp>

#include <stdexcept>
#include <vector>

using namespace zenoo_rpc;
using nlohmann::json;

TEST_CASE("each comparison becomes a condition of Odoo") {
    auto const condition = [](Domain const& domain) { return domain.json().at(0); };
    CHECK(condition(field("name") == "Ada") == json({"name", "=", "Ada"}));
    CHECK(condition(field("active") != true) == json({"active", "!=", true}));
    CHECK(condition(field("age") < 7) == json({"age", "<", 7}));
    CHECK(condition(field("age") <= 7) == json({"age", "<=", 7}));
    CHECK(condition(field("age") > 7.5) == json({"age", ">", 7.5}));
    CHECK(condition(field("age") >= 7) == json({"age", ">=", 7}));
    CHECK(condition(field("name").like("a%")) == json({"name", "like", "a%"}));
    CHECK(condition(field("name").ilike("a%")) == json({"name", "ilike", "a%"}));
    CHECK(condition(field("name").equals_like("a%")) == json({"name", "=like", "a%"}));
    CHECK(condition(field("name").equals_ilike("a%")) == json({"name", "=ilike", "a%"}));
    CHECK(condition(field("country_id").child_of(3)) == json({"country_id", "child_of", 3}));
    CHECK(condition(field("country_id").parent_of(3)) == json({"country_id", "parent_of", 3}));
}

TEST_CASE("in takes several values or one container") {
    CHECK((field("code").in("FR", "BE")).json() == json::parse(R"([["code", "in", ["FR", "BE"]]])"));
    CHECK((field("id").in(7)).json() == json::parse(R"([["id", "in", [7]]])"));
    CHECK((field("id").in(std::vector<int>{7, 8})).json() == json::parse(R"([["id", "in", [7, 8]]])"));
    CHECK((field("id").not_in(std::vector<int>{})).json() == json::parse(R"([["id", "not in", []]])"));
}

TEST_CASE("conditions are joined in prefix notation") {
    auto const a = field("a") == 1;
    auto const b = field("b") == 2;
    auto const c = field("c") == 3;
    CHECK((a && b).json() == json::parse(R"(["&", ["a", "=", 1], ["b", "=", 2]])"));
    CHECK((a || (b && c)).json() == json::parse(R"(["|", ["a", "=", 1], "&", ["b", "=", 2], ["c", "=", 3]])"));
    CHECK((!(a || b) && c).json() == json::parse(R"(["&", "!", "|", ["a", "=", 1], ["b", "=", 2], ["c", "=", 3]])"));
}

TEST_CASE("the empty domain matches everything, and its negation nothing") {
    auto const a = field("a") == 1;
    CHECK((Domain{} && a).json() == a.json());
    CHECK((a && Domain{}).json() == a.json());
    CHECK((Domain{} || a).json() == json::array());
    CHECK((a || Domain{}).json() == json::array());
    CHECK((!Domain{}).json() == json::parse(R"([["id", "in", []]])"));
}

TEST_CASE("a domain as Odoo writes it becomes one expression, which can be joined") {
    Domain const both = json::parse(R"([["a", "=", 1], "|", ["b", "=", 2], ["c", "=", 3]])");
    CHECK(both.json() == json::parse(R"(["&", ["a", "=", 1], "|", ["b", "=", 2], ["c", "=", 3]])"));
    CHECK((!both).json().front() == "!");
    CHECK(Domain(json::array()).json().empty());
}

TEST_CASE("an invalid domain is rejected") {
    CHECK_THROWS_AS(Domain(json::object()), std::invalid_argument);
    CHECK_THROWS_AS(Domain(json::parse(R"(["bad"])")), std::invalid_argument);
    CHECK_THROWS_AS(Domain(json::parse(R"([["a", "="]])")), std::invalid_argument);
    CHECK_THROWS_AS(Domain(json::parse(R"(["|", ["a", "=", 1]])")), std::invalid_argument);
    CHECK_THROWS_AS(Domain(json::parse(R"([["a", "=", 1], "!"])")), std::invalid_argument);
}
