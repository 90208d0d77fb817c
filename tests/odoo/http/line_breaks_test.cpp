// SPDX-License-Identifier: BSL-1.0
// User input cannot end a line of the HTTP head and begin another: it is rejected before anything is sent.
#include "odoo/fixtures/local_server.hpp"
#include "odoo/fixtures/session.hpp"
#include "support/catch.hpp"

#include <zenoo_rpc/odoo/client.hpp>
#include <zenoo_rpc/odoo/http_transport.hpp>

#include <stdexcept>
#include <string>

using namespace zenoo_rpc;
using namespace zenoo_rpc::tests;

namespace {

/// Returns `text` with each kind of line break in the middle, at the beginning and at the end.
std::vector<std::string> with_break(std::string const& text) {
    std::vector<std::string> all;
    for (auto const& end : {std::string{"\r\n"}, std::string{"\r"}, std::string{"\n"}, std::string{"\0", 1}}) {
        all.push_back(text + end + "X-Evil: 1");
        all.push_back(end + text);
        all.push_back(text + end);
    }
    return all;
}

/// Checks that the transport rejects the request without connecting.
void check_refused(HttpRequest request) {
    LocalServer server{[](Peer&, std::string) -> asio::awaitable<bool> { co_return false; }};
    HttpTransport transport{{"127.0.0.1", server.port(), ""}};
    auto const outcome = server.run(transport.exchange(std::move(request)));
    auto const& failure = outcome.value->error();
    CHECK(failure.is<std::invalid_argument>());
    CHECK(failure.delivery() == Delivery::not_sent);
    CHECK_FALSE(contains(failure.what(), "\n"));
    server.settle();
    CHECK(server.connections == 0);
}

HttpRequest valid_request() {
    HttpRequest request;
    request.target = "/jsonrpc";
    request.headers.add("X-Odoo-Database", "shop");
    return request;
}

/// Checks that `text` is rejected as each part of a head that must be one word.
void check_refused_as_word(std::string const& text) {
    auto request = valid_request();
    request.method = text;
    check_refused(request);
    request = valid_request();
    request.target = text;
    check_refused(request);
    CHECK_THROWS_AS(request.headers.add(text, "shop"), std::invalid_argument);
}

}  // namespace

TEST_CASE("no part of an HTTP head may contain a line break") {
    for (auto const& text : with_break("a")) {
        CAPTURE(text);
        check_refused_as_word(text);
        HttpHeaders headers;
        CHECK_THROWS_AS(headers.add("X-Odoo-Database", text), std::invalid_argument);
        CHECK(headers.empty());
        CHECK_THROWS_AS((HttpTransport{{text, 1, ""}}), std::invalid_argument);
    }
}

TEST_CASE("parts of an HTTP head that must be one word are rejected if empty or with spaces") {
    for (auto const* text : {"", "a b", "a\tb", "a\x7f"}) {
        CAPTURE(text);
        check_refused_as_word(text);
    }
    HttpHeaders headers;
    CHECK_THROWS_AS(headers.add("X:Y", "shop"), std::invalid_argument);
    CHECK_THROWS_AS(headers.add("X-Odoo-Database", "sh\x7fop"), std::invalid_argument);
}

TEST_CASE("names with a line break are rejected by both protocols before anything is sent") {
    Session session;
    for (auto const& text : with_break("res.partner")) {
        CAPTURE(text);
        auto const fails = [&](auto work) {
            return session.world.run(std::move(work)).failure.template is<std::invalid_argument>();
        };
        CHECK(fails(session.client.execute_kw(text, "read")));
        CHECK(fails(session.client.execute_kw("res.partner", text)));
        CHECK(fails(session.client.login(text, "admin", "sesame")));
        CHECK(fails(session.client.login_with_api_key(text, "admin", "sesame")));
        CHECK(fails(session.client.login_with_api_key("shop", "admin", text)));
        CHECK_THROWS_AS((ZenooClient{session.world.io.get_executor(), text}), std::invalid_argument);
        CHECK_THROWS_AS((ZenooClient{session.world.io.get_executor(), "http://erp.example.com/" + text}),
                        std::invalid_argument);
    }
    CHECK(session.sent() == 0);
}
