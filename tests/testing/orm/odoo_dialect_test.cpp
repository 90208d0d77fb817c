// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"
#include "support/odoo_call.hpp"

#include <zenoo_rpc/testing/odoo_server_core.hpp>

#include <string>

using namespace zenoo_rpc;
using namespace zenoo_rpc::testing;
using namespace zenoo_rpc::tests;
using namespace std::chrono_literals;

namespace {

struct Odoo16 {
    OdooServerCore core{fresh_odoo19(), "odoo19", OdooDialect::odoo16};

    json error(std::string const& method, json args, json kwargs = json::object()) {
        json const error =
            response_to(core, model_request("res.partner", method, std::move(args), std::move(kwargs))).at("error");
        CHECK(error.at("code") == 200);
        return error.at("data");
    }
    HttpResponse get(std::string target) { return core.respond({"GET", std::move(target), {}, ""}); }
};

HttpRequest json2_request(std::string const& model_and_method, json const& named,
                          std::string const& key = "admin-api-key") {
    HttpRequest request = post(named.dump(), "/json/2/" + model_and_method);
    request.headers.add("Authorization", "Bearer " + key);
    return request;
}

}  // namespace

TEST_CASE("Odoo 16 reports its version, has error code 200 and no JSON-2") {
    Odoo16 odoo;
    auto const reported = response_to(odoo.core, rpc_request("common", "version", json::array())).at("result");
    CHECK(reported.at("server_version_info") == json::array({16, 0, 0, "final", 0, ""}));
    auto const of_web = response_to(odoo.core, post(R"({"id": 5})", "/web/webclient/version_info"));
    CHECK(of_web.at("result") == reported);
    CHECK(odoo.get("/web/version").status == 404);
    CHECK(odoo.get("/json/version").status == 404);
    CHECK(odoo.core.respond(json2_request("res.partner/search", {{"domain", json::array()}})).status == 404);
    CHECK(json::parse(odoo.get("/web/health?db_server_status=1").body) == json({{"status", "pass"}}));
}

TEST_CASE("Odoo 16 responds with 400 to a content type other than JSON") {
    Odoo16 odoo;
    HttpResponse const response = odoo.core.respond({"POST", "/jsonrpc", {{"Content-Type", "text/plain"}}, "{}"});
    CHECK(response.status == 400);
    CHECK(response.body.find("is type=&#39;json&#39;") != std::string::npos);
}

TEST_CASE("Odoo 16 does not support the operator any") {
    Odoo16 odoo;
    auto const domain = json::parse(R"([[["country_id", "any", [["code", "=", "BE"]]]]])");
    auto const error = odoo.error("search", domain);
    CHECK(error.at("name") == "builtins.ValueError");
    CHECK(error.at("message") == "Invalid leaf ('country_id', 'any', [['code', '=', 'BE']])");
}

TEST_CASE("Odoo 16 has different exceptions and messages for some errors") {
    Odoo16 odoo;
    json const domain = json::array({json::array()});
    CHECK(odoo.error("search", domain, {{"limit", "abc"}}).at("name") == "builtins.TypeError");
    json const load = json::array({json::array({"id", "nosuch"}), json::array({json::array({"a.b", "x"})})});
    CHECK(odoo.error("load", load).at("name") == "builtins.KeyError");
    CHECK(odoo.error("nope", json::array()).at("message")
          == "The method 'nope' does not exist on the model 'res.partner'");
    CHECK(odoo.error("_nope", json::array()).at("message")
          == "Private methods (such as _nope) cannot be called remotely.");
    CHECK(odoo.error("write", json::array()).at("message") == "tuple index out of range");
    auto const short_args = response_to(odoo.core, rpc_request("object", "execute_kw", {"odoo19", 2, "admin"}));
    CHECK(short_args.at("error").at("data").at("name") == "builtins.TypeError");
    CHECK(short_args.at("error").at("data").at("message")
          == "execute_kw() missing 3 required positional arguments: 'obj', 'method', and 'args'");
    auto const no_args = response_to(odoo.core, post(R"({"id": 1, "params": {"service": "common", "method": "x"}})"));
    CHECK(no_args.at("error").at("data").at("message")
          == "RPC.jsonrpc() missing 1 required positional argument: 'args'");
}

TEST_CASE("an API key is accepted as a password and as a bearer token until it is revoked") {
    OdooServerCore core;
    json const login = {"odoo19", "admin", "admin-api-key", json::object()};
    CHECK(response_to(core, rpc_request("common", "authenticate", login)).at("result") == 2);
    json const call = {"odoo19", 2, "admin-api-key", "res.partner", "search_count", json::array({json::array()})};
    CHECK(response_to(core, rpc_request("object", "execute_kw", call)).at("result").is_number());
    auto const request = json2_request("res.users/context_get", json::object());
    CHECK(response_to(core, request) == json({{"lang", "en_US"}, {"tz", false}, {"uid", 2}}));

    core.store().erase("res.users.apikeys", 1);
    CHECK(core.respond(request).status == 401);
    CHECK(response_to(core, rpc_request("common", "authenticate", login)).at("result") == false);
}

TEST_CASE("without a free database connection Odoo 16 sends an error or a page, and Odoo 19 a page") {
    auto const create = model_request("res.partner", "create", {{{"name", "Ada"}}});
    Odoo16 odoo16;
    auto const error = json::parse(odoo16.core.respond(create, Fault::pool_full()).body).at("error");
    CHECK(error.at("code") == 200);
    CHECK(error.at("data").at("name") == "psycopg2.pool.PoolError");
    CHECK(error.at("data").at("message") == "The Connection Pool Is Full");
    auto const reported = rpc_request("common", "version", json::array());
    CHECK(json::parse(odoo16.core.respond(reported, Fault::pool_full()).body).contains("result"));

    OdooServerCore odoo19;
    auto const list = post(R"({"id": 5, "params": {}})", "/web/database/list");
    for (HttpResponse const& page :
         {odoo16.core.respond(create, Fault::pool_full_page()), odoo19.respond(create, Fault::pool_full()),
          odoo19.respond(list, Fault::pool_full()),
          odoo19.respond(json2_request("res.partner/search_count", json::object()), Fault::pool_full())}) {
        CHECK(page.status == 500);
        CHECK(find_header(page.headers, "Content-Type") == "text/html; charset=utf-8");
        CHECK(page.body.find("Internal Server Error") != std::string::npos);
    }
    CHECK(odoo16.core.stats().created.empty());
    CHECK(odoo19.stats().created.empty());
}

TEST_CASE("a lock timeout has its own exception, and status 500 in JSON-2") {
    OdooServerCore core;
    auto const write = model_request("res.partner", "write", {{1}, {{"ref", "a"}}});
    auto const error = json::parse(core.respond(write, Fault::lock_timeout()).body).at("error").at("data");
    CHECK(error.at("name") == "psycopg2.errors.LockNotAvailable");
    CHECK(error.at("message") == "canceling statement due to lock timeout\n");
    json const named = {{"ids", {1}}, {"vals", {{"ref", "a"}}}};
    auto const response = core.respond(json2_request("res.partner/write", named), Fault::lock_timeout());
    CHECK(response.status == 500);
    CHECK(json::parse(response.body).at("name") == "psycopg2.errors.LockNotAvailable");
}

TEST_CASE("calls of JSON-2 have the same faults and counters as calls of JSON-RPC") {
    OdooServerCore core;
    json const row = json::array({"shop.a", "Ada"});
    json const named = {{"fields", {"id", "name"}}, {"data", json::array({row})}};
    auto const request = json2_request("res.partner/load", named);
    CHECK(core.respond(request, Fault::bad_gateway(Executed::no)).status == 502);
    CHECK(core.respond(request, Fault::serialization_failure()).status == 500);
    CHECK(response_to(core, request).at("ids").size() == 1);
    CHECK(core.respond(request, Fault::bad_gateway(Executed::yes)).status == 502);
    CHECK(json::parse(core.respond(request, Fault::load_conflict()).body).at("ids") == false);
    CHECK(core.respond(request, Fault::database_down(1s)).status == 404);
    auto const stats = core.stats();
    CHECK(stats.requests == 6);
    CHECK(stats.executed == 2);
    CHECK(stats.external_ids.at("shop.a").sent == 5);
    CHECK(stats.external_ids.at("shop.a").committed == 1);
}

TEST_CASE("the list of databases needs no login but needs the database server") {
    OdooServerCore core;
    auto const request = post(R"({"id": 5, "params": {}})", "/web/database/list");
    CHECK(response_to(core, request).at("result") == json::array({"odoo19"}));
    auto const down = json::parse(core.respond(request, Fault::database_down(1s)).body);
    CHECK(down.at("error").at("data").at("name") == "psycopg2.OperationalError");
}
