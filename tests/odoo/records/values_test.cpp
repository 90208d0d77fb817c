// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"

#include <zenoo_rpc/odoo/external_id.hpp>
#include <zenoo_rpc/odoo/fields.hpp>
#include <zenoo_rpc/odoo/record_id.hpp>
#include <zenoo_rpc/odoo/values.hpp>

#include <stdexcept>
#include <string>
#include <vector>

using namespace zenoo_rpc;
using nlohmann::json;

TEST_CASE("a record is written as alternating fields and values") {
    std::string const name = "Ada";
    std::vector<int> const tags{1, 2};
    auto const record = values("name", name, "is_company", false, "color", 7, "ratio", 0.5, "tags", tags, "note",
                               nullptr, "parent_id", ExternalId("shop", "acme"));
    CHECK(record.json() == json::parse(R"({"name": "Ada", "is_company": false, "color": 7, "ratio": 0.5, "tags": [1, 2],
                             "note": null, "parent_id": "shop.acme"})"));
    CHECK(values().json() == json::object());
}

TEST_CASE("a named JSON object is a record, and any other JSON is rejected") {
    json const object{{"name", "Ada"}};
    Values const record = object;
    CHECK(record.json() == object);
    CHECK_THROWS_AS(Values(json::array()), std::invalid_argument);
    CHECK_THROWS_AS(Values(json("name")), std::invalid_argument);
}

TEST_CASE("the members of a record keep their order") {
    auto const record = values("name", "Ada", "color", 7);
    REQUIRE(record.members().size() == 2);
    CHECK(record.members()[0].field == "name");
    CHECK(record.members()[0].value == "Ada");
    CHECK(record.members()[1].field == "color");
    CHECK(record.members()[1].value == 7);
}

TEST_CASE("a field cannot have two values") {
    CHECK_THROWS_WITH(values("name", "Ada", "name", "Eve"), "duplicate field \"name\" in the values of a record");
}

TEST_CASE("fields and ids are given as names and numbers, as vectors, or as JSON") {
    CHECK(fields("name", std::string{"email"}).names() == std::vector<std::string>{"name", "email"});
    CHECK(fields().names().empty());
    json const names{"name", "email"};
    CHECK(Fields(names).names() == fields("name", "email").names());

    int const id = 7;
    json const found{7, 8};
    CHECK(RecordIds(id).list() == std::vector<RecordId>{7});
    CHECK(RecordIds(found).list() == std::vector<RecordId>{7, 8});
    CHECK(RecordIds(json(7)).list() == std::vector<RecordId>{7});
    CHECK_THROWS_AS(RecordIds(json("7")), json::type_error);
}

TEST_CASE("an external id has only characters that every version of Odoo accepts") {
    CHECK(ExternalId("shop", "customer_42").text() == "shop.customer_42");
    CHECK(ExternalId(std::string(64, 'm'), std::string(128, 'n')).text().size() == 193);
    CHECK(ExternalId("Shop_1", "A-b_9") == ExternalId("Shop_1", "A-b_9"));
    CHECK(ExternalId("azAZ09_", "azAZ09_-").text() == "azAZ09_.azAZ09_-");

    struct Bad {
        std::string module;
        std::string name;
        char const* why;
    };
    for (auto const& [module, name, why] : {
             Bad{"", "x", "the module is empty"},
             Bad{std::string(65, 'm'), "x", "65 characters, at most 64"},
             Bad{"my shop", "x", "only letters, digits and _"},
             Bad{"shop-1", "x", "only letters, digits and _"},
             Bad{"a.b", "x", "only letters, digits and _"},
             Bad{"__import__", "x", "reserved for Odoo"},
             Bad{"shop", "", "the name is empty"},
             Bad{"shop", std::string(129, 'n'), "129 characters, at most 128"},
             Bad{"shop", "a.b", "only letters, digits, _ and -"},
             Bad{"shop", "a b", "only letters, digits, _ and -"},
             Bad{"shop", "caf\xC3\xA9", "only letters, digits, _ and -"},
             Bad{"shop", std::string("a\0b", 3), "only letters, digits, _ and -"},
             Bad{"shop", "a\n", "only letters, digits, _ and -"},
         }) {
        CAPTURE(module, name);
        CHECK_THROWS_AS(ExternalId(module, name), std::invalid_argument);
        CHECK_THROWS_WITH(ExternalId(module, name), Catch::Matchers::ContainsSubstring(why));
    }
}
