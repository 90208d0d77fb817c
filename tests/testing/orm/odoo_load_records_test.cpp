// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"
#include "support/odoo_call.hpp"
#include "testing/orm/import.hpp"

#include <zenoo_rpc/testing/odoo_server_core.hpp>

#include <string>

using namespace zenoo_rpc::testing;
using namespace zenoo_rpc::tests;

namespace {

json partners(json rows) { return json::array({json::array({"id", "name", "phone"}), std::move(rows)}); }

}  // namespace

TEST_CASE("database errors name the column if there is one, and other errors are reported as unknown") {
    Import import;
    CHECK(import.refusal("x_integer", "2147483648")
          == json{{"type", "error"},
                  {"rows", {{"from", 0}, {"to", 0}}},
                  {"record", 0},
                  {"message", "integer out of range\n"}});
    json const nul = import.refusal("x_char", std::string("a\0b", 3));
    CHECK(nul.at("moreinfo") == "Resolve other errors first");
    CHECK(nul.at("message") == "Unknown error during import: <class 'ValueError'>: A string literal cannot contain NUL "
                               "(0x00) characters.");
    json const unnamed =
        load_once(import.core, "res.partner", {"id", "email"}, json::array({json::array({"__t__.p", "x@y"})}));
    CHECK(unnamed.at("messages").at(0).at("message") == "Contacts require a name");
    json const taken = load_once(import.core, "res.country", {"id", "name", "code"},
                                 json::array({json::array({"__t__.c", "New", "BE"})}));
    CHECK(taken.at("messages").at(0).at("field") == "code");
    CHECK(taken.at("messages").at(0).at("message") == "The code of the country must be unique!");
}

TEST_CASE("a repeated load with the same external id returns the same record, and noupdate keeps edits") {
    OdooServerCore core;
    json const rows = partners(json::array({json::array({"__t__.ada", "Ada", "1"})}));
    json const first = call(core, "res.partner", "load", rows, import_once);
    json const id = first.at("ids").at(0);
    CHECK(core.store().resolve("__t__.ada") == OdooReference{"res.partner", id.get<OdooId>()});
    call(core, "res.partner", "write", {id, {{"phone", "edited"}}});
    CHECK(call(core, "res.partner", "load", rows, import_once) == first);
    CHECK(value_of(*core.store().find("res.partner", id), "phone") == "edited");
    CHECK(call(core, "res.partner", "load", rows) == first);
    CHECK(value_of(*core.store().find("res.partner", id), "phone") == "1");
}

TEST_CASE("a deleted record is created again with its external id") {
    OdooServerCore core;
    json const rows = partners(json::array({json::array({"__t__.ada", "Ada", "1"})}));
    json const id = call(core, "res.partner", "load", rows, import_once).at("ids").at(0);
    call(core, "res.partner", "unlink", json::array({id}));
    CHECK(call(core, "res.partner", "load", rows, import_once).at("ids").at(0) != id);
}

TEST_CASE("loading only an external id finds the record, or tries to create an empty one") {
    OdooServerCore core;
    json const id = load_once(core, "res.partner", {"id", "name"}, json::array({json::array({"__t__.ada", "Ada"})}));
    CHECK(load_once(core, "res.partner", json::array({"id"}), json::array({json::array({"__t__.ada"})})) == id);
    json const none = load_once(core, "res.partner", json::array({"id"}), json::array({json::array({"__t__.bob"})}));
    CHECK(none.at("ids") == false);
}

TEST_CASE("a bare external id gets a module, and one that is empty, has a space or is of another model is rejected") {
    OdooServerCore core;
    auto const load = [&](json external_id) {
        return load_once(core, "res.partner", {"id", "name"}, json::array({json::array({external_id, "Ada"})}));
    };
    CHECK(load("bare").at("ids").is_array());
    CHECK(core.store().resolve("__import__.bare"));
    CHECK(load("").at("messages").at(0).at("message") == "Cannot update a record without specifying its id or xml_id");
    CHECK(load("__t__.a b").at("ids") == false);
    std::string const other = load("base.be").at("messages").at(0).at("message");
    CHECK(
        other.starts_with("For external id base.be when trying to create/update a record of model res.partner found "
                          "record of different model res.country ("));
    json const bad_type = json::array({json::array({"id", "name"}), json::array({json::array({5, "Ada"})})});
    CHECK(error_of(core, "res.partner", "load", bad_type).at("name") == "builtins.TypeError");
}

TEST_CASE("all rows are loaded or none, and every invalid row is reported") {
    OdooServerCore core;
    auto const before = core.store().table("res.partner").size();
    json const columns = {"id", "name", "country_id/.id"};
    json const rows = {{"__t__.1", "a", "20"}, {"__t__.2", "b", "999"}, {"__t__.3", "c", "75"}, {"__t__.4", "d", "x"}};
    json const response = load_once(core, "res.partner", columns, rows);
    CHECK(response.at("ids") == false);
    REQUIRE(response.at("messages").size() == 2);
    CHECK(response.at("messages").at(0).at("record") == 1);
    CHECK(response.at("messages").at(1).at("rows") == json{{"from", 3}, {"to", 3}});
    CHECK(core.store().table("res.partner").size() == before);
    CHECK_FALSE(core.store().resolve("__t__.1"));
}

TEST_CASE("a duplicate external id in one call creates one record") {
    OdooServerCore core;
    json const rows = json::array({json::array({"__t__.d", "first"}), json::array({"__t__.d", "second"})});
    json const response = load_once(core, "res.partner", {"id", "name"}, rows);
    REQUIRE(response.at("ids").size() == 2);
    CHECK(response.at("ids").at(0) == response.at("ids").at(1));
    CHECK(value_of(*core.store().find("res.partner", response.at("ids").at(0)), "name") == "first");
}

TEST_CASE("a Python error is also reported for the first record if another record caused it") {
    OdooServerCore core;
    json const rows = json::array({json::array({"__t__.1", "a"}), json::array({"", "b"})});
    json const messages = load_once(core, "res.partner", {"id", "name"}, rows).at("messages");
    REQUIRE(messages.size() == 2);
    CHECK(messages.at(0).at("record") == 0);
    CHECK(messages.at(1).at("record") == 1);
    CHECK(messages.at(0).at("message") == messages.at(1).at("message"));
}

TEST_CASE("at most ten database errors are listed") {
    OdooServerCore core;
    json rows = json::array();
    for (int i = 0; i < 15; ++i) rows.push_back({"__t__." + std::to_string(i), "New " + std::to_string(i), "BE"});
    json const messages = load_once(core, "res.country", {"id", "name", "code"}, rows).at("messages");
    REQUIRE(messages.size() == 11);
    CHECK(messages.at(9).at("record") == 9);
    CHECK(messages.at(10).at("type") == "warning");
}

TEST_CASE("children are in separate rows below the row of their parent") {
    Import import;
    json const rows = {{"__t__.p", "p", "1", "c1"}, {"", "", "", "c2"}, {"__t__.q", "q", "bad", "d1"}};
    json const columns = {"id", "x_name", "x_integer", "x_children/x_name"};
    json const refused = load_once(import.core, "x.every.kind", columns, rows);
    REQUIRE(refused.at("messages").size() == 1);
    CHECK(refused.at("messages").at(0).at("record") == 1);
    CHECK(refused.at("messages").at(0).at("rows") == json{{"from", 2}, {"to", 2}});

    json const good = load_once(import.core, "x.every.kind", columns, json::array({rows[0], rows[1]}));
    REQUIRE(good.at("ids").size() == 1);
    json const children = import.read(good.at("ids").at(0), "x_children");
    REQUIRE(children.size() == 2);
    CHECK(import.read(children.at(1), "x_name") == "c2");
    load_once(import.core, "x.every.kind", columns, json::array({rows[0], rows[1]}));
    CHECK(import.read(good.at("ids").at(0), "x_children").size() == 2);
}

TEST_CASE("a row may refer to an earlier one of the same call by its external id") {
    OdooServerCore core;
    json const response = load_once(core, "res.partner", {"id", "name", "parent_id/id"},
                                    {{"__t__.boss", "Boss", ""}, {"__t__.ada", "Ada", "__t__.boss"}});
    REQUIRE(response.at("ids").size() == 2);
    CHECK(value_of(*core.store().find("res.partner", response.at("ids").at(1)), "parent_id")
          == response.at("ids").at(0));
}
