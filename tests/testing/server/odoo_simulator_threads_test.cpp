// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"
#include "support/odoo_call.hpp"
#include "support/raw_connection.hpp"

#include <zenoo_rpc/testing/odoo_simulator.hpp>

#include <exception>
#include <future>
#include <memory>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

using namespace zenoo_rpc;
using namespace zenoo_rpc::testing;
using namespace zenoo_rpc::tests;
using namespace std::chrono_literals;

namespace {

HttpRequest creation(std::string const& name) {
    json const rows = json::array({json::array({"__t__." + name, name})});
    return model_request("res.partner", "load", json::array({json::array({"id", "name"}), rows}), import_once);
}

HttpRequest const version = rpc_request("common", "version", json::array());
HttpRequest const stats_page{"GET", "/stats", {}, {}};

bool created(OdooSimulator& odoo, std::string const& name) {
    return odoo.with_store([&](OdooStore& store) { return store.resolve("__t__." + name).has_value(); });
}

}  // namespace

TEST_CASE("the simulator responds over HTTP and closes the connection as Odoo does") {
    OdooSimulator odoo;
    CHECK(odoo.url() == "http://127.0.0.1:" + std::to_string(odoo.port()));
    RawResponse const response = exchange(odoo.port(), creation("ada"));
    CHECK(response.ended == asio::error::eof);
    CHECK(response.text.starts_with("HTTP/1.1 200 OK\r\n"));
    CHECK(response.has("Connection: close\r\n"));
    CHECK(json::parse(response.body()).at("result").at("messages").empty());
    CHECK(created(odoo, "ada"));
    CHECK_FALSE(odoo.failure());
}

TEST_CASE("with keep_alive the simulator keeps connections open as a proxy does") {
    OdooSimulator odoo({.keep_alive = true});
    RawConnection connection(odoo.port());
    for (int i = 0; i < 3; ++i) {
        RawResponse const response = connection.send(version).read_response();
        CHECK_FALSE(response.ended);
        CHECK(response.has("Connection: keep-alive\r\n"));
    }
    HttpRequest last = version;
    last.headers.add("Connection", "close");
    CHECK(connection.send(last).read_to_end().has("Connection: close\r\n"));
}

TEST_CASE("a response is dropped, reset or truncated after the record was created") {
    OdooSimulator odoo;
    odoo.script({Fault::drop_response(), Fault::reset_connection(), Fault::truncate_response()});

    RawResponse const dropped = exchange(odoo.port(), creation("dropped"));
    CHECK(dropped.text.empty());
    CHECK(dropped.ended == asio::error::eof);

    RawResponse const reset = exchange(odoo.port(), creation("reset"));
    CHECK(reset.text.empty());
    CHECK(reset.ended == asio::error::connection_reset);

    RawResponse const cut = exchange(odoo.port(), creation("cut"));
    CHECK(cut.ended == asio::error::eof);
    CHECK(cut.has("Content-Length: "));
    CHECK_FALSE(cut.body().empty());
    CHECK_FALSE(json::accept(cut.body()));

    for (char const* const name : {"dropped", "reset", "cut"}) CHECK(created(odoo, name));
    CHECK(odoo.stats().faults == 3);
}

TEST_CASE("a connection closed before the request is read has no effect on the database") {
    OdooSimulator odoo;
    odoo.script(Fault::close_before_reading());
    RawResponse const response = exchange(odoo.port(), creation("ada"));
    CHECK(response.text.empty());
    CHECK(response.ended);
    CHECK_FALSE(created(odoo, "ada"));
    CHECK(odoo.stats().external_ids.empty());
}

TEST_CASE("during an outage the server does not listen, and afterwards it listens on the same port") {
    OdooSimulator odoo;
    SECTION("during the outage") {
        odoo.script(Fault::refuse_connection(1h));
        CHECK(exchange(odoo.port(), creation("ada")).text.empty());
        CHECK(RawConnection(odoo.port()).error() == asio::error::connection_refused);
        CHECK(RawConnection(odoo.port()).error() == asio::error::connection_refused);
        CHECK_FALSE(created(odoo, "ada"));
    }
    SECTION("after the outage") {
        odoo.script(Fault::refuse_connection(20ms));
        while (exchange(odoo.port(), creation("ada")).text.empty()) {
        }
        CHECK(created(odoo, "ada"));
    }
}

TEST_CASE("an outage closes connections that are kept alive") {
    OdooSimulator odoo({.keep_alive = true});
    RawConnection kept(odoo.port());
    kept.send(version).read_response();
    odoo.script(Fault::refuse_connection(1h));
    exchange(odoo.port(), version);
    CHECK(kept.read_to_end().ended == asio::error::eof);
}

TEST_CASE("a proxy responds instead of the server, which may or may not have executed the call") {
    OdooSimulator odoo;
    odoo.script({Fault::bad_gateway(Executed::no), Fault::service_unavailable(Executed::no),
                 Fault::gateway_timeout(Executed::yes)});
    CHECK(exchange(odoo.port(), creation("ada")).has("HTTP/1.1 502 Bad Gateway\r\n"));
    CHECK(exchange(odoo.port(), creation("ada")).has("HTTP/1.1 503 "));
    CHECK_FALSE(created(odoo, "ada"));
    RawResponse const late = exchange(odoo.port(), creation("ada"));
    CHECK(late.has("HTTP/1.1 504 "));
    CHECK(late.has("<center>nginx</center>"));
    CHECK(created(odoo, "ada"));
}

TEST_CASE("database errors are sent as Odoo's error objects while the database is down") {
    OdooSimulator odoo;
    odoo.script({Fault::serialization_failure(), Fault::database_down(20ms)});
    CHECK(exchange(odoo.port(), creation("ada")).has("psycopg2.errors.SerializationFailure"));
    CHECK(exchange(odoo.port(), creation("ada")).has("psycopg2.OperationalError"));
    while (exchange(odoo.port(), creation("ada")).has("psycopg2.OperationalError")) {
    }
    CHECK(created(odoo, "ada"));
}

TEST_CASE("a delayed response does not block other clients and is dropped with the simulator") {
    auto odoo = std::make_unique<OdooSimulator>();
    odoo->script(Fault::delay_response(1h));
    RawConnection waiting(odoo->port());
    waiting.send(creation("ada"));
    odoo->wait_for_calls(1);
    CHECK(created(*odoo, "ada"));
    CHECK(exchange(odoo->port(), version).has("19.0"));
    odoo.reset();
    CHECK(waiting.read_to_end().text.empty());
}

TEST_CASE("a response with a short delay arrives") {
    OdooSimulator odoo;
    odoo.script(Fault::delay_response(1ms));
    CHECK(exchange(odoo.port(), creation("ada")).has("200 OK"));
}

TEST_CASE("GET requests are exempt from faults") {
    OdooSimulator odoo;
    odoo.script(Fault::drop_response());
    CHECK(json::parse(exchange(odoo.port(), stats_page).body()).at("faults") == 0);
    CHECK(exchange(odoo.port(), version).text.empty());
    CHECK(json::parse(exchange(odoo.port(), stats_page).body()).at("faults") == 1);
}

TEST_CASE("a truncated request is not executed") {
    OdooSimulator odoo;
    std::string text = request_text(creation("ada"));
    text.pop_back();
    RawConnection connection(odoo.port());
    connection.send(text).close_sending();
    CHECK(connection.read_to_end().text.empty());
    CHECK_FALSE(created(odoo, "ada"));
}

TEST_CASE("invalid or oversized requests are rejected, and Expect 100-continue is honoured") {
    OdooSimulator odoo;
    CHECK(RawConnection(odoo.port()).send("NONSENSE\r\n\r\n").read_to_end().has("400 BAD REQUEST"));
    std::string const huge = "POST /jsonrpc HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999\r\n\r\n";
    CHECK(RawConnection(odoo.port()).send(huge).read_to_end().has("413 "));

    HttpRequest asking = version;
    asking.headers.add("Expect", "100-continue");
    RawResponse const response = exchange(odoo.port(), asking);
    CHECK(response.text.starts_with("HTTP/1.1 100 Continue\r\n\r\n"));
    CHECK(response.has("200 OK"));
}

TEST_CASE("with_store runs in a transaction") {
    OdooSimulator odoo;
    OdooId const id = odoo.with_store([](OdooStore& store) { return store.insert("res.partner", {{"name", "Ada"}}); });
    CHECK_THROWS_AS(odoo.with_store([&](OdooStore& store) {
        store.erase("res.partner", id);
        throw std::runtime_error("no");
    }),
                    std::runtime_error);
    CHECK(odoo.with_store([&](OdooStore& store) { return store.find("res.partner", id) != nullptr; }));
}

TEST_CASE("concurrent clients are served one transaction at a time") {
    OdooSimulator odoo({.faults = FaultProfile::flaky(), .seed = 5});
    constexpr int clients = 4;
    constexpr int each = 50;
    std::vector<std::thread> threads;
    for (int client = 0; client < clients; ++client) {
        threads.emplace_back([&odoo, client] {
            for (int i = 0; i < each; ++i) {
                HttpRequest const request = creation(std::to_string(client) + "_" + std::to_string(i));
                while (!exchange(odoo.port(), request).has(R"("messages":[])")) {
                }
            }
        });
    }
    for (std::thread& thread : threads) thread.join();
    OdooStats const stats = odoo.stats();
    CHECK(stats.created.at("res.partner") == clients * each);
    CHECK(stats.external_ids.size() == clients * each);
    for (auto const& [id, counts] : stats.external_ids) CHECK(counts.committed == 1);
    CHECK(stats.faults > 0);
    CHECK_FALSE(odoo.failure());
}

TEST_CASE("the constructor fails if the port is in use") {
    OdooSimulator const first;
    OdooSimulatorOptions options;
    options.port = first.port();
    CHECK_THROWS_AS(OdooSimulator(options), boost::system::system_error);
}

TEST_CASE("a failed commit gets no response and is reported to the owner") {
    std::promise<std::exception_ptr> recorded;
    OdooSimulatorOptions options;
    options.on_failure = [&](std::exception_ptr error) { recorded.set_value(error); };
    OdooSimulator odoo(options);
    odoo.with_store([](OdooStore& store) {
        store.on_commit([](std::vector<OdooChange> const&) { throw std::runtime_error("disk full"); });
    });
    CHECK(exchange(odoo.port(), creation("ada")).text.empty());
    CHECK_THROWS_WITH(std::rethrow_exception(recorded.get_future().get()), "disk full");
    CHECK(odoo.failure());
    CHECK_FALSE(created(odoo, "ada"));
    CHECK(exchange(odoo.port(), version).has("200 OK"));
}
