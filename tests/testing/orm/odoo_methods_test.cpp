// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"
#include "support/odoo_call.hpp"

#include <zenoo_rpc/testing/odoo_exception.hpp>
#include <zenoo_rpc/testing/odoo_server_core.hpp>

#include <string>

using namespace zenoo_rpc::testing;
using namespace zenoo_rpc::tests;

namespace {

json args(json first) { return json::array({std::move(first)}); }

std::string failure(OdooServerCore& core, std::string const& model, std::string const& method, json arguments,
                    json kwargs = json::object()) {
    json const error = error_of(core, model, method, std::move(arguments), std::move(kwargs));
    CHECK(error.at("context") == json::object());
    return error.at("name").get<std::string>() + ": " + error.at("message").get<std::string>();
}

}  // namespace

TEST_CASE("create returns an id for one record and ids for a list") {
    OdooServerCore core;
    json const id = call(core, "res.partner", "create", args({{"name", "Ada"}}));
    REQUIRE(id.is_number_integer());
    json const ids = call(core, "res.partner", "create", args({{{"name", "Bob"}}, {{"name", "Eve"}}}));
    CHECK(ids == json::array({id.get<int>() + 1, id.get<int>() + 2}));
    CHECK(call(core, "res.partner", "create", args(json::array())) == json::array());
}

TEST_CASE("read returns false for empty cells and pairs for references, and omits missing records") {
    OdooServerCore core;
    json const ada = {{"name", "Ada"}, {"country_id", 20}, {"comment", "<p>x</p>"}};
    json const id = call(core, "res.partner", "create", args(ada));
    json const fields = {{"fields", {"name", "email", "country_id", "category_id", "color", "display_name"}}};
    json const expected = {{"id", id},
                           {"name", "Ada"},
                           {"email", false},
                           {"color", 0},
                           {"country_id", json::array({20, "Belgium"})},
                           {"category_id", json::array()},
                           {"display_name", "Ada"}};
    CHECK(call(core, "res.partner", "read", args({id, 999999}), fields) == json::array({expected}));
    CHECK(call(core, "res.partner", "read", args(id), {{"fields", {"name"}}}).size() == 1);
    CHECK(call(core, "res.partner", "read", args(json::array())) == json::array());
    CHECK(call(core, "res.partner", "read", args(id)).at(0).contains("write_date"));
}

TEST_CASE("write changes and unlink deletes records, and both fail for missing records") {
    OdooServerCore core;
    json const id = call(core, "res.partner", "create", args({{"name", "Ada"}}));
    CHECK(call(core, "res.partner", "write", {json::array({id}), {{"phone", "1"}}}) == true);
    CHECK(value_of(*core.store().find("res.partner", id), "phone") == "1");
    CHECK(call(core, "res.partner", "unlink", args(json::array({id}))) == true);
    std::string const gone =
        "odoo.exceptions.MissingError: Record does not exist or has been deleted.\n"
        "(Record: res.partner("
        + id.dump() + ",), User: 2)";
    CHECK(failure(core, "res.partner", "unlink", args(json::array({id}))) == gone);
    CHECK(failure(core, "res.partner", "write", {json::array({id}), {{"phone", "1"}}}) == gone);
    CHECK(call(core, "res.partner", "write", {json::array(), {{"phone", "1"}}}) == true);
}

TEST_CASE("a failed call changes nothing") {
    OdooServerCore core;
    auto const before = core.store().table("res.partner").size();
    json const second_is_bad = {{{"name", "Ada"}}, {{"email", "no name"}}};
    CHECK(failure(core, "res.partner", "create", args(second_is_bad))
          == "odoo.exceptions.ValidationError: The operation cannot be completed: Contacts require a name");
    CHECK(core.store().table("res.partner").size() == before);
}

TEST_CASE("values that a field cannot store are rejected with Odoo's messages") {
    OdooServerCore core;
    auto const creating = [&](char const* model, json values) {
        return failure(core, model, "create", args(std::move(values)));
    };
    CHECK(creating("res.partner", {{"name", "x"}, {"nope", 1}})
          == "builtins.ValueError: Invalid field 'nope' in 'res.partner'");
    CHECK(creating("res.partner", {{"name", "x"}, {"type", "home"}})
          == "builtins.ValueError: Wrong value for res.partner.type: 'home'");
    CHECK(creating("res.partner", {{"name", std::string("a\0b", 3)}})
          == "builtins.ValueError: A string literal cannot contain NUL (0x00) characters.");
    CHECK(creating("res.partner", {{"name", "x"}, {"color", 3000000000}})
          == "psycopg2.errors.NumericValueOutOfRange: integer out of range\n");
    CHECK(creating("res.users", {{"login", "admin"}}) ==
          "odoo.exceptions.ValidationError: The operation cannot be completed: You can not have two users with the "
          "same login!");
    CHECK(creating("res.partner", {{"name", "x"}, {"country_id", 999}}).find("'Country' (country_id)")
          != std::string::npos);
    CHECK(creating("res.partner.category", json::object()).find("Missing required value for the field 'Name' (name)")
          != std::string::npos);
}

TEST_CASE("create converts other values to text") {
    OdooServerCore core;
    json const values = {{"name", 0}, {"ref", true}, {"street", ""}, {"partner_latitude", 1.23456789}};
    json const id = call(core, "res.partner", "create", args(values));
    OdooRecord const& row = *core.store().find("res.partner", id);
    CHECK(value_of(row, "name") == "0");
    CHECK(value_of(row, "ref") == "True");
    CHECK(value_of(row, "street") == "");
    CHECK(value_of(row, "partner_latitude") == 1.2345679);
}

TEST_CASE("x2many commands create, link and replace") {
    OdooServerCore core;
    json const children = json::array({json::array({0, 0, {{"name", "kid"}}})});
    json const tags = json::array({json::array({0, 0, {{"name", "tag"}}})});
    json const id =
        call(core, "res.partner", "create", args({{"name", "Ada"}, {"child_ids", children}, {"category_id", tags}}));
    json const read = call(core, "res.partner", "read", args(id), {{"fields", {"child_ids", "category_id"}}}).at(0);
    REQUIRE(read.at("child_ids").size() == 1);
    REQUIRE(read.at("category_id").size() == 1);
    json const kid = read.at("child_ids").at(0);
    CHECK(call(core, "res.partner", "read", args(kid), {{"fields", {"display_name"}}}).at(0).at("display_name")
          == "Ada, kid");

    json const nothing = json::array({json::array({6, 0, json::array()})});
    call(core, "res.partner", "write", {id, {{"category_id", nothing}, {"child_ids", nothing}}});
    json const after = call(core, "res.partner", "read", args(id), {{"fields", {"child_ids", "category_id"}}}).at(0);
    CHECK(after.at("category_id").empty());
    CHECK(after.at("child_ids").empty());
    CHECK(core.store().find("res.partner", kid) != nullptr);
}

TEST_CASE("a partner cannot be its own ancestor, and the partner of a user cannot be deleted") {
    OdooServerCore core;
    json const parent = call(core, "res.partner", "create", args({{"name", "a"}}));
    json const child = call(core, "res.partner", "create", args({{"name", "b"}, {"parent_id", parent}}));
    CHECK(failure(core, "res.partner", "write", {parent, {{"parent_id", child}}})
          == "odoo.exceptions.ValidationError: You cannot create recursive Partner hierarchies.");
    json const warning = error_of(core, "res.partner", "unlink", args({3}));
    CHECK(warning.at("name") == "odoo.exceptions.RedirectWarning");
    CHECK(warning.at("arguments").size() == 4);
}

TEST_CASE("archiving returns a response without result") {
    OdooServerCore core;
    json const id = call(core, "res.partner", "create", args({{"name", "Ada"}}));
    json const response = response_to(core, model_request("res.partner", "action_archive", args(json::array({id}))));
    CHECK(response == json{{"jsonrpc", "2.0"}, {"id", 1}});
    CHECK(call(core, "res.partner", "search_count", args(json::array({json::array({"id", "=", id})}))) == 0);
}

TEST_CASE("arguments that do not match are rejected as in Python") {
    OdooServerCore core;
    CHECK(failure(core, "res.partner", "search_count", {json::array(), 1, 2})
          == "builtins.TypeError: BaseModel.search_count() takes from 2 to 3 positional arguments but 4 were given");
    CHECK(failure(core, "res.partner", "search", args(json::array()), {{"where", 1}})
          == "builtins.TypeError: BaseModel.search() got an unexpected keyword argument 'where'");
    CHECK(failure(core, "res.partner", "load", args(json::array()))
          == "builtins.TypeError: BaseModel.load() missing 1 required positional argument: 'data'");
    CHECK(failure(core, "res.partner", "read", json::array()) == "builtins.IndexError: list index out of range");
    CHECK(failure(core, "res.partner", "jump", json::array())
          == "builtins.AttributeError: The method 'res.partner.jump' does not exist");
    CHECK(failure(core, "res.partner", "_jump", json::array()).starts_with("odoo.exceptions.AccessError: "));
    CHECK(failure(core, "res.panther", "read", json::array())
          == "odoo.exceptions.UserError: Object res.panther doesn't exist");
    CHECK(failure(core, "res.partner", "read_group", json::array()).starts_with("builtins.NotImplementedError: "));
}

TEST_CASE("fields_get returns types, labels and relations of the requested fields") {
    OdooServerCore core;
    json const attributes = {{"attributes", {"type", "relation", "required"}}};
    json const fields = call(core, "res.partner", "fields_get", json::array(), attributes);
    CHECK(fields.at("country_id") == json{{"type", "many2one"}, {"relation", "res.country"}, {"required", false}});
    CHECK(fields.at("partner_latitude").at("type") == "float");
    CHECK(call(core, "res.partner", "fields_get", args(json::array({"name"}))).size() == 1);
}

TEST_CASE("names and external ids are resolved to records and back") {
    OdooServerCore core;
    CHECK(call(core, "res.country", "name_search", json::array({"belg"}))
          == json::array({json::array({20, "Belgium"})}));
    CHECK(call(core, "ir.model.data", "check_object_reference", {"base", "be"}) == json::array({"res.country", 20}));
    CHECK(failure(core, "ir.model.data", "check_object_reference", {"base", "nope"})
          == "builtins.ValueError: External ID not found in the system: base.nope");
    CHECK(call(core, "res.country", "get_external_id", args({20})) == json{{"20", "base.be"}});
    CHECK(call(core, "res.users", "context_get", json::array()) == json{{"lang", "en_US"}, {"tz", false}, {"uid", 2}});
}

TEST_CASE("an ordinary user may create contacts but not read external ids") {
    OdooServerCore core;
    core.store().insert("res.users", {{"id", 7}, {"login", "low"}, {"password", "pw"}});
    auto const as_low = [&](std::string const& model, std::string const& method, json arguments) {
        json const all = json::array({"odoo19", 7, "pw", model, method, std::move(arguments)});
        return response_to(core, rpc_request("object", "execute_kw", all));
    };
    CHECK(as_low("res.partner", "create", args({{"name", "Ada"}})).contains("result"));
    CHECK(as_low("ir.model.data", "check_object_reference", {"base", "be"}).contains("result"));
    json const refused = as_low("ir.model.data", "search_read", args(json::array()));
    CHECK(refused.at("error").at("data").at("name") == "odoo.exceptions.AccessError");
    CHECK(as_low("res.users", "read", args({7})).at("result").at(0).at("password") == "");
}

TEST_CASE("a custom model can have custom methods, which are rolled back when they throw") {
    OdooServerCore core;
    core.store().add_model({.name = "x.order", .fields = {{.name = "name"}, {.name = "state"}}});
    core.store().add_method("x.order", "action_confirm", [](OdooCall& order) {
        OdooId const id = order.args.at(0).at(0).get<OdooId>();
        order.store.update("x.order", id, {{"state", "sale"}});
        if (order.kwargs.contains("fail")) throw OdooException("odoo.exceptions.UserError", "not today");
        return json(true);
    });
    json const id = call(core, "x.order", "create", args({{"name", "S1"}}));
    CHECK(failure(core, "x.order", "action_confirm", args(json::array({id})), {{"fail", 1}})
          == "odoo.exceptions.UserError: not today");
    CHECK(value_of(*core.store().find("x.order", id), "state").is_null());
    CHECK(call(core, "x.order", "action_confirm", args(json::array({id}))) == true);
    CHECK(value_of(*core.store().find("x.order", id), "state") == "sale");
}
