// SPDX-License-Identifier: BSL-1.0
// The proof with processes: importers are killed by SIGKILL and started again, then the server's records are checked.
#include "once/proof.hpp"
#include "once/rng.hpp"
#include "program.hpp"
#include "support/catch.hpp"

#include <zenoo_rpc/testing/odoo_journal.hpp>

#include <filesystem>
#include <iostream>
#include <memory>

using namespace zenoo_rpc;
using namespace zenoo_rpc::tests;

namespace {

/// A row of the file, and its expected outcome.
struct Row {
    std::string key;
    std::string name;
    std::string email;
    std::string country;
    bool is_good() const { return !name.empty() && country != "zz"; }
};

std::vector<Row> random_rows(Rng& rng, std::size_t count) {
    std::vector<Row> rows;
    for (std::size_t i = 0; i < count; ++i) {
        auto const number = std::to_string(i);
        Row row{"c-" + number, "Contact, \"" + number + "\" \u00e9", number + "@example.com", ""};
        if (rng.one_in(2)) row.country = rng.one_in(2) ? "be" : "fr";
        if (rng.one_in(30)) row.name.clear();    // rejected by the program
        if (rng.one_in(30)) row.country = "zz";  // rejected by the server
        rows.push_back(std::move(row));
    }
    return rows;
}

std::string csv_of(std::vector<Row> const& rows) {
    std::string csv = "key,name,email,country\n";
    for (auto const& row : rows) {
        std::string name;
        for (char const c : row.name) name += c == '"' ? "\"\"" : std::string(1, c);
        csv += row.key + ",\"" + name + "\"," + row.email + ',' + row.country + '\n';
    }
    return csv;
}

/// An importer with its own checkpoint, restarted in as many processes as necessary.
class Importer {
public:
    Importer(std::string const& csv, std::string const& url, int batch) {
        std::filesystem::remove(checkpoint_.path());
        arguments_ = {csv,        "--url",           url, "--batch", std::to_string(batch), "--concurrency", "3",
                      "--resume", checkpoint_.path()};
        start();
    }

    bool is_running() { return process_->is_running(); }
    void kill_and_start() {
        process_->kill();
        output_ += process_->wait().output;
        start();
    }
    /// Waits for the end; starts the importer again if it could not log in, up to five times.
    Ended wait() {
        constexpr int not_begun = 2;
        auto ended = process_->wait();
        for (int again = 0; ended.status == not_begun && again < 5; ++again) {
            start();
            ended = process_->wait();
        }
        output_ += ended.output;
        return ended;
    }
    /// Returns the output of all its processes.
    std::string const& output() const noexcept { return output_; }

private:
    void start() { process_ = std::make_unique<Program>("import_contacts", arguments_, "admin"); }

    TemporaryFile checkpoint_{""};
    std::vector<std::string> arguments_;
    std::unique_ptr<Program> process_;
    std::string output_;
};

std::vector<std::string> problems_in(std::string const& journal, std::vector<Row> const& rows) {
    testing::OdooServerCore odoo;
    testing::OdooJournal const replayed{journal, odoo};
    auto const& store = odoo.store();
    auto const stats = odoo.stats();
    std::vector<std::string> all;
    std::size_t good = 0;
    for (auto const& row : rows) {
        auto const found = store.resolve("contacts." + row.key);
        if (found.has_value() != row.is_good())
            all.push_back(row.key + (found ? " is invalid but exists" : " is lost"));
        if (!found) continue;
        ++good;
        if (stats.external_ids.at("contacts." + row.key).committed != 1) all.push_back(row.key + " is duplicated");
        auto const& partner = *store.find("res.partner", found->id);
        nlohmann::json const country =
            row.country.empty() ? nlohmann::json() : nlohmann::json(store.resolve("base." + row.country)->id);
        bool const is_same = testing::value_of(partner, "name") == row.name
                             && testing::value_of(partner, "email") == row.email
                             && testing::value_of(partner, "country_id") == country;
        if (!is_same) all.push_back(row.key + " has other values: " + nlohmann::json(partner).dump());
    }
    if (stats.created.at("res.partner") != good) all.emplace_back("there are unexpected partners");
    return all;
}

}  // namespace

TEST_CASE("contacts are created exactly once although importers are killed at any moment", "[proof]") {
    int kills = 0;
    auto const total = prove(400, 100, [&](std::uint64_t seed) {
        Rng rng{seed};
        auto const rows = random_rows(rng, 200);
        TemporaryFile const csv{csv_of(rows)};
        TemporaryFile const state{""};
        auto simulator = std::make_unique<SimulatorProgram>(
            std::vector<std::string>{"--state", state.path(), "--faults", "flaky", "--seed", std::to_string(seed)});
        auto requests = [&] { return simulator->stats()["requests"].get<std::uint64_t>(); };

        std::vector<std::unique_ptr<Importer>> importers;
        for (int i = 0; i < 3; ++i) {
            auto const batch = static_cast<int>(rng.between(1, 10));
            importers.push_back(std::make_unique<Importer>(csv.path(), simulator->url(), batch));
        }
        for (int i = 0; i < 6; ++i) {
            auto& victim = *importers[rng.below(importers.size())];
            auto const moment = requests() + rng.below(40);
            while (victim.is_running() && requests() < moment) {
            }
            if (!victim.is_running()) continue;
            victim.kill_and_start();
            ++kills;
        }
        for (auto const& importer : importers) {
            auto const ended = importer->wait();
            INFO(ended.output);
            CHECK(ended.says("200 rows, 0 lost, 0 duplicated"));
            for (std::size_t i = 0; i < rows.size(); ++i) {
                auto const line = "line " + std::to_string(i + 2) + ": ";
                bool const is_reported = importer->output().find(line) != std::string::npos;
                if (is_reported == rows[i].is_good()) FAIL(line << (is_reported ? "was rejected" : "was not reported"));
            }
        }
        auto const faults = simulator->stats()["faults"].get<std::uint64_t>();
        simulator->kill();
        return ProofRound{rows.size(), faults, problems_in(state.path(), rows)};
    });
    std::cout << "with processes: " << total << ", " << kills << " importers killed" << std::endl;
}
