// SPDX-License-Identifier: BSL-1.0
// The proof over sockets: importers on threads of their own, a proxy that ruins connections at any byte, and behind it
// a server with faults of its own.
#include "once/ledger.hpp"
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

/// What a request may meet at the server, at little cost of time: no conflict, after which one rests for a second.
FaultProfile quick_faults() {
    return {.name = "quick",
            .odds = {{0.05, Fault::drop_answer()},
                     {0.03, Fault::close_before_reading()},
                     {0.03, Fault::reset_connection()},
                     {0.03, Fault::truncate_answer()},
                     {0.03, Fault::delay_answer(20ms)},
                     {0.01, Fault::bad_gateway(Executed::no)},
                     {0.01, Fault::bad_gateway(Executed::yes)},
                     {0.01, Fault::service_unavailable(Executed::no)},
                     {0.01, Fault::gateway_timeout(Executed::yes)},
                     {0.005, Fault::refuse_connection(10ms)},
                     {0.005, Fault::database_down(10ms)}}};
}

/// A program's import, in a thread of its own.
class ImporterThread {
public:
    ImporterThread(std::string const& url, std::vector<PlannedRecord> const& plan, int batch)
        : ledger_{plan}, url_{url}, plan_{plan}, batch_{batch}, thread_{[this] { run(); }} {}
    ~ImporterThread() { join(); }

    void join() {
        if (thread_.joinable()) thread_.join();
    }
    Ledger const& ledger() const noexcept { return ledger_; }
    std::string const& trouble() const noexcept { return trouble_; }

private:
    void run() {
        asio::io_context io{1};
        ZenooClient client{io.get_executor(), url_, {.protocol = Protocol::json_rpc}};
        auto work = [&] { return import(client); };
        asio::co_spawn(io, work, [this](std::exception_ptr error) {
            if (error) trouble_ = Failure{error}.what();
        });
        io.run();
    }

    asio::awaitable<void> import(ZenooClient& client) {
        ExponentialBackoff const backoff{.max_attempts = 200, .base_delay = 1ms, .max_delay = 20ms};
        RetryPolicy const policy{.strategy = backoff};
        co_await async_retry(policy, [&] { return client.login("odoo19", "admin", "admin"); });
        client.setup_retry_manager({.strategy = backoff});
        auto const options = ImportOptions().batch_size(batch_).on_outcome(
            [this](ImportOutcome const& outcome) { ledger_.note(outcome.index, outcome.record); });
        auto const records = plan_ | std::views::transform([](auto const& planned) { return planned.record; });
        co_await import_records(client, "x.every.kind", records, options);
    }

    Ledger ledger_;
    std::string url_;
    std::vector<PlannedRecord> const& plan_;
    int batch_;
    std::string trouble_;
    std::thread thread_;  // last: it uses the rest
};

}  // namespace

TEST_CASE("records arrive exactly once through a proxy that drops, resets, cuts and delays, too", "[proof]") {
    auto const came_to = prove(1000, 300, [&](std::uint64_t seed) {
        Dice dice{seed};
        auto store = fresh_odoo19();
        store.add_model(proof_model());
        auto const plan = planned_records(dice, 300, 20, store);
        OdooSimulator odoo{{.faults = quick_faults(), .seed = seed, .keep_alive = dice.one_in(2)}, std::move(store)};
        BadProxy const proxy{"127.0.0.1", odoo.port(), 0.4, seed};
        std::list<ImporterThread> importers;
        for (int const batch : {7, 20, 50}) importers.emplace_back(proxy.url(), plan, batch);
        for (auto& importer : importers) importer.join();

        auto const stats = odoo.stats();
        auto complaints = odoo.with_store([&](OdooStore const& all) {
            auto wrong = complaints_of(all, stats, plan);
            for (auto const& importer : importers) {
                auto const told = importer.ledger().complaints(all);
                wrong.insert(wrong.end(), told.begin(), told.end());
                if (!importer.trouble().empty()) wrong.push_back(importer.trouble());
            }
            return wrong;
        });
        return ProofRound{plan.size(), stats.faults + proxy.faults(), std::move(complaints)};
    });
    std::cout << "over sockets: " << came_to << std::endl;
}
