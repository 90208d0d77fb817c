// SPDX-License-Identifier: BSL-1.0
#include "odoo/fixtures/session.hpp"
#include "support/catch.hpp"

#include <zenoo_rpc/exceptions.hpp>
#include <zenoo_rpc/odoo/client.hpp>

#include <memory>
#include <stdexcept>
#include <string>

using namespace zenoo_rpc;
using namespace zenoo_rpc::tests;

TEST_CASE("a password that is not UTF-8 is rejected without being sent or quoted") {
    World world;
    auto const server = std::make_shared<ScriptedTransport>();
    ZenooClient client{world.io.get_executor(), server};
    auto const failure = world.run(client.login("shop", "admin", "ses\xFFme")).failure;
    CHECK(failure.is<std::invalid_argument>());
    CHECK(contains(failure.what(), "the password is not UTF-8"));
    CHECK_FALSE(contains(failure.what(), "ses"));
    CHECK(server->requests.empty());
}

TEST_CASE("a password in a message of the server is masked") {
    Session session{fate::error("odoo.exceptions.UserError", "open sesame, they said"), fate::status(500)};
    auto const failure = session.world.run(session.client.read("res.partner", 7)).failure;
    CHECK(contains(failure.what(), "open ***, they said"));
    CHECK_FALSE(contains(session.world.run(session.client.create("res.partner", values())).failure.what(), "sesame"));
}

TEST_CASE("a password in another spelling in a message of the server is masked") {
    std::string const password = "p\\w'o\"rd\u00e9\U0001f600\n";
    auto const spelling = GENERATE(as<std::string>{},
                                   "p\\w'o\"rd\u00e9\U0001f600\n",  // unchanged
                                   R"(p\\w\'o"rd\xe9)"
                                   "\U0001f600"
                                   R"(\n)",                                    // Python's repr of a text
                                   R"(p\\w\'o"rd\xc3\xa9\xf0\x9f\x98\x80\n)",  // Python's repr of bytes
                                   R"(p\\w'o\"rd\u00e9\ud83d\ude00\n)");       // JSON
    World world;
    auto const server = std::make_shared<ScriptedTransport>();
    server->fates = {fate::result(2), fate::error("odoo.exceptions.UserError", "got (" + spelling + "), and more")};
    ZenooClient client{world.io.get_executor(), server, {.user_context = false}};
    world.run(client.login("shop", "admin", password));
    CHECK(contains(world.run(client.read("res.partner", 7)).failure.what(), "got (***), and more"));
}
