// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"
#include "support/odoo_call.hpp"
#include "testing/orm/import.hpp"

#include <zenoo_rpc/testing/odoo_server_core.hpp>

#include <string>

using namespace zenoo_rpc::testing;
using namespace zenoo_rpc::tests;

TEST_CASE("each kind of field is parsed from its text") {
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

TEST_CASE("a missing column takes the default, and an empty cell is empty") {
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

TEST_CASE("a row shorter than the header takes defaults for the missing cells") {
    Import import;
    json const rows = json::array({json::array({"__t__.short", "x"})});
    json const response = load_once(import.core, "x.every.kind", {"id", "x_char", "x_integer"}, rows);
    CHECK(import.read(response.at("ids").at(0), "x_integer") == 7);
}

TEST_CASE("an invalid text is rejected with field, label and help") {
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

TEST_CASE("a reference to a missing record is rejected with the kind of the lookup") {
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

TEST_CASE("a cell that is not text ends the call if its conversion needs text") {
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

TEST_CASE("an ambiguous name uses one of the records and warns") {
    Import import;
    import.core.store().insert("x.every.kind", {{"x_name", "twin"}});
    import.core.store().insert("x.every.kind", {{"x_name", "twin"}});
    json const response = import.load({"x_name", "x_parent"}, {"child", "twin"});
    CHECK(response.at("ids").is_array());
    REQUIRE(response.at("messages").size() == 1);
    CHECK(response.at("messages").at(0).at("type") == "warning");
    CHECK(response.at("messages").at(0).at("message")
          == "Found multiple matches for value \"twin\" in field \"Parent\" (2 matches)");
}

TEST_CASE("a datetime in an unsupported time zone is rejected") {
    Import import;
    json kwargs = import_once;
    kwargs["context"]["tz"] = "Europe/Brussels";
    json const rows = json::array({json::array({"__t__.row", "2026-07-01 12:00:00"})});
    json const arguments = json::array({json::array({"id", "x_datetime"}), rows});
    CHECK(error_of(import.core, "x.every.kind", "load", arguments, kwargs).at("name")
          == "builtins.NotImplementedError");
    kwargs["context"]["tz"] = "UTC";
    CHECK(call(import.core, "x.every.kind", "load", arguments, kwargs).at("ids").is_array());
}
