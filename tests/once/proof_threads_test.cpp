// SPDX-License-Identifier: BSL-1.0
// The proof over sockets: importers in their own threads, a proxy that breaks connections at any byte, and behind it a
// server with its own faults.
#include "once/audit_log.hpp"
#include "once/proof.hpp"
#include "once/random_records.hpp"
#include "support/bad_proxy.hpp"
#include "support/catch.hpp"

#include <zenoo_rpc/odoo/import_records.hpp>
#include <zenoo_rpc/retry.hpp>
#include <zenoo_rpc/testing/odoo_simulator.hpp>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include <iostream>
#include <list>
#include <ranges>
#include <thread>

using namespace zenoo_rpc;
using namespace zenoo_rpc::testing;
using namespace zenoo_rpc::tests;
using namespace std::chrono_literals;

namespace {

/// Faults of the server that cost little time. There are no conflicts, because each has a backoff of a second.
FaultProfile quick_faults() {
    return {.name = "quick",
            .odds = {{0.05, Fault::drop_response()},
                     {0.03, Fault::close_before_reading()},
                     {0.03, Fault::reset_connection()},
                     {0.03, Fault::truncate_response()},
                     {0.03, Fault::delay_response(20ms)},
                     {0.01, Fault::bad_gateway(Executed::no)},
                     {0.01, Fault::bad_gateway(Executed::yes)},
                     {0.01, Fault::service_unavailable(Executed::no)},
                     {0.01, Fault::gateway_timeout(Executed::yes)},
                     {0.005, Fault::refuse_connection(10ms)},
                     {0.005, Fault::database_down(10ms)}}};
}

/// Import of one program, in its own thread.
class ImporterThread {
public:
    ImporterThread(std::string const& url, std::vector<PlannedRecord> const& plan, int batch)
        : audit_log_{plan}, url_{url}, plan_{plan}, batch_{batch}, thread_{[this] { run(); }} {}
    ~ImporterThread() { join(); }

    void join() {
        if (thread_.joinable()) thread_.join();
    }
    AuditLog const& audit_log() const noexcept { return audit_log_; }
    std::string const& failure() const noexcept { return failure_; }

private:
    void run() {
        asio::io_context io{1};
        ZenooClient client{io.get_executor(), url_, {.protocol = Protocol::json_rpc}};
        auto work = [&] { return import(client); };
        asio::co_spawn(io, work, [this](std::exception_ptr error) {
            if (error) failure_ = Failure{error}.what();
        });
        io.run();
    }

    asio::awaitable<void> import(ZenooClient& client) {
        ExponentialBackoff const backoff{.max_attempts = 200, .base_delay = 1ms, .max_delay = 20ms};
        RetryPolicy const policy{.strategy = backoff};
        co_await async_retry(policy, [&] { return client.login("odoo19", "admin", "admin"); });
        client.setup_retry_manager({.strategy = backoff});
        auto const options = ImportOptions().batch_size(batch_).on_outcome(
            [this](ImportOutcome const& outcome) { audit_log_.note(outcome.index, outcome.record); });
        auto const records = plan_ | std::views::transform([](auto const& planned) { return planned.record; });
        co_await import_records(client, "x.every.kind", records, options);
    }

    AuditLog audit_log_;
    std::string url_;
    std::vector<PlannedRecord> const& plan_;
    int batch_;
    std::string failure_;
    std::thread thread_;  // last: it uses the other members
};

}  // namespace

TEST_CASE("records are created exactly once through a proxy that drops, resets, truncates and delays", "[proof]") {
    auto const result = prove(1000, 300, [&](std::uint64_t seed) {
        Rng rng{seed};
        auto store = fresh_odoo19();
        store.add_model(proof_model());
        auto const plan = planned_records(rng, 300, 20, store);
        OdooSimulator odoo{{.faults = quick_faults(), .seed = seed, .keep_alive = rng.one_in(2)}, std::move(store)};
        BadProxy const proxy{"127.0.0.1", odoo.port(), 0.4, seed};
        std::list<ImporterThread> importers;
        for (int const batch : {7, 20, 50}) importers.emplace_back(proxy.url(), plan, batch);
        for (auto& importer : importers) importer.join();

        auto const stats = odoo.stats();
        auto problems = odoo.with_store([&](OdooStore const& all) {
            auto wrong = problems_in(all, stats, plan);
            for (auto const& importer : importers) {
                auto const reported = importer.audit_log().problems(all);
                wrong.insert(wrong.end(), reported.begin(), reported.end());
                if (!importer.failure().empty()) wrong.push_back(importer.failure());
            }
            return wrong;
        });
        return ProofRound{plan.size(), stats.faults + proxy.faults(), std::move(problems)};
    });
    std::cout << "over sockets: " << result << std::endl;
}
