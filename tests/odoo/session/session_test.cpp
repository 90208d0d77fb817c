// SPDX-License-Identifier: BSL-1.0
#include "odoo/fixtures/session.hpp"

#include "support/catch.hpp"

#include <zenoo_rpc/exceptions.hpp>
#include <zenoo_rpc/odoo/client.hpp>
#include <zenoo_rpc/retry.hpp>

#include <memory>
#include <string>
#include <vector>

using namespace zenoo_rpc;
using namespace zenoo_rpc::tests;
using namespace std::chrono_literals;
using nlohmann::json;

namespace {

Fate expired_without_id() {
    return [](json const&) -> asio::awaitable<Result<HttpResponse>> {
        auto const content = json::parse(R"({"id": null, "error": {"code": 100, "message": "Odoo Session Expired",
            "data": {"name": "odoo.http.SessionExpiredException", "message": "Session expired"}}})");
        co_return fate::json_response(content);
    };
}

json french() { return json::parse(R"({"lang": "fr_FR", "tz": "Europe/Paris", "uid": 2})"); }

bool is_login(HttpRequest const& request) { return contains(request.body, "\"authenticate\""); }

/// A server whose sessions are expired until the next login, which takes a second.
class Forgetting final : public Transport {
public:
    int logins = 0;
    int calls = 0;
    bool knows_password = true;

    asio::awaitable<Result<HttpResponse>> exchange(HttpRequest request) override {
        auto const body = json::parse(request.body);
        auto const fate = is_login(request) ? fate::result(knows_password ? json(2) : json(false)) : respond();
        if (is_login(request)) {
            ++logins;
            auto const executor = co_await asio::this_coro::executor;
            error_code interrupted;
            co_await async_sleep(executor, 1s, asio::redirect_error(asio::use_awaitable, interrupted));
            if (interrupted) co_return Failure{interrupted};
            remembers_ = knows_password;
        }
        Result<HttpResponse> response = co_await fate(body);
        co_return response;
    }
    void forget() { remembers_ = false; }

private:
    Fate respond() {
        ++calls;
        return remembers_ ? fate::result(json::array()) : expired_without_id();
    }
    bool remembers_ = false;
};

struct ForgetfulServer {
    World world;
    std::shared_ptr<Forgetting> server = std::make_shared<Forgetting>();
    ZenooClient client{world.io.get_executor(), server, {.user_context = false}};

    ForgetfulServer() {
        world.run(client.login("shop", "admin", "sesame"));
        server->forget();
        server->logins = 0;
    }
};

}  // namespace

TEST_CASE("the context of a call overrides that of the client which overrides that of the user") {
    World world;
    auto const server = std::make_shared<ScriptedTransport>();
    ZenooClient client{world.io.get_executor(), server};
    server->fates = {fate::result(2), fate::result(french())};
    CHECK(world.run(client.login("shop", "admin", "sesame")).value == 2);
    CHECK(server->args(1)[3] == "res.users");
    CHECK(server->args(1)[4] == "context_get");

    auto const context_of = [&](ZenooClient& caller, json kwargs) {
        server->fates = {fate::result(json::array())};
        world.run(caller.execute_kw("res.partner", "search", json::array({json::array()}), std::move(kwargs)));
        return server->args(server->requests.size() - 1)[6]["context"];
    };
    CHECK(context_of(client, json::object()) == json::parse(R"({"lang": "fr_FR", "tz": "Europe/Paris"})"));
    auto archived = client.with_context(values("active_test", false, "lang", "de_DE"));
    CHECK(context_of(archived, json::object())
          == json::parse(R"({"lang": "de_DE", "tz": "Europe/Paris", "active_test": false})"));
    auto further = archived.with_context(values("tz", "UTC"));
    CHECK(context_of(further, json::parse(R"({"context": {"lang": "it_IT"}})"))
          == json::parse(R"({"lang": "it_IT", "tz": "UTC", "active_test": false})"));
    CHECK(context_of(client, json::object()) == json::parse(R"({"lang": "fr_FR", "tz": "Europe/Paris"})"));
}

TEST_CASE("a user without access to a context can make calls") {
    World world;
    auto const server = std::make_shared<ScriptedTransport>();
    ZenooClient client{world.io.get_executor(), server};
    server->fates = {fate::result(2), fate::error("odoo.exceptions.AccessError"), fate::result(json::array())};
    CHECK(world.run(client.login("shop", "admin", "sesame")).value == 2);
    world.run(client.search("res.partner"));
    CHECK(server->args(2)[6] == json::object());

    server->fates = {fate::result(2), fate::lost()};
    CHECK(world.run(client.login("shop", "admin", "sesame")).failure.is<NetworkError>());
}

TEST_CASE("a login is one operation that retries only the step that failed") {
    World world;
    auto const server = std::make_shared<ScriptedTransport>();
    ZenooClient client{world.io.get_executor(), server};
    FixedDelayStrategy const patient{.max_attempts = 3, .delay = 1s};
    client.setup_retry_manager({.strategy = patient, .collect_metrics = true});
    server->fates = {fate::result(2), fate::lost(), fate::result(french())};
    CHECK(world.run(client.login("shop", "admin", "sesame")).value == 2);
    CHECK(is_login(server->requests.at(0)));
    CHECK_FALSE(is_login(server->requests.at(2)));
    CHECK(client.retry_manager().get_metrics().operations == 1);
    CHECK(client.retry_manager().get_metrics().total_attempts == 2);
}

TEST_CASE("the user's context does not replace the context of create_once") {
    World world;
    auto const server = std::make_shared<ScriptedTransport>();
    ZenooClient client{world.io.get_executor(), server};
    server->fates = {fate::result(2), fate::result(french()),
                     fate::result(json::parse(R"({"name": {"type": "char"}})")),
                     fate::result(json::parse(R"({"ids": [7], "messages": []})"))};
    world.run(client.login("shop", "admin", "sesame"));
    CHECK(world.run(client.create_once("res.partner", ExternalId("shop", "a"), values("name", "Ada"))).value == 7);
    CHECK(server->args(3)[6]["context"]
          == json::parse(R"({"mode": "update", "noupdate": true, "lang": "fr_FR", "tz": "Europe/Paris"})"));
}

TEST_CASE("after a logout calls fail without being sent") {
    Session session;
    session.client.logout();
    CHECK(session.world.run(session.client.read("res.partner", 7)).failure.is<AuthenticationError>());
    CHECK(session.sent() == 0);
    session.expect({fate::result(3), fate::result(json::array())});
    CHECK(session.world.run(session.client.login("shop", "admin", "sesame")).value == 3);
    CHECK(session.world.run(session.client.read("res.partner", 7)).value.has_value());
}

TEST_CASE("an expired session is renewed once for all affected calls and these are sent again") {
    ForgetfulServer at;
    std::vector<Running<json>> running;
    for (int i = 0; i < 10; ++i) running.push_back(at.world.start(at.client.read("res.partner", 7)));
    at.world.time.run();
    for (auto& each : running) CHECK(each.outcome().value == json::array());
    CHECK(at.server->logins == 1);
    CHECK(at.server->calls == 20);
    CHECK(at.world.run(at.client.read("res.partner", 7)).value.has_value());
    CHECK(at.server->logins == 1);
}

TEST_CASE("a call that is not idempotent is sent again after a renewal since it was rejected") {
    Session session{expired_without_id(), fate::result(5), fate::result(42)};
    CHECK(session.world.run(session.client.create("res.partner", values("name", "Ada"))).value == 42);
    REQUIRE(session.sent() == 3);
    CHECK(is_login(session.server->requests[1]));
    CHECK(session.server->args(2)[1] == 5);
}

TEST_CASE("a rejected renewal ends all calls that wait for it and is not tried again") {
    ForgetfulServer at;
    at.client.setup_retry_manager({.strategy = FixedDelayStrategy{.max_attempts = 5, .delay = 1s}});
    at.server->knows_password = false;
    std::vector<Running<json>> running;
    for (int i = 0; i < 3; ++i) running.push_back(at.world.start(at.client.read("res.partner", 7)));
    at.world.time.run();
    for (auto& each : running) {
        CHECK(each.outcome().failure.is<SessionExpiredError>());
        CHECK(each.outcome().failure.caused_by<AuthenticationError>());
        CHECK(each.outcome().failure.delivery() == Delivery::rejected);
        CHECK_FALSE(contains(each.outcome().failure.what(), "sesame"));
    }
    CHECK(at.world.run(at.client.read("res.partner", 7)).failure.is<SessionExpiredError>());
    CHECK(at.server->logins == 1);
}

TEST_CASE("a renewal that may succeed later fails with a transient error") {
    Session session{expired_without_id(), fate::refused(), expired_without_id(), fate::result(2),
                    fate::result(json::array())};
    auto const failure = session.world.run(session.client.create("res.partner", values())).failure;
    CHECK(failure.is<NetworkError>());
    CHECK(failure.transient());
    CHECK(failure.delivery() == Delivery::rejected);
    CHECK(session.world.run(session.client.read("res.partner", 7)).value.has_value());
}

TEST_CASE("a session that expires again at once is reported") {
    Session session{expired_without_id(), fate::result(2), expired_without_id()};
    CHECK(session.world.run(session.client.read("res.partner", 7)).failure.is<SessionExpiredError>());
    CHECK(session.sent() == 3);
}

TEST_CASE("a call cancelled during a renewal does not affect the others even if it was the one logging in") {
    ForgetfulServer at;
    auto first = at.world.start(at.client.read("res.partner", 7));
    auto second = at.world.start(at.client.read("res.partner", 7));
    auto third = at.world.start(at.client.read("res.partner", 7));
    at.world.time.advance(500ms);
    first.cancel();
    second.cancel();
    at.world.time.run();
    CHECK(first.outcome().failure.cancelled());
    CHECK(second.outcome().failure.cancelled());
    CHECK(third.outcome().value == json::array());
    CHECK(at.server->logins == 2);
}

TEST_CASE("a call cancelled just as it takes over the login does not block the others") {
    for (int steps = 0; steps < 20; ++steps) {
        CAPTURE(steps);
        ForgetfulServer at;
        auto first = at.world.start(at.client.read("res.partner", 7));
        auto second = at.world.start(at.client.read("res.partner", 7));
        auto third = at.world.start(at.client.read("res.partner", 7));
        at.world.time.advance(500ms);
        first.cancel();
        at.world.io.restart();
        for (int i = 0; i < steps; ++i) at.world.io.poll_one();
        second.cancel();
        at.world.time.run();
        REQUIRE(third.ended());
        CHECK(third.outcome().value == json::array());
    }
}

TEST_CASE("a logout during a renewal stays in effect") {
    ForgetfulServer at;
    auto call = at.world.start(at.client.read("res.partner", 7));
    at.world.time.advance(500ms);
    at.client.logout();
    at.world.time.run();
    CHECK(call.ended());
    CHECK(at.world.run(at.client.read("res.partner", 7)).failure.is<AuthenticationError>());
    CHECK(at.server->logins == 1);
}

TEST_CASE("databases are listed if the server allows it") {
    Session session{fate::result(json({"a", "b"})), fate::error("odoo.exceptions.AccessDenied"), fate::result(7)};
    CHECK(session.world.run(session.client.database_list()).value == std::vector<std::string>{"a", "b"});
    CHECK(session.server->requests[0].target == "/web/database/list");
    auto const refused = session.world.run(session.client.database_list()).failure;
    CHECK(refused.is<AccessError>());
    CHECK_FALSE(refused.is<AuthenticationError>());
    CHECK(session.world.run(session.client.database_list()).failure.is<ProtocolError>());
}
