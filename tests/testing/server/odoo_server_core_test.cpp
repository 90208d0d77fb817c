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

json service(OdooServerCore& core, std::string const& name, std::string const& method, json arguments) {
    return response_to(core, rpc_request(name, method, std::move(arguments)));
}

std::string error_in(json const& response) {
    json const& error = response.at("error");
    CHECK(error.at("code") == 0);
    CHECK(error.at("message") == "Odoo Server Error");
    CHECK(error.at("data").at("arguments").is_array());
    CHECK(error.at("data").at("debug").is_string());
    return error.at("data").at("name").get<std::string>() + ": " + error.at("data").at("message").get<std::string>();
}

HttpRequest load_request(std::string const& external_id) {
    json const rows = json::array({json::array({external_id, "Ada"})});
    return model_request("res.partner", "load", json::array({json::array({"id", "name"}), rows}), import_once);
}

}  // namespace

TEST_CASE("the version is available without a login, even while the database is down") {
    OdooServerCore core;
    HttpRequest const request = rpc_request("common", "version", json::array());
    json const response = json::parse(core.respond(request, Fault::database_down(1s)).body);
    CHECK(response.at("result").at("server_version_info") == json::array({19, 0, 0, "final", 0, ""}));
    CHECK(service(core, "db", "server_version", json::array()).at("result") == "19.0");
    CHECK(service(core, "db", "list", json::array()).at("result") == json::array({"odoo19"}));
}

TEST_CASE("a login returns the user's id, or false") {
    OdooServerCore core;
    json const environment = json::object();
    CHECK(service(core, "common", "login", {"odoo19", "admin", "admin"}).at("result") == 2);
    CHECK(service(core, "common", "authenticate", {"odoo19", "admin", "admin", environment}).at("result") == 2);
    CHECK(service(core, "common", "login", {"odoo19", "admin", "wrong"}).at("result") == false);
    CHECK(service(core, "common", "login", {"odoo19", "nobody", "admin"}).at("result") == false);
    CHECK(service(core, "common", "login", {"odoo19", "__system__", ""}).at("result") == false);
}

TEST_CASE("a call with invalid credentials or database fails with an error") {
    OdooServerCore core;
    auto const search = [&](json database, json uid, json password) {
        json const arguments = {database, uid, password, "res.partner", "search", json::array({json::array()})};
        return error_in(service(core, "object", "execute_kw", arguments));
    };
    CHECK(search("odoo19", 2, "wrong") == "odoo.exceptions.AccessDenied: Access Denied");
    CHECK(search("odoo19", 2, "") == "odoo.exceptions.AccessDenied: Access Denied");
    CHECK(search("odoo19", false, "admin") == "odoo.exceptions.AccessDenied: Access Denied");
    CHECK(search("odoo19", 1, "admin") == "odoo.exceptions.AccessDenied: Access Denied");
    CHECK(search("odoo19", 99, "admin") ==
          "odoo.exceptions.MissingError: Record does not exist or has been deleted.\n"
          "(Record: res.users(99,), User: 99)");
    CHECK(search("odoo19", nullptr, "admin").starts_with("builtins.TypeError: int() argument"));
    CHECK(search("elsewhere", 2, "admin") ==
          "psycopg2.OperationalError: connection to server at \"127.0.0.1\", port 5432 failed: FATAL:  database "
          "\"elsewhere\" does not exist\n");
}

TEST_CASE("unknown services and unknown methods have different errors") {
    OdooServerCore core;
    CHECK(error_in(service(core, "moon", "x", json::array())) == "builtins.KeyError: moon");
    CHECK(error_in(service(core, "common", "x", json::array())) == "builtins.Exception: Method not found: x");
    json const arguments = {"odoo19", 2, "admin", "res.partner", "read", json::array()};
    CHECK(error_in(service(core, "object", "x", arguments)) == "builtins.NameError: Method not available x");
    CHECK(error_in(service(core, "object", "execute_kw", {"odoo19", 2, "admin"}))
          == "builtins.ValueError: not enough values to unpack (expected at least 5, got 3)");
    CHECK(service(core, "object", "execute", {"odoo19", 2, "admin", "res.country", "search_count", json::array()})
              .at("result")
          == 250);
}

TEST_CASE("the response has the id of the request, or null if there was none") {
    OdooServerCore core;
    json body = rpc_body("common", "version", json::array());
    for (json const& id : {json(9007199254740993), json(1.5), json("x"), json{{"a", 1}}, json()}) {
        body["id"] = id;
        CHECK(response_to(core, post(body.dump())).at("id") == id);
    }
    body.erase("id");
    CHECK(response_to(core, post(body.dump())).at("id").is_null());
}

TEST_CASE("a body that is not JSON-RPC is rejected with plain text or a Python error") {
    OdooServerCore core;
    auto const response = [&](std::string const& body) { return core.respond(post(body)); };
    for (char const* const no_json : {"", "{\"jsonrpc\":", "\x1f\x8b"}) {
        CHECK(response(no_json).status == 400);
        CHECK(response(no_json).body == "Invalid JSON data");
    }
    for (char const* const no_object : {"42", "[]"}) {
        CHECK(response(no_object).status == 400);
        CHECK(response(no_object).body == "Invalid JSON-RPC data");
    }
    CHECK(error_in(response_to(core, post(R"({"id":1})"))) ==
          "builtins.TypeError: JSONRPC.jsonrpc() missing 3 required positional arguments: 'service', 'method', and "
          "'args'");
    std::string const strange =
        "{\"id\":1,\"params\":{\"service\":\"common\",\"method\":\"version\",\"args\":[\"\xff\",NaN]}}";
    CHECK(error_in(response_to(core, post(strange)))
          == "builtins.TypeError: exp_version() takes 0 positional arguments but 2 were given");
}

TEST_CASE("content type and path are checked but the HTTP method is not") {
    OdooServerCore core;
    HttpRequest request = rpc_request("common", "version", json::array());
    request.method = "PUT";
    request.target = "/jsonrpc/?db=x";
    request.headers = {{"content-TYPE", "application/json; charset=utf-8"}};
    CHECK(core.respond(request).status == 200);
    request.headers.clear();
    CHECK(core.respond(request).status == 415);
    CHECK(find_header(core.respond(request).headers, "accept") == "application/json, application/json-rpc");
    request.target = "/elsewhere";
    CHECK(core.respond(request).status == 404);
}

TEST_CASE("the health check passes without the database unless it includes the database") {
    OdooServerCore core;
    Fault const down = Fault::database_down(1s);
    HttpRequest const health{"GET", "/web/health", {}, {}};
    CHECK(core.respond(health).body == R"({"status": "pass"})");
    CHECK(core.respond(health, down).status == 200);
    HttpRequest const database_health{"GET", "/web/health?db_server_status=1", {}, {}};
    CHECK(core.respond(database_health).body == R"({"status": "pass", "db_server_status": true})");
    CHECK(core.respond(database_health, down).status == 500);
}

TEST_CASE("a call whose response is lost was executed, and a failed call was not") {
    OdooServerCore core;
    for (Fault const fault : {Fault::drop_response(), Fault::reset_connection(), Fault::truncate_response(),
                              Fault::delay_response(1s), Fault::gateway_timeout(Executed::yes)}) {
        std::string const id = "__t__." + std::string(to_string(fault.kind));
        core.respond(load_request(id), fault);
        CHECK(core.store().resolve(id));
    }
    for (Fault const fault : {Fault::bad_gateway(Executed::no), Fault::service_unavailable(Executed::no),
                              Fault::serialization_failure(), Fault::load_conflict(), Fault::database_down(1s),
                              Fault::lock_timeout(), Fault::pool_full(), Fault::pool_full_page()}) {
        std::string const id = "__t__." + std::string(to_string(fault.kind));
        core.respond(load_request(id), fault);
        CHECK_FALSE(core.store().resolve(id));
        CHECK(core.stats().external_ids.at(id).sent == 1);
        CHECK(core.stats().external_ids.at(id).executed == 0);
    }
}

TEST_CASE("a proxy responds with its own page and the database with its own error") {
    OdooServerCore core;
    HttpResponse const page = core.respond(load_request("__t__.a"), Fault::gateway_timeout(Executed::yes));
    CHECK(page.status == 504);
    CHECK(find_header(page.headers, "Content-Type") == "text/html");
    CHECK(page.body.find("504 Gateway Time-out") != std::string::npos);
    CHECK(core.respond(load_request("__t__.a"), Fault::bad_gateway(Executed::no)).status == 502);
    CHECK(core.respond(load_request("__t__.a"), Fault::service_unavailable(Executed::no)).status == 503);

    auto const under = [&](Fault fault) { return json::parse(core.respond(load_request("__t__.a"), fault).body); };
    CHECK(error_in(under(Fault::serialization_failure()))
          == "psycopg2.errors.SerializationFailure: could not serialize access due to concurrent update\n");
    CHECK(error_in(under(Fault::database_down(1s))).starts_with("psycopg2.OperationalError: "));
    struct Conflict {
        Fault fault;
        char const* message;
    };
    for (auto const& [fault, message] :
         {Conflict{Fault::load_conflict(), "could not serialize access due to concurrent update\n"},
          Conflict{Fault::lock_timeout(), "canceling statement due to lock timeout\n"}}) {
        json const conflict = under(fault).at("result");
        CHECK(conflict.at("ids") == false);
        CHECK(conflict.at("messages").at(0).at("message") == message);
    }
}

TEST_CASE("statistics count sent, executed and committed records per external id") {
    OdooServerCore core;
    core.faults().script({Fault::bad_gateway(Executed::no), Fault::drop_response(), Fault{}});
    for (int i = 0; i < 3; ++i) core.respond(load_request("bare"), core.faults().next());
    json const stats = json::parse(core.respond({"GET", "/stats", {}, {}}).body);
    CHECK(stats.at("external_ids").at("__import__.bare") == json{{"sent", 3}, {"executed", 2}, {"committed", 1}});
    CHECK(stats.at("requests") == 3);
    CHECK(stats.at("executed") == 2);
    CHECK(stats.at("faults") == 2);
    CHECK(stats.at("faults_by_kind") == json{{"bad_gateway", 1}, {"drop_response", 1}});
    CHECK(stats.at("created") == json{{"res.partner", 1}});
}
