// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"
#include "support/odoo_call.hpp"
#include "testing/every_kind.hpp"

#include <zenoo_rpc/testing/odoo_server_core.hpp>

#include <string>

using namespace zenoo_rpc::testing;
using namespace zenoo_rpc::tests;

namespace {

struct Import {
    OdooServerCore core;

    Import() { core.store().add_model(every_kind()); }

    /// Of one record of the model with every kind of field.
    json load(json columns, json cells) {
        columns.insert(columns.begin(), "id");
        cells.insert(cells.begin(), "__t__.row");
        return load_once(core, "x.every.kind", std::move(columns), json::array({std::move(cells)}));
    }
    json read(json const& id, char const* field) {
        json const fields = {{"fields", json::array({field})}};
        return call(core, "x.every.kind", "read", json::array({id}), fields).at(0).at(field);
    }
    /// What arrives where this text is sent.
    json arrives(char const* column, json cell) {
        json const answer = load(json::array({column}), json::array({std::move(cell)}));
        INFO(answer);
        REQUIRE(answer.at("ids").is_array());
        CHECK(answer.at("messages").empty());
        json const id = answer.at("ids").at(0);
        std::string const path = column;
        json const value = read(id, path.substr(0, path.find('/')).c_str());
        call(core, "x.every.kind", "unlink", json::array({id}));
        return value;
    }
    /// The one message about a cell that is refused.
    json refusal(char const* column, json cell) {
        json const answer = load(json::array({column}), json::array({std::move(cell)}));
        CHECK(answer.at("ids") == false);
        CHECK(answer.at("nextrow") == 0);
        REQUIRE(answer.at("messages").size() == 1);
        CHECK(core.store().table("x.every.kind").empty());
        return answer.at("messages").at(0);
    }
    std::string error(char const* column, json cell) {
        json const arguments =
            json::array({json::array({"id", column}), json::array({json::array({"__t__.row", cell})})});
        json const data = error_of(core, "x.every.kind", "load", arguments, once);
        return data.at("name").get<std::string>() + ": " + data.at("message").get<std::string>();
    }
};

json partners(json rows) { return json::array({json::array({"id", "name", "phone"}), std::move(rows)}); }

}  // namespace

TEST_CASE("each kind of field is read from its text") {
    Import import;
    CHECK(import.arrives("x_char", " a, \"b\"\n%s ") == " a, \"b\"\n%s ");
    CHECK(import.arrives("x_integer", "-7") == -7);
    CHECK(import.arrives("x_integer", " 1_000 ") == 1000);
    CHECK(import.arrives("x_float", "0.30000000000000004") == 0.1 + 0.2);
    CHECK(import.arrives("x_float", "1e+22") == 1e22);
    CHECK(import.arrives("x_monetary", "1234.565") == 1234.57);
    CHECK(import.arrives("x_boolean", "YES") == true);
    CHECK(import.arrives("x_boolean", "0") == false);
    CHECK(import.arrives("x_date", "2026-02-03junk") == "2026-02-03");
    CHECK(import.arrives("x_datetime", "2026-07-01 12:00:00") == "2026-07-01 12:00:00");
    CHECK(import.arrives("x_selection", "a") == "a");
    CHECK(import.arrives("x_selection", "LETTER A") == "a");
    CHECK(import.arrives("x_many2one/.id", "20") == json::array({20, "Belgium"}));
    CHECK(import.arrives("x_many2one/id", "base.be") == json::array({20, "Belgium"}));
    CHECK(import.arrives("x_many2one", "Belgium") == json::array({20, "Belgium"}));
    CHECK(import.arrives("x_many2one/.id", "0") == false);
    CHECK(import.arrives("x_many2many/.id", "20, 75") == json::array({20, 75}));
    CHECK(import.arrives("x_many2many/id", "base.be,base.fr") == json::array({20, 75}));
    CHECK(import.arrives("x_binary", "aGVsbG8=") == "aGVsbG8=");
}

TEST_CASE("a selection takes the first entry with that key or label, so an earlier label shadows a key") {
    Import import;
    CHECK(import.arrives("x_selection", "Done") == "b");
}

TEST_CASE("a column that is absent takes the default, an empty cell is empty") {
    Import import;
    json const absent = import.load(json::array(), json::array());
    CHECK(import.read(absent.at("ids").at(0), "x_integer") == 7);
    CHECK(import.read(absent.at("ids").at(0), "x_boolean") == true);
    call(import.core, "x.every.kind", "unlink", json::array({absent.at("ids")}));
    for (json const& empty : {json(""), json(false), json(nullptr), json(0)}) {
        CHECK(import.arrives("x_integer", empty) == 0);
        CHECK(import.arrives("x_boolean", empty) == false);
        CHECK(import.arrives("x_char", empty) == false);
        CHECK(import.arrives("x_many2one/.id", empty) == false);
    }
}

TEST_CASE("a row that is shorter than the header leaves the rest to the defaults") {
    Import import;
    json const rows = json::array({json::array({"__t__.short", "x"})});
    json const answer = load_once(import.core, "x.every.kind", {"id", "x_char", "x_integer"}, rows);
    CHECK(import.read(answer.at("ids").at(0), "x_integer") == 7);
}

TEST_CASE("a text no conversion understands is refused with field, label and help") {
    Import import;
    json const refused = import.refusal("x_boolean", "maybe");
    CHECK(refused
          == json{{"type", "error"},
                  {"rows", {{"from", 0}, {"to", 0}}},
                  {"record", 0},
                  {"field", "x_boolean"},
                  {"field_name", "A boolean"},
                  {"message", "Unknown value 'maybe' for boolean field 'A boolean'"},
                  {"moreinfo", "Use '1' for yes and '0' for no"}});
    CHECK(import.refusal("x_integer", "5.0").at("message")
          == "'5.0' does not seem to be an integer for field 'An integer'");
    CHECK(import.refusal("x_float", "1,5").at("message") == "'1,5' does not seem to be a number for field 'x_float'");
    CHECK(import.refusal("x_date", "03/02/2026").at("moreinfo") == "Use the format '2012-12-31'");
    CHECK(import.refusal("x_datetime", "2026-07-01T12:00:00Z").at("message")
          == "'2026-07-01T12:00:00Z' does not seem to be a valid datetime for field 'x_datetime'");
    CHECK(import.refusal("x_selection", "zzz").at("moreinfo") == json::array({"Letter A", "Done", "Other"}));
}

TEST_CASE("a reference to nothing is refused and says by what it was looked for") {
    Import import;
    json const by_id = import.refusal("x_many2one/.id", "999999");
    CHECK(by_id.at("message") == "No matching record found for database id '999999' in field 'x_many2one'");
    CHECK(by_id.at("field") == "x_many2one");
    CHECK(by_id.at("moreinfo").at("res_model") == "ir.model.data");
    CHECK(import.refusal("x_many2one/id", "base.nope").at("message")
          == "No matching record found for external id 'base.nope' in field 'x_many2one'");
    CHECK(import.refusal("x_many2one", "20").at("moreinfo").at("res_model") == "res.country");
    CHECK(import.refusal("x_many2many/.id", "20,999999").at("field") == "x_many2many");
    CHECK_FALSE(import.refusal("x_many2one/id", "base.main_partner").contains("moreinfo"));
    CHECK(import.refusal("x_many2one/.id", "x").at("message") == "Invalid database id 'x' for the field 'x_many2one'");
}

TEST_CASE("cells that are no text end the call where a conversion trips over them") {
    Import import;
    CHECK(import.arrives("x_integer", 5.9) == 5);
    CHECK(import.arrives("x_char", 12) == "12");
    CHECK(import.arrives("x_many2one/.id", 20) == json::array({20, "Belgium"}));
    CHECK(import.error("x_boolean", true) == "builtins.AttributeError: 'bool' object has no attribute 'lower'");
    CHECK(import.error("x_many2many", json::array({json::array({6, 0, {20}})}))
          == "builtins.AttributeError: 'list' object has no attribute 'split'");
    CHECK(import.error("x_date", 20260203).starts_with("builtins.TypeError: "));
    CHECK(import.error("x_nope", "1") == "builtins.ValueError: Invalid field name 'x_nope'");
}

TEST_CASE("what the database refuses has the column where there is one, and what nobody foresaw says so") {
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

TEST_CASE("the external id makes a replay give the same record, and noupdate leaves it as people made it") {
    OdooServerCore core;
    json const rows = partners(json::array({json::array({"__t__.ada", "Ada", "1"})}));
    json const first = call(core, "res.partner", "load", rows, once);
    json const id = first.at("ids").at(0);
    CHECK(core.store().resolve("__t__.ada") == OdooReference{"res.partner", id.get<OdooId>()});
    call(core, "res.partner", "write", {id, {{"phone", "edited"}}});
    CHECK(call(core, "res.partner", "load", rows, once) == first);
    CHECK(value_of(*core.store().find("res.partner", id), "phone") == "edited");
    CHECK(call(core, "res.partner", "load", rows) == first);
    CHECK(value_of(*core.store().find("res.partner", id), "phone") == "1");
}

TEST_CASE("a record that was deleted is made anew under its external id") {
    OdooServerCore core;
    json const rows = partners(json::array({json::array({"__t__.ada", "Ada", "1"})}));
    json const id = call(core, "res.partner", "load", rows, once).at("ids").at(0);
    call(core, "res.partner", "unlink", json::array({id}));
    CHECK(call(core, "res.partner", "load", rows, once).at("ids").at(0) != id);
}

TEST_CASE("loading nothing but an external id finds a record, or tries to make an empty one") {
    OdooServerCore core;
    json const id = load_once(core, "res.partner", {"id", "name"}, json::array({json::array({"__t__.ada", "Ada"})}));
    CHECK(load_once(core, "res.partner", json::array({"id"}), json::array({json::array({"__t__.ada"})})) == id);
    json const none = load_once(core, "res.partner", json::array({"id"}), json::array({json::array({"__t__.bob"})}));
    CHECK(none.at("ids") == false);
}

TEST_CASE("external ids: a bare name gets a module, an empty one is refused, a space too, another model's too") {
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

TEST_CASE("all rows are loaded or none, and every bad one is named") {
    OdooServerCore core;
    auto const before = core.store().table("res.partner").size();
    json const columns = {"id", "name", "country_id/.id"};
    json const rows = {{"__t__.1", "a", "20"}, {"__t__.2", "b", "999"}, {"__t__.3", "c", "75"}, {"__t__.4", "d", "x"}};
    json const answer = load_once(core, "res.partner", columns, rows);
    CHECK(answer.at("ids") == false);
    REQUIRE(answer.at("messages").size() == 2);
    CHECK(answer.at("messages").at(0).at("record") == 1);
    CHECK(answer.at("messages").at(1).at("rows") == json{{"from", 3}, {"to", 3}});
    CHECK(core.store().table("res.partner").size() == before);
    CHECK_FALSE(core.store().resolve("__t__.1"));
}

TEST_CASE("the same external id twice in one call is one record") {
    OdooServerCore core;
    json const rows = json::array({json::array({"__t__.d", "first"}), json::array({"__t__.d", "second"})});
    json const answer = load_once(core, "res.partner", {"id", "name"}, rows);
    REQUIRE(answer.at("ids").size() == 2);
    CHECK(answer.at("ids").at(0) == answer.at("ids").at(1));
    CHECK(value_of(*core.store().find("res.partner", answer.at("ids").at(0)), "name") == "first");
}

TEST_CASE("a refusal in Python is said of the first record too when another one is to blame") {
    OdooServerCore core;
    json const rows = json::array({json::array({"__t__.1", "a"}), json::array({"", "b"})});
    json const messages = load_once(core, "res.partner", {"id", "name"}, rows).at("messages");
    REQUIRE(messages.size() == 2);
    CHECK(messages.at(0).at("record") == 0);
    CHECK(messages.at(1).at("record") == 1);
    CHECK(messages.at(0).at("message") == messages.at(1).at("message"));
}

TEST_CASE("more than ten errors of the database are not listed") {
    OdooServerCore core;
    json rows = json::array();
    for (int i = 0; i < 15; ++i) rows.push_back({"__t__." + std::to_string(i), "New " + std::to_string(i), "BE"});
    json const messages = load_once(core, "res.country", {"id", "name", "code"}, rows).at("messages");
    REQUIRE(messages.size() == 11);
    CHECK(messages.at(9).at("record") == 9);
    CHECK(messages.at(10).at("type") == "warning");
}

TEST_CASE("a name that several records have is a guess with a warning") {
    Import import;
    import.core.store().insert("x.every.kind", {{ "x_name", "twin" }});
    import.core.store().insert("x.every.kind", {{ "x_name", "twin" }});
    json const answer = import.load({"x_name", "x_parent"}, {"child", "twin"});
    CHECK(answer.at("ids").is_array());
    REQUIRE(answer.at("messages").size() == 1);
    CHECK(answer.at("messages").at(0).at("type") == "warning");
    CHECK(answer.at("messages").at(0).at("message")
          == "Found multiple matches for value \"twin\" in field \"Parent\" (2 matches)");
}

TEST_CASE("children come in rows of their own below their parent's") {
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
    json const answer = load_once(core, "res.partner", {"id", "name", "parent_id/id"},
                                  {{"__t__.boss", "Boss", ""}, {"__t__.ada", "Ada", "__t__.boss"}});
    REQUIRE(answer.at("ids").size() == 2);
    CHECK(value_of(*core.store().find("res.partner", answer.at("ids").at(1)), "parent_id") == answer.at("ids").at(0));
}

TEST_CASE("a datetime is not read in a time zone the simulator does not know") {
    Import import;
    json kwargs = once;
    kwargs["context"]["tz"] = "Europe/Brussels";
    json const rows = json::array({json::array({"__t__.row", "2026-07-01 12:00:00"})});
    json const arguments = json::array({json::array({"id", "x_datetime"}), rows});
    CHECK(error_of(import.core, "x.every.kind", "load", arguments, kwargs).at("name")
          == "builtins.NotImplementedError");
    kwargs["context"]["tz"] = "UTC";
    CHECK(call(import.core, "x.every.kind", "load", arguments, kwargs).at("ids").is_array());
}
