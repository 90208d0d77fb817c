// SPDX-License-Identifier: BSL-1.0
#include "odoo/fixtures/session.hpp"
#include "support/catch.hpp"

#include <zenoo_rpc/exceptions.hpp>
#include <zenoo_rpc/odoo/client.hpp>
#include <zenoo_rpc/retry.hpp>

#include <algorithm>
#include <stdexcept>
#include <string>

using namespace zenoo_rpc;
using namespace zenoo_rpc::tests;
using namespace std::chrono_literals;
using nlohmann::json;

namespace {

Fate bare(json body, int status = 200) {
    return [body, status](json const&) -> asio::awaitable<Result<HttpResponse>> {
        HttpResponse response = fate::json_response(body);
        response.status = status;
        co_return response;
    };
}

json version_of(json major) {
    json reported;
    reported["server_version_info"] = json::array({std::move(major), 0, 0, "final", 0, ""});
    return reported;
}

json user_two() { return {{"lang", "en_US"}, {"tz", false}, {"uid", 2}}; }

/// A client that is logged in by JSON-2 as user 2 with the key "sesame"; its requests are counted from there.
struct Json2Session {
    World world;
    std::shared_ptr<ScriptedTransport> server = std::make_shared<ScriptedTransport>();
    ZenooClient client{world.io.get_executor(), server, {.protocol = Protocol::json2, .user_context = false}};

    explicit Json2Session(std::initializer_list<Fate> fates = {}) {
        server->fates.push_back(bare(user_two()));
        world.run(client.login_with_api_key("shop", "sesame"));
        server->requests.clear();
        server->fates.insert(server->fates.end(), fates.begin(), fates.end());
    }

    Failure failure_of(char const* method, json args, json kwargs = json::object()) {
        return world.run(client.execute_kw("res.partner", method, std::move(args), std::move(kwargs))).failure;
    }
    json result_of(char const* method, json args, json kwargs = json::object()) {
        return world.run(client.execute_kw("res.partner", method, std::move(args), std::move(kwargs))).value.value();
    }
};

}  // namespace

TEST_CASE("a JSON-2 call consists of a path, named arguments, and headers with the key and the database") {
    Json2Session session{bare(json::array())};
    auto const args = json::parse(R"([[["name", "=", "Ada"]], 5])");
    auto const kwargs = json::parse(R"({"limit": 3, "context": {"lang": "fr_FR"}})");
    CHECK(session.result_of("search", args, kwargs) == json::array());
    auto const& request = session.server->requests.at(0);
    CHECK(request.method == "POST");
    CHECK(request.target == "/json/2/res.partner/search");
    CHECK(find_header(request.headers, "Authorization") == "Bearer sesame");
    CHECK(find_header(request.headers, "X-Odoo-Database") == "shop");
    CHECK(find_header(request.headers, "Content-Type") == "application/json");
    auto const body = session.server->body(0);
    CHECK(body["domain"] == json::parse(R"([["name", "=", "Ada"]])"));
    CHECK(body["offset"] == 5);
    CHECK(body["limit"] == 3);
    CHECK(body["context"]["lang"] == "fr_FR");
    CHECK_FALSE(contains(request.body, "sesame"));
}

TEST_CASE("a server with one database needs no database name") {
    World world;
    auto const server = std::make_shared<ScriptedTransport>();
    server->fates = {bare(user_two())};
    ZenooClient client{world.io.get_executor(), server, {.protocol = Protocol::json2}};
    CHECK(world.run(client.login_with_api_key("", "sesame")).value == 2);
    auto const& headers = server->requests.at(0).headers;
    CHECK(std::ranges::find(headers, "X-Odoo-Database", &HttpHeader::name) == headers.end());
}

TEST_CASE("login fails when the server returns no user id") {
    for (int const uid : {0, -1}) {
        World world;
        auto const server = std::make_shared<ScriptedTransport>();
        server->fates = {bare({{"uid", uid}}), fate::result(uid)};
        ZenooClient by_json2{world.io.get_executor(), server, {.protocol = Protocol::json2}};
        CHECK(world.run(by_json2.login_with_api_key("shop", "sesame")).failure.is<ProtocolError>());
        ZenooClient by_json_rpc{world.io.get_executor(), server, {.protocol = Protocol::json_rpc}};
        CHECK(world.run(by_json_rpc.login("shop", "admin", "sesame")).failure.is<ProtocolError>());
    }
}

TEST_CASE("positional arguments of Odoo's own methods are sent by name") {
    struct Row {
        char const* method;
        char const* args;
        char const* body;
    };
    for (auto const& [method, args, body] : {
             Row{"read", R"([[7], ["name"]])", R"({"ids": [7], "fields": ["name"]})"},
             Row{"read", "[7]", R"({"ids": [7]})"},
             Row{"write", R"([[7], {"name": "x"}])", R"({"ids": [7], "vals": {"name": "x"}})"},
             Row{"unlink", "[[7]]", R"({"ids": [7]})"},
             Row{"create", R"([{"name": "x"}])", R"({"vals_list": [{"name": "x"}]})"},
             Row{"create", R"([[{"name": "x"}]])", R"({"vals_list": [{"name": "x"}]})"},
             Row{"search_count", "[[], 5]", R"({"domain": [], "limit": 5})"},
             Row{"search_read", R"([[], ["a"], 1, 2, "id"])",
                 R"({"domain": [], "fields": ["a"], "offset": 1, "limit": 2, "order": "id"})"},
             Row{"fields_get", R"([["a"], ["type"]])", R"({"allfields": ["a"], "attributes": ["type"]})"},
             Row{"name_search", R"(["a", [], "=", 2])", R"({"name": "a", "domain": [], "operator": "=", "limit": 2})"},
             Row{"load", R"([["id"], [["a.b"]]])", R"({"fields": ["id"], "data": [["a.b"]]})"},
             Row{"copy", R"([[7], {"name": "x"}])", R"({"ids": [7], "default": {"name": "x"}})"},
             Row{"action_archive", "[[7]]", R"({"ids": [7]})"},
             Row{"button_validate", "[[7]]", R"({"ids": [7]})"},
             Row{"message_post", "[[7]]", R"({"ids": [7]})"},
             Row{"context_get", "[]", "{}"},
         }) {
        CAPTURE(method);
        Json2Session session{bare(json::array())};
        auto const failure = session.failure_of(method, json::parse(args));
        REQUIRE(session.server->requests.size() == 1);
        CHECK(session.server->body(0) == json::parse(body));
    }
}

TEST_CASE("a positional argument without a known name is rejected before anything is sent") {
    Json2Session session;
    auto const failure = session.failure_of("frobnicate", json::parse("[[7], 1]"));
    CHECK(failure.is<std::invalid_argument>());
    CHECK(contains(failure.what(), "res.partner.frobnicate: JSON-2 takes arguments by name"));
    CHECK(contains(failure.what(), "kwargs"));
    CHECK(session.failure_of("unlink", json::parse("[[7], 1]")).is<std::invalid_argument>());
    auto const twice = session.failure_of("search", json::parse("[[]]"), json::parse(R"({"domain": []})"));
    CHECK(contains(twice.what(), "the argument domain is given twice"));
    CHECK(session.server->requests.empty());
}

TEST_CASE("both protocols accept ids by name") {
    auto const kwargs = json::parse(R"({"ids": [7], "deep": true})");
    Json2Session by_name{bare(nullptr)};
    CHECK(by_name.result_of("frobnicate", json::array(), kwargs) == nullptr);
    CHECK(by_name.server->body(0) == kwargs);

    Session by_position{fate::none()};
    CHECK(by_position.world.run(by_position.client.execute_kw("res.partner", "frobnicate", json::array(), kwargs))
              .value.value()
          == nullptr);
    CHECK(by_position.server->args(0)[5] == json::parse("[[7]]"));
    CHECK(by_position.server->args(0)[6] == json::parse(R"({"deep": true})"));
}

TEST_CASE("creating one record returns its id and creating many returns a list") {
    Json2Session session{bare(json::array({42})), bare(json::array({43})), bare(json::array({44, 45}))};
    CHECK(session.world.run(session.client.create("res.partner", values("name", "Ada"))).value == 42);
    CHECK(session.result_of("create", json::parse(R"([{"name": "x"}])")) == 43);
    CHECK(session.result_of("create", json::parse(R"([[{"name": "x"}, {"name": "y"}]])")) == json::array({44, 45}));
}

TEST_CASE("JSON-2 accepts no password and only keys that fit into a header") {
    World world;
    auto const server = std::make_shared<ScriptedTransport>();
    ZenooClient client{world.io.get_executor(), server, {.protocol = Protocol::json2}};
    auto const password = world.run(client.login("shop", "admin", "sesame")).failure;
    CHECK(password.is<std::invalid_argument>());
    CHECK(contains(password.what(), "use login_with_api_key"));
    for (auto const* key : {"", "se same", "sesame\r\nX-Evil: 1", "s\xC3\xA9same"}) {
        auto const failure = world.run(client.login_with_api_key("shop", key)).failure;
        CHECK(failure.is<std::invalid_argument>());
        CHECK_FALSE(contains(failure.what(), "same"));
    }
    for (auto const* database : {"shop\r\nX-Evil: 1", "sh\x7fop", "caf\xC3\xA9"}) {
        CHECK(world.run(client.login_with_api_key(database, "sesame")).failure.is<std::invalid_argument>());
    }
    CHECK(server->requests.empty());
}

TEST_CASE("names of models and methods cannot change the path of the request") {
    Json2Session session;
    auto const failure_of = [&](char const* model, char const* method) {
        return session.world.run(session.client.execute_kw(model, method)).failure;
    };
    for (auto const* name : {"", "res/partner", "res.partner\r\nX-Evil: 1", "..", "res partner", "a?b", "%2e"}) {
        CAPTURE(name);
        CHECK(failure_of(name, "read").is<std::invalid_argument>());
        CHECK(failure_of("res.partner", name).is<std::invalid_argument>());
    }
    CHECK(session.server->requests.empty());
}

TEST_CASE("with an API key the server is asked once for its protocol") {
    World world;
    auto const server = std::make_shared<ScriptedTransport>();
    ZenooClient client{world.io.get_executor(), server};
    server->fates = {fate::lost(), fate::status(429), fate::result(version_of("saas~19")), bare(user_two()),
                     bare(user_two())};
    CHECK(world.run(client.login_with_api_key("shop", "admin", "sesame")).failure.is<NetworkError>());
    CHECK(world.run(client.login_with_api_key("shop", "admin", "sesame")).failure.is<RateLimitedError>());
    CHECK(world.run(client.login_with_api_key("shop", "admin", "sesame")).value == 2);
    CHECK(world.run(client.login_with_api_key("shop", "sesame")).value == 2);
    REQUIRE(server->requests.size() == 5);
    CHECK(server->requests[2].target == "/web/webclient/version_info");
    CHECK(server->requests[3].target == "/json/2/res.users/context_get");
    CHECK(server->requests[4].target == "/json/2/res.users/context_get");
}

TEST_CASE("JSON-RPC is used with a server that is too old for JSON-2 or does not tell its version") {
    for (auto const& reported : {fate::result(version_of(18)), fate::result(version_of("saas~18")), fate::status(404),
                                 fate::result("a page")}) {
        World world;
        auto const server = std::make_shared<ScriptedTransport>();
        ZenooClient client{world.io.get_executor(), server, {.user_context = false}};
        server->fates = {reported, fate::result(2)};
        CHECK(world.run(client.login_with_api_key("shop", "admin", "sesame")).value == 2);
        CHECK(server->requests.at(1).target == "/jsonrpc");
        CHECK(server->args(1)[2] == "sesame");
        auto const nameless = world.run(client.login_with_api_key("shop", "sesame")).failure;
        CHECK(nameless.is<AuthenticationError>());
        CHECK(nameless.delivery() == Delivery::not_sent);
        CHECK(contains(nameless.what(), "needs the user's name"));
        CHECK(server->requests.size() == 2);
    }
}

TEST_CASE("a login by password at a server without JSON-RPC recommends an API key") {
    World world;
    auto const server = std::make_shared<ScriptedTransport>();
    server->fates = {fate::status(404)};
    ZenooClient client{world.io.get_executor(), server};
    auto const failure = world.run(client.login("shop", "admin", "sesame")).failure;
    CHECK(failure.is<ProtocolError>());
    CHECK(contains(failure.what(), "needs login_with_api_key"));
}

TEST_CASE("the version is available from servers without JSON-RPC") {
    World world;
    auto const server = std::make_shared<ScriptedTransport>();
    server->fates = {fate::status(404), fate::result(version_of(22)), fate::result(version_of(22))};
    ZenooClient unknown{world.io.get_executor(), server};
    CHECK(world.run(unknown.version()).value.value() == version_of(22));
    ZenooClient chosen{world.io.get_executor(), server, {.protocol = Protocol::json2}};
    CHECK(world.run(chosen.version()).value.value() == version_of(22));
    CHECK(server->requests.at(2).target == "/web/webclient/version_info");
}

TEST_CASE("errors of JSON-2 are classified like those of JSON-RPC") {
    json error;
    error["name"] = "odoo.exceptions.MissingError";
    error["message"] = "no sesame here";
    error["arguments"] = json::array();
    Json2Session session{bare(error, 404), bare(json::object(), 200), fate::status(502)};
    auto const missing = session.failure_of("write", json::parse("[[7], {}]"));
    CHECK(missing.is<MissingError>());
    CHECK(missing.delivery() == Delivery::rejected);
    CHECK(contains(missing.what(), "res.partner.write: no *** here"));
    for (int i = 0; i < 2; ++i) {
        CHECK(session.world.run(session.client.create("res.partner", values())).failure.is<OutcomeUnknownError>());
    }
}

TEST_CASE("a retried unlink by JSON-2 that finds nothing has succeeded") {
    json gone;
    gone["name"] = "odoo.exceptions.MissingError";
    gone["arguments"] = json::array();
    Json2Session session{fate::lost(), bare(gone, 404), bare(json::array())};
    FixedDelayStrategy const patient{.max_attempts = 3, .delay = 1s};
    session.client.setup_retry_manager({.strategy = patient});
    CHECK(session.world.run(session.client.unlink("res.partner", 7)).failure.what() == Failure{}.what());
    CHECK(session.server->requests.size() == 3);
}

TEST_CASE("a named JSON error of a gateway is not taken for one of Odoo") {
    json timeout;
    timeout["name"] = "GatewayTimeout";
    timeout["message"] = "upstream";
    Json2Session session{bare(timeout, 504)};
    CHECK(session.world.run(session.client.create("res.partner", values())).failure.is<OutcomeUnknownError>());
}

TEST_CASE("an expired JSON-2 session is renewed with the same key") {
    json expired;
    expired["name"] = "odoo.http.SessionExpiredException";
    expired["arguments"] = json::array();
    Json2Session session{bare(expired, 403), bare(user_two()), bare(json::array())};
    CHECK(session.world.run(session.client.read("res.partner", 7)).value.has_value());
    REQUIRE(session.server->requests.size() == 3);
    CHECK(session.server->requests[1].target == "/json/2/res.users/context_get");
    CHECK(find_header(session.server->requests[2].headers, "Authorization") == "Bearer sesame");
}
