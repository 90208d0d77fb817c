// SPDX-License-Identifier: BSL-1.0
// The programs of docs/transactions.md: several dependent changes in one call.
#include "contract/seed_world.hpp"
#include "support/catch.hpp"

#include <zenoo_rpc/exceptions.hpp>

#include <optional>
#include <string>
#include <vector>

using namespace zenoo_rpc;
using namespace zenoo_rpc::tests;
using namespace std::chrono_literals;
using nlohmann::json;
using testing::Fault;

namespace {

/// Returns the names of the contacts of a company.
asio::awaitable<std::vector<std::string>> contacts_of(ZenooClient& client, RecordId company) {
    auto const contacts = client.model<ResPartner>().filter(field("parent_id") == company);
    std::vector<std::string> names;
    for (auto const& contact : co_await contacts.order_by("name").all()) names.push_back(contact.name);
    co_return names;
}

/// A list without braces, which g++ 12 miscompiles beside a co_await.
template <class... Each>
std::vector<std::string> names(Each... each) {
    std::vector<std::string> all;
    (all.emplace_back(each), ...);
    return all;
}

}  // namespace

TEST_CASE("transactions: a company and its contacts are created in one call and changed in one") {
    SeedWorld world;
    auto& client = world.client;
    world.run_as_admin([&]() -> asio::awaitable<void> {
        auto const contacts = commands::create(values("name", "Ada")).create(values("name", "Grace"));
        RecordId const company = co_await client.model<ResPartner>().create(
            values("name", "Desk Ltd", "is_company", true, "child_ids", contacts));
        CHECK(co_await contacts_of(client, company) == names("Ada", "Grace"));

        ResPartner const desk = co_await client.model<ResPartner>().get(company);
        RecordId const ada = desk.child_ids[0];
        RecordId const grace = desk.child_ids[1];
        Commands changes;
        changes.update(ada, values("name", "Ada King")).unlink(grace);
        for (std::string const name : {"Linus", "Margaret"}) changes.create(values("name", name));
        co_await client.write("res.partner", company, values("name", "Desk and Chair Ltd", "child_ids", changes));
        CHECK(co_await contacts_of(client, company) == names("Ada King", "Linus", "Margaret"));
    });
}

TEST_CASE("transactions: if one part of a call is rejected nothing is changed") {
    SeedWorld world;
    auto& client = world.client;
    world.run_as_admin([&]() -> asio::awaitable<void> {
        auto const contacts = commands::create(values("name", "Ada")).create(values("email", "nameless@example.com"));
        bool refused = false;
        try {
            co_await client.create("res.partner", values("name", "Desk Ltd", "child_ids", contacts));
        } catch (ValidationError const&) {
            refused = true;  // neither the company nor Ada has been created
        }
        CHECK(refused);
        auto const any = field("name") == "Desk Ltd" || field("name") == "Ada";
        CHECK_FALSE(co_await client.model<ResPartner>().filter(any).exists());
    });
}

TEST_CASE("transactions: a call that creates is sent again if a probe finds that it was not executed") {
    SeedWorld world;
    auto& client = world.client;
    client.setup_retry_manager({.strategy = ExponentialBackoff{}});
    bool const happens = GENERATE(true, false);
    world.run_as_admin([&]() -> asio::awaitable<void> {
        auto const contacts = commands::create(values("name", "Ada")).create(values("name", "Grace"));
        auto const desk = values("name", "Desk Ltd", "ref", "desk-17", "child_ids", contacts);

        auto const there = client.model<ResPartner>().filter(field("ref") == "desk-17");
        Probe const has_happened = [&there]() -> asio::awaitable<std::optional<json>> {
            std::vector<RecordId> const found = co_await there.search();
            if (found.empty()) co_return std::nullopt;
            co_return std::optional<json>{found.front()};
        };
        world.fail({happens ? Fault::drop_response() : Fault::bad_gateway(testing::Executed::no)});
        RecordId const company = co_await client.create("res.partner", desk, CallOptions().probe(has_happened));
        CHECK(co_await contacts_of(client, company) == names("Ada", "Grace"));
        CHECK(co_await there.count() == 1);
    });
}

TEST_CASE("transactions: without a probe a call that creates ends with an unknown outcome when its response is lost") {
    SeedWorld world;
    auto& client = world.client;
    client.setup_retry_manager({.strategy = ExponentialBackoff{}});
    world.run_as_admin([&]() -> asio::awaitable<void> {
        world.fail({Fault::drop_response()});
        auto const contacts = commands::create(values("name", "Ada"));
        auto const made =
            co_await client.results().create("res.partner", values("name", "Desk", "child_ids", contacts));
        CHECK(made.error().is<OutcomeUnknownError>());
        CHECK(co_await client.model<ResPartner>().filter(field("name") == "Ada").count() == 1);
    });
}

TEST_CASE("transactions: records that refer to each other by external ids can be created in steps") {
    SeedWorld world;
    auto& client = world.client;
    client.setup_retry_manager({.strategy = ExponentialBackoff{}});
    auto const import = [&]() -> asio::awaitable<RecordId> {
        ExternalId const desk{"shop", "desk"};
        RecordId const company = co_await client.create_once("res.partner", desk, values("name", "Desk Ltd"));
        co_await client.create_once("res.partner", ExternalId("shop", "ada"), values("name", "Ada", "parent_id", desk));
        co_return company;
    };
    world.run_as_admin([&]() -> asio::awaitable<void> {
        world.fail({Fault{}, Fault::drop_response(), Fault{}, Fault::drop_response()});
        RecordId const company = co_await import();
        CHECK(co_await import() == company);
        CHECK(co_await contacts_of(client, company) == names("Ada"));
    });
}
