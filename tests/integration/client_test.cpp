// SPDX-License-Identifier: BSL-1.0
#include "integration/server_under_test.hpp"
#include "support/catch.hpp"

#include <zenoo_rpc/exceptions.hpp>
#include <zenoo_rpc/retry.hpp>

#include <algorithm>
#include <string>
#include <vector>

using namespace zenoo_rpc;
using namespace std::chrono_literals;
using namespace zenoo_rpc::tests;
using nlohmann::json;

namespace {

/// Runs `work` with each endpoint.
template <class Work>
void at_each_endpoint(Work work) {
    ServersUnderTest const servers;
    REQUIRE_FALSE(servers.endpoints().empty());
    for (auto const& server : servers.endpoints()) {
        INFO(server->name);
        work(*server);
    }
}

asio::awaitable<RecordId> create_once(ZenooClient& client, std::string name) {
    ExternalId const id{"zenoo_rpc_test", name};
    RecordId const record = co_await client.create_once("res.partner", id, values("name", name));
    co_return record;
}

}  // namespace

TEST_CASE("a server reports its version and its health") {
    at_each_endpoint([](Endpoint& server) {
        CHECK(server.major_version() >= 14);
        CHECK(server.run(server.client.health()));
        auto const databases = server.run([](ZenooClient& client) -> asio::awaitable<std::vector<std::string>> {
            Result<std::vector<std::string>> const names = co_await client.results().database_list();
            bool const is_listable = names || !names.error().is<AccessError>();
            co_return is_listable ? names.value() : std::vector<std::string>{};
        }(server.client));
        bool const is_listed = std::ranges::find(databases, server.account.database) != databases.end();
        CHECK((databases.empty() || is_listed));
    });
}

TEST_CASE("a record is created, read, found, changed and deleted") {
    at_each_endpoint([](Endpoint& server) {
        auto& client = server.client;
        auto const name = new_name() + " \u00e9\u4f60\U0001F600 \"'<&>\\";
        auto work = [&]() -> asio::awaitable<void> {
            RecordId const id = co_await client.create("res.partner", values("name", name, "ref", "a"));
            json const read = co_await client.read("res.partner", id, fields("name", "ref"));
            CHECK(read.at(0).at("name") == name);
            co_await client.write("res.partner", id, values("ref", "b", "active", false));
            std::vector<RecordId> const active = co_await client.search("res.partner", field("name") == name);
            CHECK(active.empty());
            auto archived = client.with_context(values("active_test", false));
            std::vector<RecordId> const all = co_await archived.search("res.partner", field("name") == name);
            CHECK(all == std::vector<RecordId>{id});
            json const found = co_await archived.search_read("res.partner", field("name") == name, fields("ref"),
                                                             SearchOptions().limit(1).order("id"));
            CHECK(found.at(0).at("ref") == "b");
            co_await client.unlink("res.partner", id);
            json const gone = co_await client.read("res.partner", id, fields("name"));
            CHECK(gone == json::array());
        };
        server.run(work());
    });
}

TEST_CASE("many records are created by one call and deleted with named arguments") {
    at_each_endpoint([](Endpoint& server) {
        auto& client = server.client;
        auto const records = json::array({json{{"name", new_name()}}, json{{"name", new_name()}}});
        auto work = [&]() -> asio::awaitable<void> {
            json args = json::array();
            args.push_back(records);
            json const ids = co_await client.execute_kw("res.partner", "create", args);
            CHECK(ids.size() == 2);
            json kwargs = json::object();
            kwargs["ids"] = ids;
            json const count = co_await client.execute_kw("res.partner", "unlink", json::array(), kwargs);
            CHECK(count == true);
        };
        server.run(work());
    });
}

TEST_CASE("create_once creates one record, however often and through however many clients it is called") {
    at_each_endpoint([](Endpoint& server) {
        auto const name = new_name();
        FixedDelayStrategy const patient{.max_attempts = 10, .delay = 100ms};
        server.client.setup_retry_manager({.strategy = patient});
        std::vector<std::future<RecordId>> calls;
        for (int i = 0; i < 4; ++i) {
            calls.push_back(asio::co_spawn(server.io, create_once(server.client, name), asio::use_future));
        }
        RecordId const id = server.run(create_once(server.client, name));
        for (auto& call : calls) CHECK(call.get() == id);
        auto work = [&]() -> asio::awaitable<void> {
            std::vector<RecordId> const found = co_await server.client.search("res.partner", field("name") == name);
            CHECK(found == std::vector<RecordId>{id});
            co_await server.client.unlink("res.partner", id);
        };
        server.run(work());
    });
}

TEST_CASE("a repeated create_once keeps later changes of a record, and upsert overwrites them") {
    at_each_endpoint([](Endpoint& server) {
        auto& client = server.client;
        auto const name = new_name();
        auto const name_now = [&](RecordId id) -> asio::awaitable<json> {
            json const read = co_await client.read("res.partner", id, fields("name"));
            co_return read.at(0).at("name");
        };
        auto work = [&]() -> asio::awaitable<void> {
            RecordId const id = co_await create_once(client, name);
            co_await client.write("res.partner", id, values("name", name + " changed"));
            RecordId const again = co_await create_once(client, name);
            CHECK(again == id);
            json const kept = co_await name_now(id);
            CHECK(kept == name + " changed");
            ExternalId const key{"zenoo_rpc_test", name};
            RecordId const same = co_await client.upsert("res.partner", key, values("name", name));
            CHECK(same == id);
            json const overwritten = co_await name_now(id);
            CHECK(overwritten == name);
            co_await client.unlink("res.partner", id);
        };
        server.run(work());
    });
}

TEST_CASE("a rejection by the server has the exception class of its reason") {
    at_each_endpoint([](Endpoint& server) {
        auto& client = server.client;
        constexpr RecordId missing_id = 2'000'000'000;
        auto const missing = server.failure_of(client.write("res.partner", missing_id, values("name", "x")));
        CHECK(missing.is<MissingError>());
        CHECK(missing.delivery() == Delivery::rejected);
        CHECK(server.failure_of(client.unlink("res.partner", missing_id)).is<MissingError>());
        CHECK(server.failure_of(client.create("res.partner", values("email", "x"))).is<ValidationError>());
        CHECK(server.failure_of(client.execute_kw("res.partner", "no_such_method")).is<MethodNotFoundError>());
        CHECK(server.failure_of(client.execute_kw("res.partner", "_compute_display_name")).is<AccessError>());
        auto const unknown_field = server.failure_of(client.search("res.partner", field("nosuch") == 1));
        CHECK(unknown_field.is<ServerError>());
        CHECK_FALSE(unknown_field.transient());
        auto const unknown_model = server.failure_of(client.search("no.such"));
        CHECK((unknown_model.is<UserError>() || unknown_model.is<MethodNotFoundError>()));
    });
}

TEST_CASE("a wrong password or API key is an AuthenticationError") {
    at_each_endpoint([](Endpoint& server) {
        ZenooClient stranger{server.io.get_executor(), server.account.url,
                             Endpoint::options(server.account, Protocol::automatic)};
        auto const by_password =
            server.failure_of(stranger.login(server.account.database, server.account.user, "open"));
        CHECK(by_password.is<AuthenticationError>());
        auto const by_key =
            server.failure_of(stranger.login_with_api_key(server.account.database, server.account.user, "open-sesame"));
        CHECK(by_key.is<AuthenticationError>());
        CHECK(server.failure_of(stranger.read("res.partner", 1)).is<AuthenticationError>());
        CHECK(server.failure_of(stranger.login("no_such_database", "admin", "open")).is<ServerError>());
    });
}
