// SPDX-License-Identifier: BSL-1.0
// Imports with some bad records: these are found and reported, and the others are imported.
#include "odoo/fixtures/import_fixture.hpp"
#include "odoo/fixtures/recorded_outcomes.hpp"
#include "support/catch.hpp"

#include <zenoo_rpc/exceptions.hpp>
#include <zenoo_rpc/odoo/import_records.hpp>
#include <zenoo_rpc/retry.hpp>

#include <algorithm>
#include <bit>
#include <random>
#include <set>

using namespace zenoo_rpc;
using namespace std::chrono_literals;
using namespace zenoo_rpc::tests;
using nlohmann::json;

namespace {

bool has_any_of(json const& rows, std::set<std::string> const& ids) {
    for (auto const& row : rows) {
        if (ids.contains(row[0].get<std::string>())) return true;
    }
    return false;
}

std::set<std::string> ids_of(std::set<std::uint64_t> const& numbers) {
    std::set<std::string> ids;
    for (auto const number : numbers) ids.insert("shop." + record_key(number));
    return ids;
}

/// Returns the number of calls that import all of `n` records except the bad ones, which the server does not name.
std::size_t calls_of_import(std::size_t n, std::set<std::uint64_t> const& bad) {
    ImportFixture shop;
    RecordedOutcomes recorded;
    auto const bad_ids = ids_of(bad);
    shop.line->instead = [&](json const& rows) {
        return has_any_of(rows, bad_ids) ? fate::error("odoo.exceptions.UserError", "One of you is bad") : Fate{};
    };
    auto const report = shop.world.run(import_records(shop.client, "res.partner", good_records(n), recorded.options()));
    CHECK(report.value->imported == n - bad.size());
    CHECK(report.value->failed == bad.size());
    for (auto const number : bad) CHECK(contains(recorded.failed.at(number), "One of you is bad"));
    return shop.line->loads.size();
}

}  // namespace

TEST_CASE("a bad record does not affect the others, and is reported with its reason") {
    ImportFixture shop;
    RecordedOutcomes recorded;
    std::vector<ImportRecord> records;
    for (std::size_t i = 0; i < 40; ++i) {
        records.push_back(i % 10 == 3   ? record_of_nowhere(i)
                          : i % 10 == 7 ? ImportRecord{ExternalId{"shop", record_key(i)}, values("color", "red")}
                                        : good_record(i));
    }
    auto const report = shop.world.run(import_records(shop.client, "res.partner", records, recorded.options()));
    CHECK(report.value->imported == 32);
    CHECK(report.value->failed == 8);
    CHECK(shop.partners() == 32);
    CHECK(contains(recorded.failed.at(3), "record shop.c3, field country_id: "));
    CHECK(contains(recorded.failed.at(7), "record shop.c7, field color: expected an integer"));
}

TEST_CASE("a batch is split in no more calls than bisection needs, whichever records are bad") {
    auto const seed = GENERATE(range(1U, 41U));
    std::mt19937 random{seed};
    auto const n = std::uniform_int_distribution<std::size_t>{1, 64}(random);
    auto const k =
        std::uniform_int_distribution<std::size_t>{0, std::min<std::size_t>(n, seed % 4 == 0 ? n : 4)}(random);
    std::set<std::uint64_t> bad;
    while (bad.size() < k) bad.insert(std::uniform_int_distribution<std::uint64_t>{0, n - 1}(random));
    INFO("seed " << seed << ", " << k << " of " << n << " are bad");
    auto const calls = calls_of_import(n, bad);
    CHECK(calls <= 1 + 2 * k * std::bit_width(n - 1));
    CHECK(calls <= 2 * n - 1);
}

TEST_CASE("one bad record is found by bisection at any position") {
    for (std::size_t const n : {2U, 3U, 5U, 8U, 33U, 64U, 100U}) {
        std::size_t most = 0;
        for (std::size_t place = 0; place < n; ++place) most = std::max(most, calls_of_import(n, {place}));
        INFO(n << " records");
        CHECK(most == 1 + 2 * static_cast<std::size_t>(std::bit_width(n - 1)));
    }
}

TEST_CASE("a record that kills its worker is found, and the others are imported") {
    ImportFixture shop;
    shop.client.setup_retry_manager({.strategy = FixedDelayStrategy{.max_attempts = 3, .delay = 1s}});
    RecordedOutcomes recorded;
    std::set<std::uint64_t> const deadly{13};
    shop.line->instead = [&](json const& rows) { return has_any_of(rows, ids_of(deadly)) ? fate::lost() : Fate{}; };
    auto const options = recorded.options().batch_size(32).max_concurrency(1);
    auto const report = shop.world.run(import_records(shop.client, "res.partner", good_records(100), options));
    REQUIRE(report.value);
    CHECK(report.value->imported == 99);
    CHECK(recorded.failed.size() == 1);
    CHECK(recorded.failed.contains(13));
}

TEST_CASE("a batch that gets a gateway error is sent again in halves, and later batches are no larger") {
    ImportFixture shop;
    shop.client.setup_retry_manager({.strategy = FixedDelayStrategy{.max_attempts = 5, .delay = 1s}});
    shop.line->instead = [](json const& rows) { return rows.size() > 25 ? fate::status(502) : Fate{}; };
    auto const options = ImportOptions().max_concurrency(1);
    auto const report = shop.world.run(import_records(shop.client, "res.partner", good_records(200), options));
    REQUIRE(report.value);
    CHECK(report.value->imported == 200);
    // Each batch is sent a second time before it is halved; after a success with 25 records, the next has 50.
    std::vector<std::size_t> const first{100, 100, 50, 50, 25, 25, 50, 50, 25, 25};
    std::vector<std::size_t> const later{50, 50, 25, 25, 50, 50, 25, 25};
    auto expected = first;
    expected.insert(expected.end(), later.begin(), later.end());
    CHECK(shop.line->loads == expected);
}

TEST_CASE("the second of two records with the same external id in a batch is reported as failed") {
    ImportFixture shop;
    std::vector<ImportRecord> const records{good_record(0), good_record(1), good_record(0)};
    std::vector<ImportOutcome> recorded;
    auto const options = ImportOptions().on_outcome([&](ImportOutcome const& outcome) { recorded.push_back(outcome); });
    auto const report = shop.world.run(import_records(shop.client, "res.partner", records, options));
    CHECK(report.value->imported == 2);
    CHECK(report.value->failed == 1);
    REQUIRE(recorded.size() == 3);
    CHECK(recorded[2].record.error().is<ValidationError>());
    CHECK(recorded[2].record.error().what() == "record shop.c0: duplicate external id in this batch");
    CHECK(shop.partners() == 2);
}
