// SPDX-License-Identifier: BSL-1.0
#include "odoo/wire/idempotency.hpp"

#include "support/catch.hpp"

#include <nlohmann/json.hpp>

#include <optional>
#include <stdexcept>

using namespace zenoo_rpc;
using nlohmann::json;

namespace {

bool idempotent(char const* method, json const& args = json::array(), json const& kwargs = json::object()) {
    return is_idempotent(method, args, kwargs);
}

}  // namespace

TEST_CASE("methods that read are idempotent") {
    for (auto const* method : {"read", "search", "search_read", "search_count", "name_search", "fields_get",
                               "check_access", "web_search_read", "check_object_reference", "read_group"}) {
        CAPTURE(method);
        CHECK(idempotent(method));
    }
}

TEST_CASE("unlink and a write of plain values are idempotent") {
    CHECK(idempotent("unlink", json::parse("[[7]]")));
    CHECK(idempotent("write", json::parse(R"([[7], {"name": "Ada", "color": 0}])")));
    CHECK(idempotent("write", json::parse(R"([[0, 7], {"name": "Ada"}])")));
    CHECK(idempotent("write", json::parse(R"([[7], {"tag_ids": [[6, 0, [1, 2]]]}])")));
    CHECK(idempotent("write", json::parse(R"([[7], {"tag_ids": [[4, 3]]}])")));
}

TEST_CASE("a write that creates lines is not idempotent: each execution creates more") {
    CHECK_FALSE(idempotent("write", json::parse(R"([[7], {"child_ids": [[0, 0, {"name": "x"}]]}])")));
    CHECK_FALSE(idempotent("write", json::parse(R"([[7], {"child_ids": [[1, 8, {"child_ids": [[0, 0, {}]]}]]}])")));
    CHECK_FALSE(idempotent("write", json::parse("[[7]]"), json::parse(R"({"vals": {"child_ids": [[0, 0, {}]]}})")));
    CHECK_FALSE(idempotent("write", json::parse("[[7]]"), json::parse(R"({"values": {"child_ids": [[0, 0, {}]]}})")));
}

TEST_CASE("methods that create and unknown methods are not idempotent") {
    for (auto const* method : {"create", "copy", "load", "action_confirm", "message_post", "button_validate", "rea",
                               "reads", "", "name_create", "zzz"}) {
        CAPTURE(method);
        CHECK_FALSE(idempotent(method));
    }
}

TEST_CASE("a load is idempotent if all rows have ids and existing records are left unchanged") {
    auto const once = json::parse(R"({"context": {"mode": "update", "noupdate": true}})");
    auto const rows = json::parse(R"([["id", "name"], [["shop.a", "Ada"], ["shop.b", "Bob"]]])");
    CHECK(idempotent("load", rows, once));
    auto named = once;
    named["fields"] = rows[0];
    named["data"] = rows[1];
    CHECK(idempotent("load", json::array(), named));
    CHECK_FALSE(idempotent("load", rows));
    CHECK_FALSE(idempotent("load", rows, json::parse(R"({"context": {"mode": "update"}})")));
    CHECK_FALSE(idempotent("load", json::parse(R"([["name"], [["Ada"]]])"), once));
    CHECK_FALSE(idempotent("load", json::parse(R"([["id", "name"], [["shop.a", "Ada"], ["", "Bob"]]])"), once));
    CHECK_FALSE(idempotent("load", json::parse(R"([["name", "id"], [["Ada"]]])"), once));
    CHECK_FALSE(idempotent("load", json::parse(R"([["id"], 7])"), once));
}

TEST_CASE("buttons are not idempotent except archiving, which only sets a value") {
    CHECK_FALSE(idempotent("action_anything"));
    CHECK_FALSE(idempotent("button_anything"));
    CHECK_FALSE(idempotent("toggle_active"));
    CHECK(idempotent("action_archive"));
    CHECK(idempotent("action_unarchive"));
}

TEST_CASE("the last matching rule applies") {
    IdempotencyRules rules;
    CHECK(rules.find("sale.order", "action_confirm") == std::nullopt);
    rules.set("*", "action_*", true);
    rules.set("sale.order", "action_confirm", false);
    CHECK(rules.find("sale.order", "action_confirm") == false);
    CHECK(rules.find("sale.order", "action_cancel") == true);
    CHECK(rules.find("stock.picking", "action_confirm") == true);
    CHECK(rules.find("stock.picking", "write") == std::nullopt);
    rules.set("sale.order", "*", true);
    CHECK(rules.find("sale.order", "action_confirm") == true);
    CHECK_THROWS_AS(rules.set("", "x", true), std::invalid_argument);
    CHECK_THROWS_AS(rules.set("x", "", true), std::invalid_argument);
}
