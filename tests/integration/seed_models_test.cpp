// SPDX-License-Identifier: BSL-1.0
// The guide's examples with models, through every endpoint.
#include "integration/server_under_test.hpp"
#include "support/catch.hpp"

#include <zenoo_rpc.hpp>

#include <chrono>
#include <ranges>
#include <string>
#include <vector>

using namespace zenoo_rpc;
using namespace zenoo_rpc::tests;
using namespace std::chrono_literals;

namespace {

asio::awaitable<void> read_companies(ZenooClient& client) {
    auto const on_network = retry_on_exceptions<NetworkError, TimeoutError>({.max_attempts = 3, .base_delay = 2s});
    auto const network_sensitive_operation =
        decorate(on_network, [&] { return client.model<ResPartner>().filter(field("is_company") == true).all(); });
    std::vector<ResPartner> const companies = co_await network_sensitive_operation();
    CHECK_FALSE(companies.empty());

    auto const or_empty = retry_with_fallback({.max_attempts = 3}, std::vector<ResPartner>{});
    auto const get_partners_with_fallback =
        decorate(or_empty, [&] { return client.model<ResPartner>().filter(field("is_company") == true).all(); });
    std::vector<ResPartner> const partners = co_await get_partners_with_fallback();
    CHECK(partners.size() == companies.size());

    auto const bounded = retry_with_timeout({.max_attempts = 5, .base_delay = 1s, .total_timeout = 30s});
    std::vector<RecordId> const ids = co_await bounded([&] { return client.model<ResPartner>().search(); });
    CHECK(ids.size() >= partners.size());
}

asio::awaitable<void> create_partners(ZenooClient& client, std::string name) {
    auto const created = client.model<ResPartner>().filter(field("ref") == name);
    BulkRetryManager bulk_retry{{.max_attempts = 3, .base_delay = 2s, .partial_success_threshold = 0.8}};
    auto const operations =
        std::views::iota(0, 10) | std::views::transform([&](int i) {
            return [&client, &name, i] {
                return client.model<ResPartner>().create(values("name", "Partner " + std::to_string(i), "ref", name));
            };
        });
    auto const results = co_await bulk_retry.execute_bulk(operations);
    CHECK(results.successful.size() == 10);
    auto const count = co_await created.count();
    CHECK(count == 10);

    ResPartner const last = co_await client.model<ResPartner>().get(results.successful.back().value);
    CHECK(last.name == "Partner 9");
    auto const cache = client.cache_manager();
    auto const degrading = cache.cached("partner of " + name, CacheTimes{.time_to_live = 0s, .stale_if_error = 1h});
    auto const read = [&] { return client.model<ResPartner>().get(last.id); };
    ResPartner const kept = co_await degrading(read);
    CHECK(kept == last);
    co_await created.unlink();
}

}  // namespace

TEST_CASE("companies are read with retries, a fallback and a limit, as in the guide") {
    ServersUnderTest const servers;
    for (auto const& server : servers.endpoints()) {
        INFO(server->name);
        server->run(read_companies(server->client));
    }
}

TEST_CASE("partners are created in bulk and kept in the cache, as in the guide") {
    ServersUnderTest const servers;
    for (auto const& server : servers.endpoints()) {
        INFO(server->name);
        server->run(create_partners(server->client, new_name()));
    }
}
