// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"
#include "support/run.hpp"

#include <zenoo_rpc/exceptions.hpp>
#include <zenoo_rpc/odoo/client.hpp>
#include <zenoo_rpc/odoo/commands.hpp>
#include <zenoo_rpc/retry/fixed_delay.hpp>
#include <zenoo_rpc/testing/odoo_server_core.hpp>
#include <zenoo_rpc/testing/simulated_transport.hpp>

#include <memory>
#include <string>
#include <vector>

using namespace zenoo_rpc;
using namespace zenoo_rpc::tests;
using nlohmann::json;
using testing::Fault;

namespace {

/// Returns the JSON sent for a record with these commands.
std::string sent(Commands const& commands) { return values("lines", commands).json().dump(); }

/// Company with two contacts and two tags, in a simulated Odoo in virtual time.
struct Company {
    World world;
    testing::OdooServerCore odoo;
    ZenooClient client{world.io.get_executor(), std::make_shared<testing::SimulatedTransport>(odoo)};
    RecordId id = 0;
    std::vector<RecordId> contacts;
    std::vector<RecordId> tags;

    Company() {
        run([&]() -> asio::awaitable<void> {
            co_await client.login("odoo19", "admin", "admin");
            auto const people = commands::create(values("name", "Ada")).create(values("name", "Grace"));
            auto const labels = commands::create(values("name", "old")).create(values("name", "good"));
            id = co_await client.create("res.partner",
                                        values("name", "Desk Ltd", "child_ids", people, "category_id", labels));
            contacts = co_await ids_in("child_ids");
            tags = co_await ids_in("category_id");
        });
        REQUIRE(contacts.size() == 2);
        REQUIRE(tags.size() == 2);
    }

    template <class Body>
    void run(Body body) {
        auto const out = world.run(body());
        if (out.failure) out.failure.raise();
    }
    asio::awaitable<std::vector<RecordId>> ids_in(std::string field) {
        json const records = co_await client.read("res.partner", id, fields(field));
        co_return records[0][field].get<std::vector<RecordId>>();
    }
    asio::awaitable<bool> exists(std::string model, RecordId record) {
        json const records = co_await client.read(std::move(model), record, fields("name"));
        co_return !records.empty();
    }
    /// Writes commands to a field, and returns its ids afterwards.
    asio::awaitable<std::vector<RecordId>> write(std::string field, Commands commands) {
        co_await client.write("res.partner", id, values(field, commands));
        co_return co_await ids_in(field);
    }
};

using Ids = std::vector<RecordId>;

/// Avoids braces, which g++ 12 rejects beside a co_await.
template <class... Each>
Ids ids(Each... each) {
    Ids all;
    (all.push_back(each), ...);
    return all;
}

}  // namespace

TEST_CASE("commands are sent with Odoo's numbers, in their order") {
    CHECK(sent(commands::create(values("name", "Ada"))) == R"({"lines":[[0,0,{"name":"Ada"}]]})");
    CHECK(sent(commands::update(7, values("name", "Ada"))) == R"({"lines":[[1,7,{"name":"Ada"}]]})");
    CHECK(sent(commands::delete_(7)) == R"({"lines":[[2,7,0]]})");
    CHECK(sent(commands::unlink(7)) == R"({"lines":[[3,7,0]]})");
    CHECK(sent(commands::link(7)) == R"({"lines":[[4,7,0]]})");
    CHECK(sent(commands::clear()) == R"({"lines":[[5,0,0]]})");
    CHECK(sent(commands::set(Ids{7, 8})) == R"({"lines":[[6,0,[7,8]]]})");
    CHECK(sent(commands::link(Ids{7, 8}).unlink(9)) == R"({"lines":[[4,7,0],[4,8,0],[3,9,0]]})");
    CHECK(sent(Commands()) == R"({"lines":[]})");
    auto const nested = commands::create(values("lines", commands::create(values("name", "Ada"))));
    CHECK(sent(nested) == R"({"lines":[[0,0,{"lines":[[0,0,{"name":"Ada"}]]}]]})");
}

TEST_CASE("commands may be added one by one") {
    Commands lines;
    for (int i = 1; i <= 2; ++i) lines.create(values("number", i));
    CHECK(sent(lines) == R"({"lines":[[0,0,{"number":1}],[0,0,{"number":2}]]})");
}

TEST_CASE("commands may be written beside co_await") {
    Company company;
    company.run([&]() -> asio::awaitable<void> {
        co_await company.client.write(
            "res.partner", company.id,
            values("name", "Desk and Chair Ltd", "child_ids",
                   commands::create(values("name", "Linus")).update(company.contacts[0], values("name", "Ada King"))));
        CHECK((co_await company.ids_in("child_ids")).size() == 3);
        json const ada = co_await company.client.read("res.partner", company.contacts[0], fields("name"));
        CHECK(ada[0]["name"] == "Ada King");
    });
}

TEST_CASE("commands change contacts, which belong to one company each") {
    Company company;
    auto const first = company.contacts[0];
    auto const second = company.contacts[1];
    company.run([&]() -> asio::awaitable<void> {
        CHECK(co_await company.write("child_ids", commands::unlink(first)) == ids(second));
        CHECK(co_await company.exists("res.partner", first));
        CHECK(co_await company.write("child_ids", commands::link(first)) == ids(first, second));
        CHECK(co_await company.write("child_ids", commands::set(second)) == ids(second));
        CHECK(co_await company.write("child_ids", commands::clear()) == ids());
        CHECK(co_await company.exists("res.partner", second));
        CHECK(co_await company.write("child_ids", commands::set(company.contacts)) == company.contacts);
        Ids const left =
            co_await company.write("child_ids", commands::delete_(first));  // a CHECK may evaluate it twice
        CHECK(left == ids(second));
        CHECK_FALSE(co_await company.exists("res.partner", first));
    });
}

TEST_CASE("commands change tags, which are shared") {
    Company company;
    auto const first = company.tags[0];
    auto const second = company.tags[1];
    company.run([&]() -> asio::awaitable<void> {
        CHECK(co_await company.write("category_id", commands::unlink(first)) == ids(second));
        CHECK(co_await company.exists("res.partner.category", first));
        CHECK(co_await company.write("category_id", commands::link(first).unlink(second)) == ids(first));
        CHECK(co_await company.write("category_id", commands::set(company.tags)) == company.tags);
        CHECK(co_await company.write("category_id", commands::clear()) == ids());
        auto const changes = commands::set(company.tags).delete_(first);
        Ids const left = co_await company.write("category_id", changes);  // a CHECK may evaluate it twice
        CHECK(left == ids(second));
        CHECK_FALSE(co_await company.exists("res.partner.category", first));
    });
}

TEST_CASE("a call with commands takes effect completely or not at all") {
    Company company;
    auto const refused =
        commands::update(company.contacts[0], values("name", "Ada King")).create(values("name", false));
    company.run([&]() -> asio::awaitable<void> {
        auto const result = co_await company.client.results().write("res.partner", company.id,
                                                                    values("name", "New", "child_ids", refused));
        REQUIRE(result.has_error());
        CHECK(result.error().is<ValidationError>());
        json const names = co_await company.client.read("res.partner", company.contacts[0], fields("name"));
        CHECK(names[0]["name"] == "Ada");
        CHECK(co_await company.ids_in("child_ids") == company.contacts);
    });
}

TEST_CASE("after a lost response, a call with create commands is not retried, one with set commands is") {
    Company company;
    company.client.setup_retry_manager({.strategy = FixedDelay{}});
    company.run([&]() -> asio::awaitable<void> {
        company.odoo.faults().script(Fault::drop_response());
        auto const created = co_await company.client.results().write(
            "res.partner", company.id, values("child_ids", commands::create(values("name", "Linus"))));
        CHECK(created.error().is<OutcomeUnknownError>());
        CHECK((co_await company.ids_in("child_ids")).size() == 3);

        company.odoo.faults().script(Fault::drop_response());
        auto const set = co_await company.client.results().write("res.partner", company.id,
                                                                 values("child_ids", commands::set(company.contacts)));
        CHECK(set.has_value());
        CHECK(co_await company.ids_in("child_ids") == company.contacts);
    });
}

TEST_CASE("create_once takes tags as commands that set them") {
    Company company;
    company.run([&]() -> asio::awaitable<void> {
        auto const record = values("name", "Chair Ltd", "category_id", commands::set(company.tags));
        RecordId const id = co_await company.client.create_once("res.partner", ExternalId("shop", "chair"), record);
        json const read = co_await company.client.read("res.partner", id, fields("category_id"));
        CHECK(read[0]["category_id"] == company.tags);
    });
}
