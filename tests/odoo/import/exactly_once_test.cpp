// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"
#include "support/run.hpp"

#include <zenoo_rpc/odoo/client.hpp>
#include <zenoo_rpc/retry.hpp>
#include <zenoo_rpc/testing/simulated_transport.hpp>

#include <map>
#include <memory>
#include <string>
#include <vector>

using namespace zenoo_rpc;
using namespace zenoo_rpc::testing;
using namespace std::chrono_literals;
using zenoo_rpc::tests::World;

namespace {

/// Client of an in-memory Odoo with simulated network faults.
struct Line {
    World world;
    OdooServerCore odoo;
    ZenooClient client{world.io.get_executor(), std::make_shared<SimulatedTransport>(odoo, 30ms)};
    std::shared_ptr<CircuitBreaker> breaker = std::make_shared<CircuitBreaker>(
        CircuitBreakerOptions{.failure_threshold = 8, .recovery_timeout = 1s, .on_open = OnOpen::wait}, "Odoo");

    Line() {
        world.run(client.login("odoo19", "admin", "admin"));
        ExponentialBackoff const backoff{.max_attempts = 30, .base_delay = 100ms, .max_delay = 5s};
        client.setup_retry_manager({.strategy = backoff, .circuit_breaker = breaker, .collect_metrics = true});
    }
};

std::string key(int number) { return "customer_" + std::to_string(number); }

asio::awaitable<void> import_some(ZenooClient& client, int& next, int count, std::map<std::string, RecordId>& ids) {
    while (next < count) {
        auto const name = key(next++);
        ExternalId const id{"shop", name};
        RecordId const record = co_await client.create_once("res.partner", id, values("name", name, "ref", name));
        ids[name] = record;
    }
}

}  // namespace

TEST_CASE("create_once creates each record exactly once despite network faults") {
    auto const profile = GENERATE(as<std::string>{}, "flaky", "storm", "outage");
    constexpr std::uint64_t seed = 20261123;
    INFO("profile " << profile << ", seed " << seed);
    Line line;
    line.odoo.faults() = OdooFaults{*FaultProfile::named(profile), seed};

    constexpr int count = 400;
    int next = 0;
    std::map<std::string, RecordId> ids;
    std::vector<zenoo_rpc::tests::Running<void>> workers;
    for (int i = 0; i < 16; ++i) workers.push_back(line.world.start(import_some(line.client, next, count, ids)));
    line.world.time.run();

    for (auto& worker : workers) {
        CHECK(worker.ended());
        CHECK(worker.outcome().failure.what() == Failure{}.what());
    }
    CHECK(line.odoo.faults().injected() > 0);
    auto const stats = line.odoo.stats();
    CHECK(stats.created.at("res.partner") == count);
    CHECK(ids.size() == count);
    for (int i = 0; i < count; ++i) CHECK(stats.external_ids.at("shop." + key(i)).committed == 1);
}

TEST_CASE("a plain create whose response is lost is sent only once, whatever the retry settings") {
    Line line;
    line.odoo.faults().script(Fault::drop_response());
    auto const outcome = line.world.run(line.client.create("res.partner", values("name", "Ada")));
    CHECK(outcome.failure.is<OutcomeUnknownError>());
    CHECK(line.odoo.stats().created.at("res.partner") == 1);
    CHECK(line.client.retry_manager().get_metrics().total_attempts == 1);
}
