// SPDX-License-Identifier: BSL-1.0
#include "odoo/fixtures/session.hpp"
#include "support/catch.hpp"

#include <zenoo_rpc/async/async_sleep.hpp>
#include <zenoo_rpc/exceptions.hpp>
#include <zenoo_rpc/odoo/client.hpp>

#include <vector>

using namespace zenoo_rpc;
using namespace zenoo_rpc::tests;
using namespace std::chrono_literals;
using nlohmann::json;

namespace {

/// Delays a fate.
Fate after(Duration delay, Fate fate) {
    return [delay, fate](json const& body) -> asio::awaitable<Result<HttpResponse>> {
        co_await async_sleep(delay);
        Result<HttpResponse> response = co_await fate(body);
        co_return response;
    };
}

Fate expired() { return fate::error("odoo.http.SessionExpiredException"); }

}  // namespace

TEST_CASE("a session is renewed with the user's name and later calls use the new one") {
    Session session{expired(), fate::result(5), fate::result(json::array()), fate::result(json::array())};
    CHECK(session.world.run(session.client.read("res.partner", 7)).value.has_value());
    CHECK(session.server->args(1)[1] == "admin");
    CHECK(session.server->args(2)[1] == 5);
    CHECK(session.world.run(session.client.read("res.partner", 7)).value.has_value());
    CHECK(session.server->args(3)[1] == 5);
}

TEST_CASE("a call that learns late of the expiry uses the session that others have renewed") {
    Session session{after(2s, expired()), expired(), fate::result(5), fate::result(json::array()),
                    fate::result(json::array())};
    auto const late = session.world.start(session.client.read("res.partner", 7));
    auto const early = session.world.start(session.client.read("res.partner", 7));
    session.world.time.run();
    CHECK(early.ended());
    CHECK(late.ended());
    REQUIRE(session.sent() == 5);
    CHECK(session.server->args(4)[1] == 5);
}

TEST_CASE("a call is never sent again in the name of a user who has logged in since") {
    Session session{after(1s, expired()), fate::result(3)};
    auto call = session.world.start(session.client.write("res.partner", 7, values("name", "x")));
    session.world.time.advance(0s);
    auto const login = session.world.start(session.client.login("shop", "somebody else", "open"));
    session.world.time.run();
    CHECK(login.ended());
    CHECK(call.outcome().failure.is<SessionExpiredError>());
    CHECK(session.sent() == 2);
}

TEST_CASE("a failed renewal ends all calls that wait for it even if the failure is transient") {
    Session session{expired(), expired(), expired(), after(1s, fate::refused())};
    std::vector<Running<json>> calls;
    for (int i = 0; i < 3; ++i) calls.push_back(session.world.start(session.client.read("res.partner", 7)));
    session.world.time.run();
    for (auto& call : calls) CHECK(call.outcome().failure.is<NetworkError>());
    CHECK(session.sent() == 4);
}

TEST_CASE("a login fails if reading the user's context fails for a transient reason") {
    for (auto const& fate : {fate::error("psycopg2.errors.SerializationFailure"),
                             fate::failure(Errc::protocol_error, Delivery::unknown)}) {
        World world;
        auto const server = std::make_shared<ScriptedTransport>();
        server->fates = {fate::result(2), fate};
        ZenooClient client{world.io.get_executor(), server};
        CHECK(world.run(client.login("shop", "admin", "sesame")).failure);
        CHECK(world.run(client.read("res.partner", 7)).failure.is<AuthenticationError>());
    }
}
