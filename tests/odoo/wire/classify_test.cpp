// SPDX-License-Identifier: BSL-1.0
#include "odoo/wire/classify.hpp"

#include "odoo/fixtures/failure_class.hpp"
#include "support/catch.hpp"
#include "support/run.hpp"

#include <zenoo_rpc/exceptions.hpp>

#include <string>
#include <string_view>
#include <vector>

using namespace zenoo_rpc;
using detail::AskedCall;
using namespace std::chrono_literals;
using nlohmann::json;
using tests::contains;
using tests::is;
using tests::IsOfClass;
using tests::permanent;
using tests::transient;
using tests::Whether;

namespace {

HttpResponse response_of(int status, std::string_view type, std::string body, HttpHeaders more = {}) {
    more.add("content-type", type);
    return {status, std::move(more), std::move(body)};
}

Failure failure_of(HttpResponse const& response, std::string_view secret = {}) {
    AskedCall const call{1, "res.partner.create", "create", 2, secret};
    auto const result = classify(response, call);
    REQUIRE(result.has_error());
    return result.error();
}

/// Returns Odoo's response for an exception of that class and message.
HttpResponse odoo_error(std::string name, std::string message, json arguments = json::array(), int code = 200) {
    json const data{{"name", std::move(name)},
                    {"message", std::move(message)},
                    {"arguments", std::move(arguments)},
                    {"debug", "Traceback (most recent call last):\n  File \"sesame.py\""}};
    json const error{{"code", code}, {"message", "Odoo Server Error"}, {"data", data}};
    return response_of(200, "application/json", json{{"id", 1}, {"error", error}}.dump());
}

}  // namespace

TEST_CASE("a status without an Odoo error determines class, transience and delivery") {
    struct Row {
        int status;
        IsOfClass is_of_class;
        Whether whether;
        Delivery delivery;
    };
    for (auto const& [status, is_of_class, whether, delivery] : {
             Row{204, is<ProtocolError>, permanent, Delivery::unknown},
             Row{301, is<ProtocolError>, permanent, Delivery::rejected},
             Row{308, is<ProtocolError>, permanent, Delivery::rejected},
             Row{400, is<ProtocolError>, permanent, Delivery::rejected},
             Row{401, is<AuthenticationError>, permanent, Delivery::rejected},
             Row{403, is<AccessError>, permanent, Delivery::rejected},
             Row{404, is<ProtocolError>, permanent, Delivery::rejected},
             Row{413, is<ProtocolError>, permanent, Delivery::rejected},
             Row{415, is<ProtocolError>, permanent, Delivery::rejected},
             Row{418, is<ProtocolError>, permanent, Delivery::unknown},
             Row{429, is<RateLimitedError>, transient, Delivery::rejected},
             Row{500, is<DatabaseUnavailableError>, transient, Delivery::unknown},
             Row{501, is<ServerError>, permanent, Delivery::unknown},
             Row{502, is<ServerError>, transient, Delivery::unknown},
             Row{503, is<ServerError>, transient, Delivery::unknown},
             Row{504, is<ServerError>, transient, Delivery::unknown},
         }) {
        CAPTURE(status);
        auto const failure = failure_of(response_of(status, "text/html", "<html>sesame</html>"));
        CHECK(is_of_class(failure));
        CHECK(failure.transient() == (whether == transient));
        CHECK(failure.delivery() == delivery);
        CHECK_FALSE(contains(failure.what(), "sesame"));
    }
}

TEST_CASE("a redirect fails with a message that names its target") {
    auto const failure =
        failure_of(response_of(302, "text/html", "", {{"Location", "https://erp.example.com/jsonrpc"}}));
    CHECK(contains(failure.what(), "redirected to https://erp.example.com/jsonrpc"));
    CHECK_FALSE(contains(failure_of(response_of(400, "text/html", "")).what(), "redirected"));
}

TEST_CASE("an HTML 404 that says no database is selected is a DatabaseUnavailableError") {
    auto const failure = failure_of(response_of(404, "text/html", "<p>No database is selected and ..."));
    CHECK(failure.is<DatabaseUnavailableError>());
    CHECK(failure.transient());
    CHECK(failure.delivery() == Delivery::rejected);
    CHECK(failure_of(response_of(403, "text/html", "<p>No database is selected and ...")).is<AccessError>());
}

TEST_CASE("Odoo errors carry the Retry-After of their response") {
    json const body{{"name", "werkzeug.exceptions.TooManyRequests"}, {"message", "no"}};
    AskedCall const call{.name = "x.y", .protocol = Protocol::json2};
    auto const requested_delay = [&](int status, char const* value) {
        auto const response = response_of(status, "application/json", body.dump(), {{"Retry-After", value}});
        return classify(response, call).error().retry_after();
    };
    CHECK(requested_delay(429, "30") == 30s);
    CHECK(requested_delay(503, "30") == 30s);
    CHECK(requested_delay(500, "30") == 0s);
    CHECK(requested_delay(429, "soon") == 0s);
}

TEST_CASE("Retry-After is read as seconds or as a date") {
    auto const requested_delay = [](int status, char const* value, char const* date = "Mon, 23 Nov 2026 11:28:53 GMT") {
        auto const response = response_of(status, "text/html", "", {{"Retry-After", value}, {"Date", date}});
        return failure_of(response).retry_after();
    };
    CHECK(requested_delay(429, "7") == 7s);
    CHECK(requested_delay(503, "7") == 7s);
    CHECK(requested_delay(502, "7") == 0s);
    CHECK(requested_delay(429, "99999999999") == Duration::max());
    CHECK(requested_delay(429, "Mon, 23 Nov 2026 11:29:53 GMT") == 60s);
    CHECK(requested_delay(503, "Tue, 24 Nov 2026 00:00:00 GMT") == 12h + 31min + 7s);
    for (auto const* garbage :
         {"-1", "soon", "7s", "", "1e3", "Mon, 23 Nov 2026 11:28:00 GMT", "23 Nov 2026",
          "Mon, 30 Feb 2027 11:28:53 GMT", "Mon, 23 Nov 2026 11:29:53 CET", "Mon, 23 Nov 2026 11:29:53 GMT or so"}) {
        CAPTURE(garbage);
        CHECK(requested_delay(429, garbage) == 0s);
    }
    CHECK(requested_delay(429, "Mon, 23 Nov 2026 11:29:53 GMT", "today") == 0s);
    CHECK(failure_of(odoo_error("psycopg2.errors.SerializationFailure", "x")).retry_after() == 1s);
}

TEST_CASE("exception names that are not in the transcripts are classified") {
    auto const of = [](char const* name, char const* message = "x", int code = 0) {
        return failure_of(odoo_error(name, message, json::array(), code));
    };
    CHECK(of("odoo.http.SessionExpiredException").is<SessionExpiredError>());
    CHECK(of("whatever", "Odoo Session Expired", 100).is<SessionExpiredError>());
    CHECK_FALSE(of("odoo.http.SessionExpiredException").transient());
    CHECK(of("whatever", "404: Not Found", 404).is<MethodNotFoundError>());
    CHECK(of("werkzeug.exceptions.NotFound").is<MethodNotFoundError>());
    CHECK(of("werkzeug.exceptions.UnprocessableEntity").is<ProtocolError>());
    CHECK(of("builtins.AttributeError", "'NoneType' object has no attribute 'x'").is<ServerError>());
    CHECK(of("odoo.exceptions.LockError").is<ConcurrencyError>());
    CHECK(of("odoo.exceptions.ConcurrencyError").is<ConcurrencyError>());
    CHECK(of("psycopg2.errors.DeadlockDetected").is<ConcurrencyError>());
    CHECK(of("psycopg2.errors.AdminShutdown").is<DatabaseUnavailableError>());
    CHECK(of("odoo.addons.x.Strange").is<ServerError>());
    CHECK_FALSE(of("odoo.addons.x.Strange").transient());
    CHECK(of("").is<ServerError>());
}

TEST_CASE("a database connection lost during the transaction leaves the outcome unknown") {
    auto const died = failure_of(odoo_error("psycopg2.OperationalError", "server closed the connection unexpectedly"));
    CHECK(died.is<DatabaseUnavailableError>());
    CHECK(died.transient());
    CHECK(died.delivery() == Delivery::unknown);
    auto const delivery = [](char const* name, char const* message) {
        return failure_of(odoo_error(name, message)).delivery();
    };
    CHECK(delivery("psycopg2.OperationalError", "SSL SYSCALL error: EOF detected\n") == Delivery::unknown);
    CHECK(delivery("psycopg2.OperationalError", "Server beendete die Verbindung unerwartet") == Delivery::unknown);
    CHECK(delivery("psycopg2.DatabaseError", "error with status PGRES_TUPLES_OK") == Delivery::unknown);
    CHECK(delivery("psycopg2.OperationalError", "connection to server at \"127.0.0.1\", port 5432 failed: refused")
          == Delivery::rejected);
    CHECK(delivery("psycopg2.OperationalError", "could not connect to server: Connection refused")
          == Delivery::rejected);
}

TEST_CASE("a missing record is an AuthenticationError only if it is the calling user") {
    auto const missing = [](char const* record) {
        return failure_of(odoo_error("odoo.exceptions.MissingError", std::string{"(Record: "} + record + ", User: 2)"));
    };
    CHECK(missing("res.users(2,)").is<AuthenticationError>());
    CHECK(missing("res.users(22,)").is<MissingError>());
    CHECK(missing("res.partner(2,)").is<MissingError>());
    CHECK(failure_of(odoo_error("odoo.exceptions.AccessError", "res.users(2,)")).is<AccessError>());
}

TEST_CASE("a failure keeps the server's reply without traceback and password") {
    auto const failure = failure_of(
        odoo_error("odoo.exceptions.UserError", "no sesame\nTraceback (most recent call last):\n File", {"sesame", 7}),
        "sesame");
    try {
        failure.raise();
    } catch (UserError const& error) {
        CHECK(error.server_name() == "odoo.exceptions.UserError");
        CHECK(json::parse(error.arguments()) == json({"***", 7}));
        CHECK(error.http_status() == 200);
        CHECK(contains(error.what(), "res.partner.create: no ***"));
        CHECK_FALSE(contains(error.what(), "Traceback"));
    }
    auto const elsewhere = response_of(302, "text/html", "", {{"Location", "http://x/?password=sesame"}});
    CHECK_FALSE(contains(failure_of(elsewhere, "sesame").what(), "sesame"));
    auto const long_text = failure_of(odoo_error("odoo.exceptions.UserError", std::string(100'000, 'x')));
    CHECK(long_text.what().size() < 3000);
    auto const twice = failure_of(odoo_error("odoo.exceptions.UserError", "sesame, sesame!\n \n"), "sesame").what();
    CHECK(contains(twice, "res.partner.create: ***, ***!"));
    CHECK_FALSE(contains(twice, "sesame"));
    CHECK_FALSE(contains(twice, "\n"));
    for (std::size_t length = 1998; length <= 2001; ++length) {
        CAPTURE(length);
        auto const text = std::string(length, 'x') + "\xE2\x82\xAC\xE2\x82\xAC";
        auto const shown = failure_of(odoo_error("odoo.exceptions.UserError", text)).what();
        CHECK_NOTHROW(json(shown).dump());  // no character is cut in two
    }
}

TEST_CASE("the secret is masked in the exception name and in the keys of its arguments") {
    auto const arguments = json::array({json{{"sesame", json::array({json{{"my sesame", 7}}})}}});
    try {
        failure_of(odoo_error("sesame.Error", "no", arguments), "sesame").raise();
    } catch (ZenooError const& error) {
        CHECK(error.server_name() == "***.Error");
        CHECK(json::parse(error.arguments()) == json::parse(R"([{"***": [{"my ***": 7}]}])"));
    }
}

TEST_CASE("an unreadable 2xx response leaves the outcome unknown") {
    for (auto const* body :
         {"", "<html>", "{}", R"({"id": 2, "result": 1})", R"({"id": 1, "result": 1, "error": {}})"}) {
        CAPTURE(body);
        auto const failure = failure_of(response_of(200, "text/html", body));
        CHECK(failure.is<ProtocolError>());
        CHECK(failure.delivery() == Delivery::unknown);
        CHECK_FALSE(failure.transient());
    }
}

TEST_CASE("the traceback observer gets the traceback without the secret") {
    std::string recorded;
    TracebackObserver const observer = [&](std::string_view call, std::string_view traceback) {
        recorded = std::string{call} + ": " + std::string{traceback};
        throw 7;
    };
    AskedCall call{.id = 1, .name = "res.partner.create", .secret = "sesame"};
    call.on_traceback = &observer;
    auto const result = classify(odoo_error("odoo.exceptions.UserError", "no"), call);
    CHECK(result.error().is<UserError>());
    CHECK(recorded == "res.partner.create: Traceback (most recent call last):\n  File \"***.py\"");
    CHECK_FALSE(contains(result.error().what(), "Traceback"));
}

TEST_CASE("JSON-2 classifies an exception of an unknown class by its base class") {
    auto const of = [](int status, char const* name = "odoo.addons.x.exceptions.Own") {
        json const body{{"name", name}, {"message", "no"}, {"arguments", json::array({"no"})}};
        AskedCall const call{.name = "x.y", .protocol = Protocol::json2};
        return classify(response_of(status, "application/json", body.dump()), call).error();
    };
    CHECK(of(401).is<AuthenticationError>());
    CHECK(of(403).is<AccessError>());
    CHECK(of(404).is<MissingError>());
    CHECK(of(409).is<ConcurrencyError>());
    CHECK(of(422).is<UserError>());
    CHECK(of(429).is<RateLimitedError>());
    CHECK(of(500).is<ServerError>());
    CHECK_FALSE(of(500).transient());
    for (int const status : {502, 503, 504}) {
        CAPTURE(status);
        CHECK(of(status, "werkzeug.exceptions.ServiceUnavailable").is<ServerError>());
        CHECK(of(status, "werkzeug.exceptions.ServiceUnavailable").transient());
        CHECK(of(status, "werkzeug.exceptions.ServiceUnavailable").delivery() == Delivery::rejected);
    }
    CHECK(of(500).delivery() == Delivery::rejected);
    CHECK(of(500, "odoo.exceptions.RedirectWarning").is<UserError>());
    CHECK(of(500, "psycopg2.errors.SerializationFailure").is<ConcurrencyError>());
    CHECK(of(500, "psycopg2.errors.LockNotAvailable").retry_after() == 1s);
    CHECK(of(500, "psycopg2.InterfaceError").delivery() == Delivery::unknown);
    CHECK(of(403, "odoo.http.SessionExpiredException").is<SessionExpiredError>());
}

TEST_CASE("a JSON-2 response is any JSON value and nothing else") {
    AskedCall const call{.name = "x.y", .protocol = Protocol::json2};
    auto const classified = [&](int status, char const* body) {
        return classify(response_of(status, "application/json", body), call);
    };
    for (auto const* body : {"null", "7", "[]", "\"text\"", "{}", R"({"name": "odoo.exceptions.UserError"})"}) {
        CAPTURE(body);
        CHECK(classified(200, body).value() == json::parse(body));
    }
    CHECK(classified(200, "").error().is<ProtocolError>());
    CHECK(classified(200, "<html>").error().delivery() == Delivery::unknown);
    CHECK(classified(200, std::string(10'000, '[').c_str()).error().is<ProtocolError>());
    CHECK(classified(500, "[]").error().delivery() == Delivery::unknown);
    CHECK(classified(403, "{}").error().is<AccessError>());
}

TEST_CASE("an error without an id was raised before Odoo read the request id") {
    json body = json::parse(odoo_error("odoo.http.SessionExpiredException", "expired", json::array(), 100).body);
    body["id"] = nullptr;
    auto const response = response_of(200, "application/json", body.dump());
    CHECK(failure_of(response).is<SessionExpiredError>());
    CHECK(failure_of(response).delivery() == Delivery::rejected);
}
