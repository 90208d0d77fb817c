// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"

#include <zenoo_rpc/odoo/repeatability.hpp>

#include <nlohmann/json.hpp>

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
}

TEST_CASE("of anything else nothing is known, so it may not") {
    for (auto const* method : {"create", "copy", "load", "action_confirm", "message_post", "button_validate", "rea",
                               "reads", "", "name_create", "zzz"}) {
        CAPTURE(method);
        CHECK_FALSE(may_repeat(method));
    }
}
