// SPDX-License-Identifier: BSL-1.0
#include "odoo/wire/repeatability.hpp"

#include "support/catch.hpp"

#include <nlohmann/json.hpp>

#include <optional>
#include <stdexcept>

using namespace zenoo_rpc;
using nlohmann::json;

namespace {

bool may_repeat(char const* method, json const& args = json::array(), json const& kwargs = json::object()) {
    return is_repeatable(method, args, kwargs);
}

}  // namespace

TEST_CASE("what reads may be repeated") {
    for (auto const* method : {"read", "search", "search_read", "search_count", "name_search", "fields_get",
                               "check_access", "web_search_read", "check_object_reference", "read_group"}) {
        CAPTURE(method);
        CHECK(may_repeat(method));
    }
}

TEST_CASE("unlink may be repeated, and a write of plain values") {
    CHECK(may_repeat("unlink", json::parse("[[7]]")));
    CHECK(may_repeat("write", json::parse(R"([[7], {"name": "Ada", "color": 0}])")));
    CHECK(may_repeat("write", json::parse(R"([[0, 7], {"name": "Ada"}])")));
    CHECK(may_repeat("write", json::parse(R"([[7], {"tag_ids": [[6, 0, [1, 2]]]}])")));
    CHECK(may_repeat("write", json::parse(R"([[7], {"tag_ids": [[4, 3]]}])")));
}

TEST_CASE("a write that creates lines may not be repeated: each execution creates others") {
    CHECK_FALSE(may_repeat("write", json::parse(R"([[7], {"child_ids": [[0, 0, {"name": "x"}]]}])")));
    CHECK_FALSE(may_repeat("write", json::parse(R"([[7], {"child_ids": [[1, 8, {"child_ids": [[0, 0, {}]]}]]}])")));
    CHECK_FALSE(may_repeat("write", json::parse("[[7]]"), json::parse(R"({"vals": {"child_ids": [[0, 0, {}]]}})")));
    CHECK_FALSE(may_repeat("write", json::parse("[[7]]"), json::parse(R"({"values": {"child_ids": [[0, 0, {}]]}})")));
}

TEST_CASE("of anything else nothing is known, so it may not") {
    for (auto const* method : {"create", "copy", "load", "action_confirm", "message_post", "button_validate", "rea",
                               "reads", "", "name_create", "zzz"}) {
        CAPTURE(method);
        CHECK_FALSE(may_repeat(method));
    }
}

TEST_CASE("a load may be repeated if it creates once: ids in all rows, and what is there left alone") {
    auto const once = json::parse(R"({"context": {"mode": "update", "noupdate": true}})");
    auto const rows = json::parse(R"([["id", "name"], [["shop.a", "Ada"], ["shop.b", "Bob"]]])");
    CHECK(may_repeat("load", rows, once));
    auto named = once;
    named["fields"] = rows[0];
    named["data"] = rows[1];
    CHECK(may_repeat("load", json::array(), named));
    CHECK_FALSE(may_repeat("load", rows));
    CHECK_FALSE(may_repeat("load", rows, json::parse(R"({"context": {"mode": "update"}})")));
    CHECK_FALSE(may_repeat("load", json::parse(R"([["name"], [["Ada"]]])"), once));
    CHECK_FALSE(may_repeat("load", json::parse(R"([["id", "name"], [["shop.a", "Ada"], ["", "Bob"]]])"), once));
    CHECK_FALSE(may_repeat("load", json::parse(R"([["name", "id"], [["Ada"]]])"), once));
    CHECK_FALSE(may_repeat("load", json::parse(R"([["id"], 7])"), once));
}

TEST_CASE("buttons may not be repeated, but archiving is no more than a value") {
    CHECK_FALSE(may_repeat("action_anything"));
    CHECK_FALSE(may_repeat("button_anything"));
    CHECK_FALSE(may_repeat("toggle_active"));
    CHECK(may_repeat("action_archive"));
    CHECK(may_repeat("action_unarchive"));
}

TEST_CASE("of several rules that fit the last one counts") {
    RepeatabilityRules rules;
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
