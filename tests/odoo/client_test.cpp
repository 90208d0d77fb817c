// SPDX-License-Identifier: BSL-1.0
#include "odoo/fixtures/session.hpp"
#include "support/catch.hpp"

#include <zenoo_rpc/exceptions.hpp>
#include <zenoo_rpc/odoo/client.hpp>
#include <zenoo_rpc/retry.hpp>

#include <stdexcept>
#include <string>
#include <vector>

using namespace zenoo_rpc;
using namespace std::chrono_literals;
using namespace zenoo_rpc::tests;
using nlohmann::json;

namespace {

/// Arguments of the last request, without database, user and password.
json asked_of(Session const& session) {
    auto args = session.server->args(session.sent() - 1);
    args.erase(args.begin(), args.begin() + 3);
    return args;
}

}  // namespace

TEST_CASE("a login reads the user's id which every call then uses") {
    World world;
    auto const server = std::make_shared<ScriptedTransport>();
    server->fates = {fate::result(7), fate::result(true)};
    ZenooClient client{world.io.get_executor(), server, {.user_context = false}};
    auto work = [&]() -> asio::awaitable<void> {
        RecordId const uid = co_await client.login("shop", "ad\"min", "se\\same\n");
        CHECK(uid == 7);
        json const response = co_await client.execute_kw("res.partner", "exists");
        CHECK(response == true);
    };
    CHECK_FALSE(world.run(work()).failure);

    CHECK(server->requests[0].target == "/jsonrpc");
    CHECK(server->requests[0].method == "POST");
    CHECK(find_header(server->requests[0].headers, "Content-Type") == "application/json");
    auto const login = server->body(0)["params"];
    CHECK(login["service"] == "common");
    CHECK(login["method"] == "authenticate");
    CHECK(login["args"] == json::parse(R"(["shop", "ad\"min", "se\\same\n", {}])"));
    CHECK(server->body(1)["jsonrpc"] == "2.0");
    CHECK(server->body(1)["method"] == "call");
    auto const call = server->body(1)["params"];
    CHECK(call["service"] == "object");
    CHECK(call["method"] == "execute_kw");
    CHECK(call["args"] == json::parse(R"(["shop", 7, "se\\same\n", "res.partner", "exists", [], {}])"));
    CHECK(server->body(0)["id"] != server->body(1)["id"]);
}

TEST_CASE("a wrong password is an authentication error and starts no session") {
    World world;
    auto const server = std::make_shared<ScriptedTransport>();
    server->fates = {fate::result(false)};
    ZenooClient client{world.io.get_executor(), server};
    auto const failure = world.run(client.login("shop", "admin", "sesame")).failure;
    CHECK(failure.is<AuthenticationError>());
    CHECK(failure.delivery() == Delivery::rejected);
    CHECK_FALSE(contains(failure.what(), "sesame"));

    auto const next = world.run(client.read("res.partner", 7)).failure;
    CHECK(next.is<AuthenticationError>());
    CHECK(next.delivery() == Delivery::not_sent);
    CHECK(contains(next.what(), "res.partner.read: not logged in"));
    CHECK(server->requests.size() == 1);
}

TEST_CASE("an unknown database is named and is a permanent failure") {
    World world;
    auto const server = std::make_shared<ScriptedTransport>();
    server->fates = {fate::error("psycopg2.OperationalError",
                                 "connection to server failed: FATAL:  database \"nosuch\" does not exist\n")};
    ZenooClient client{world.io.get_executor(), server};
    auto const failure = world.run(client.login("nosuch", "admin", "sesame")).failure;
    CHECK(failure.is<ServerError>());
    CHECK_FALSE(failure.transient());
    CHECK(contains(failure.what(), "the server has no database \"nosuch\""));
    CHECK_FALSE(contains(failure.what(), "sesame"));
    CHECK_FALSE(contains(failure.what(), "\n"));

    server->fates = {fate::error("builtins.ValueError", "broken")};
    auto const other = world.run(client.login("shop", "admin", "sesame")).failure;
    CHECK(other.is<ServerError>());
    CHECK(contains(other.what(), "broken"));
}

TEST_CASE("methods send the arguments that Odoo expects") {
    Session session{fate::result(42),
                    fate::result(json::array()),
                    fate::result(json({1, 3})),
                    fate::result(json::array()),
                    fate::result(true),
                    fate::result(true),
                    fate::none()};
    auto& client = session.client;
    auto work = [&]() -> asio::awaitable<void> {
        RecordId const id = co_await client.create("res.partner", values("name", "Ada", "is_company", false));
        CHECK(id == 42);
        CHECK(asked_of(session)
              == json::parse(R"(["res.partner", "create", [{"name": "Ada", "is_company": false}], {}])"));

        co_await client.read("res.partner", 7, fields("name", "email"));
        CHECK(asked_of(session) == json::parse(R"(["res.partner", "read", [[7]], {"fields": ["name", "email"]}])"));

        std::vector<RecordId> const ids = co_await client.search("res.partner", field("is_company") == true);
        CHECK(ids == std::vector<RecordId>{1, 3});
        CHECK(asked_of(session) == json::parse(R"(["res.partner", "search", [[["is_company", "=", true]]], {}])"));

        co_await client.search_read("res.partner", field("name").ilike("a%") && !field("ref").in("x", "y"),
                                    fields("name"), SearchOptions().limit(80).offset(20).order("name, id desc"));
        CHECK(asked_of(session) == json::parse(R"(["res.partner", "search_read",
            [["&", ["name", "ilike", "a%"], "!", ["ref", "in", ["x", "y"]]]],
            {"fields": ["name"], "limit": 80, "offset": 20, "order": "name, id desc"}])"));

        co_await client.write("res.partner", ids, values("name", "Eve"));
        CHECK(asked_of(session) == json::parse(R"(["res.partner", "write", [[1, 3], {"name": "Eve"}], {}])"));

        co_await client.unlink("res.partner", 7);
        CHECK(asked_of(session) == json::parse(R"(["res.partner", "unlink", [[7]], {}])"));

        json const args = json::parse("[[7]]");
        json const kwargs = json::parse(R"({"context": {"lang": "fr_FR"}})");
        json const none = co_await client.execute_kw("sale.order", "action_confirm", args, kwargs);
        CHECK(none == nullptr);
        CHECK(asked_of(session)
              == json::parse(R"(["sale.order", "action_confirm", [[7]], {"context": {"lang": "fr_FR"}}])"));
    };
    auto const outcome = session.world.run(work());
    CHECK(outcome.failure.what() == Failure{}.what());
    CHECK(session.sent() == 7);
}

TEST_CASE("JSON variables are accepted as records, fields, ids and domains") {
    Session session{fate::result(1), fate::result(json::array()), fate::result(json::array())};
    auto& client = session.client;
    auto work = [&]() -> asio::awaitable<void> {
        json const record = json::parse(R"({"name": "Ada"})");
        co_await client.create("res.partner", record);
        json const ids = json::parse("[1, 2]");
        json const names = json::parse(R"(["name"])");
        co_await client.read("res.partner", ids, names);
        CHECK(asked_of(session) == json::parse(R"(["res.partner", "read", [[1, 2]], {"fields": ["name"]}])"));
        json const domain = json::parse(R"([["name", "=", "Ada"]])");
        co_await client.search("res.partner", domain);
        CHECK(asked_of(session) == json::parse(R"(["res.partner", "search", [[["name", "=", "Ada"]]], {}])"));
    };
    CHECK_FALSE(session.world.run(work()).failure);
}

TEST_CASE("the version needs no login") {
    World world;
    auto const server = std::make_shared<ScriptedTransport>();
    server->fates = {fate::result(json::parse(R"({"server_serie": "19.0"})"))};
    ZenooClient client{world.io.get_executor(), server};
    CHECK(world.run(client.version()).value.value()["server_serie"] == "19.0");
    CHECK(server->body(0)["params"] == json::parse(R"({"service": "common", "method": "version", "args": []})"));
}

TEST_CASE("results carry the failures that the client throws") {
    Session session{fate::error("odoo.exceptions.AccessError", "not you"), fate::error("odoo.exceptions.AccessError"),
                    fate::result(json::array())};
    auto const results = session.client.results();
    auto const refused = session.world.run(results.write("res.partner", 7, values("name", "x"))).value.value();
    REQUIRE(refused.has_error());
    CHECK(refused.error().is<AccessError>());
    CHECK(contains(refused.error().what(), "res.partner.write: not you"));
    CHECK(session.world.run(session.client.write("res.partner", 7, values("name", "x"))).failure.is<AccessError>());
    CHECK(session.world.run(results.read("res.partner", 7, fields("name"))).value->value() == json::array());
}

TEST_CASE("arguments that cannot be encoded are rejected by name before anything is sent") {
    Session session;
    auto& client = session.client;
    auto const bad = session.world.run(client.create("res.partner", values("name", "caf\xE9"))).failure;
    CHECK(bad.is<std::invalid_argument>());
    CHECK(contains(bad.what(), "res.partner.create args[0].name: the text is not UTF-8"));
    CHECK(session.world.run(client.execute_kw("res.partner", "x", json::object())).failure.is<std::invalid_argument>());
    CHECK(session.world.run(client.execute_kw("res.partner", "x", json::array(), json::array()))
              .failure.is<std::invalid_argument>());
    auto const as_result = session.world.run(client.results().create("res.partner", values("name", "\xFF")));
    CHECK(as_result.value.value().error().is<std::invalid_argument>());
    CHECK(session.sent() == 0);
}

TEST_CASE("a response of the wrong type for the method is a protocol error") {
    Session session{fate::result("text"), fate::result(json::object())};
    CHECK(session.world.run(session.client.write("res.partner", 7, values("name", "Ada"))).value);
    CHECK(session.world.run(session.client.search("res.partner")).failure.is<ProtocolError>());
}

TEST_CASE("a create whose response has no id has an unknown outcome and is sent once") {
    Session session{fate::result(nullptr), fate::result(8)};
    auto const greedy =
        RetryPolicy{.strategy = FixedDelay{.delay = 1s}, .retry_if = [](Failure const&) { return true; }};
    auto const create = [&] { return session.client.create("res.partner", values("name", "Ada")); };
    auto const failure = session.world.run(async_retry(greedy, create)).failure;
    CHECK(failure.is<OutcomeUnknownError>());
    CHECK(failure.caused_by<ProtocolError>());
    CHECK(failure.delivery() == Delivery::unknown);
    CHECK(session.sent() == 1);
}

TEST_CASE("a load that loaded nothing throws although the server responds with a result") {
    auto const refusal =
        json::parse(R"({"ids": false, "messages": [{"type": "error", "record": 0, "message": "no"}]})");
    auto const success = json::parse(R"({"ids": [7], "messages": [], "nextrow": 0})");
    Session session{fate::result(refusal), fate::result(success)};
    auto const args = json::parse(R"([["id", "name"], [["shop.a", "Ada"]]])");
    auto const failure = session.world.run(session.client.execute_kw("res.partner", "load", args)).failure;
    CHECK(failure.is<ValidationError>());
    CHECK(contains(failure.what(), "res.partner.load: record [0]: no"));
    CHECK(session.world.run(session.client.execute_kw("res.partner", "load", args)).value.value() == success);
}

TEST_CASE("tracebacks are reported only to the observer of the client") {
    auto const failing = [](json const& body) -> asio::awaitable<Result<HttpResponse>> {
        json response;
        response["id"] = body["id"];
        response["error"]["data"]["name"] = "odoo.exceptions.UserError";
        response["error"]["data"]["message"] = "no";
        response["error"]["data"]["debug"] = "Traceback (most recent call last): sesame";
        co_return fate::json_response(response);
    };
    Session session{failing, failing, failing};
    std::vector<std::string> tracebacks;
    CHECK(session.world.run(session.client.read("res.partner", 7)).failure.is<UserError>());
    session.client.on_traceback([&](std::string_view call, std::string_view traceback) {
        tracebacks.push_back(std::string{call} + ": " + std::string{traceback});
    });
    auto const failure = session.world.run(session.client.create("res.partner", values())).failure;
    CHECK_FALSE(contains(failure.what(), "Traceback"));
    CHECK(tracebacks == std::vector<std::string>{"res.partner.create: Traceback (most recent call last): ***"});
    session.client.on_traceback({});
    CHECK(session.world.run(session.client.read("res.partner", 7)).failure.is<UserError>());
    CHECK(tracebacks.size() == 1);
}

TEST_CASE("unusable addresses and options are rejected on construction") {
    asio::io_context io;
    auto const executor = io.get_executor();
    CHECK_THROWS_AS(ZenooClient(executor, "not a host"), std::invalid_argument);
    CHECK_THROWS_AS(ZenooClient(executor, "ftp://erp.example.com"), std::invalid_argument);
    CHECK_THROWS_AS(ZenooClient(executor, "http://localhost:80", {.port = 8069}), std::invalid_argument);
    CHECK_THROWS_AS(ZenooClient(executor, "localhost", {.request_timeout = -1s}), std::invalid_argument);
    CHECK_THROWS_WITH(ZenooClient(executor, "localhost", {.max_concurrency = 0}),
                      Catch::Matchers::ContainsSubstring("ClientOptions::max_concurrency"));
    CHECK_THROWS_AS(ZenooClient(executor, std::shared_ptr<Transport>{}), std::invalid_argument);
    ZenooClient client{executor, "localhost", {.port = 8069}};
    CHECK(client.get_executor() == executor);
}

TEST_CASE("a call continues after its client is destroyed") {
    World world;
    auto const server = std::make_shared<ScriptedTransport>();
    server->fates = {fate::result(1)};
    auto client = std::make_unique<ZenooClient>(world.io.get_executor(), server);
    auto running = world.start(client->results().version());
    client.reset();
    world.time.run();
    CHECK(running.outcome().value->value() == 1);
}
