// SPDX-License-Identifier: BSL-1.0
#include "integration/server_under_test.hpp"
#include "once/rng.hpp"
#include "support/bad_proxy.hpp"
#include "support/catch.hpp"

#include <zenoo_rpc/odoo/import_records.hpp>
#include <zenoo_rpc/odoo/url.hpp>
#include <zenoo_rpc/retry.hpp>

#include <list>
#include <ranges>
#include <set>

using namespace zenoo_rpc;
using namespace zenoo_rpc::tests;
using namespace std::chrono_literals;

namespace {

constexpr int contacts = 200;

asio::awaitable<void> import(ZenooClient& client, Account const& account, std::string const& name) {
    ExponentialBackoff const backoff{.max_attempts = 100, .base_delay = 2ms, .max_delay = 50ms};
    RetryPolicy const policy{.strategy = backoff};
    auto const log_in = [&] {
        return account.password.empty() ? client.login_with_api_key(account.database, account.user, account.api_key)
                                        : client.login(account.database, account.user, account.password);
    };
    co_await async_retry(policy, log_in);
    client.setup_retry_manager({.strategy = backoff});
    auto const records = std::views::iota(0, contacts) | std::views::transform([&](int number) {
                             auto const key = name + '_' + std::to_string(number);
                             return ImportRecord{ExternalId{"zenoo_rpc_test", key}, values("name", key, "ref", name)};
                         });
    auto const options = ImportOptions().batch_size(10);
    ImportReport const report = co_await import_records(client, "res.partner", records, options);
    CHECK(report.imported == contacts);
}

}  // namespace

TEST_CASE("contacts are created exactly once through a proxy that drops, resets, truncates and delays responses") {
    auto const seed = number_from("ZENOO_RPC_PROOF_SEED", std::random_device{}());
    INFO("ZENOO_RPC_PROOF_SEED=" << seed);
    ServersUnderTest const servers;
    std::set<std::string> urls;
    for (auto const& server : servers.endpoints()) {
        auto const& account = server->account;
        auto const address = parse_server_address(account.url);
        if (address.is_secure || !urls.insert(account.url).second) continue;
        INFO(server->name);
        auto const name = new_name();
        BadProxy const proxy{address.host, address.port, 0.4, seed};
        asio::io_context io;
        std::list<ZenooClient> clients;
        for (int i = 0; i < 2; ++i) {
            auto& client = clients.emplace_back(io.get_executor(), proxy.url());
            asio::co_spawn(io, import(client, account, name), [](std::exception_ptr error) {
                if (error) std::rethrow_exception(error);
            });
        }
        io.run();
        auto const domain = field("ref") == name;
        auto const found = server->run(server->client.search_read("res.partner", domain, fields("name")));
        std::set<std::string> names;
        std::vector<RecordId> ids;
        for (auto const& partner : found) {
            names.insert(partner.at("name").get<std::string>());
            ids.push_back(partner.at("id").get<RecordId>());
        }
        CHECK(found.size() == contacts);
        CHECK(names.size() == contacts);
        CHECK(proxy.faults() > 0);
        server->run(server->client.unlink("res.partner", ids));
    }
    CHECK_FALSE(urls.empty());
}
