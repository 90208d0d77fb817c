// SPDX-License-Identifier: BSL-1.0
#include "odoo/fixtures/import_fixture.hpp"
#include "odoo/fixtures/recorded_outcomes.hpp"
#include "support/catch.hpp"
#include "support/temporary_file.hpp"

#include <zenoo_rpc/odoo/import_records.hpp>

#include <cstdio>
#include <dlfcn.h>
#include <filesystem>
#include <ranges>
#include <stdexcept>
#include <string>
#include <unistd.h>
#include <vector>

using namespace zenoo_rpc;
using namespace zenoo_rpc::tests;

namespace {

std::vector<std::string> disk_calls;

/// Checkpoint in memory.
struct Memory {
    ImportProgress progress;
    Checkpoint checkpoint() {
        return {.load = [this] { return progress; }, .save = [this](ImportProgress const& now) { progress = now; }};
    }
    ImportOptions options() { return ImportOptions().batch_size(10).checkpoint(checkpoint()); }
};

}  // namespace

/// Replacements of the C library's functions, which record the order of the calls.
extern "C" int fsync(int file) {
    static auto* const system = reinterpret_cast<int (*)(int)>(dlsym(RTLD_NEXT, "fsync"));
    disk_calls.emplace_back("fsync");
    return system(file);
}
extern "C" int rename(char const* from, char const* to) noexcept {
    static auto* const system = reinterpret_cast<int (*)(char const*, char const*)>(dlsym(RTLD_NEXT, "rename"));
    disk_calls.emplace_back("rename");
    return system(from, to);
}

TEST_CASE("a checkpoint is on disk before it replaces the previous one") {
    TemporaryFile const file{""};
    disk_calls.clear();
    checkpoint_file(file.path()).save({.settled = 7});
    CHECK(disk_calls == std::vector<std::string>{"fsync", "rename"});
    CHECK(checkpoint_file(file.path()).load().settled == 7);
}

TEST_CASE("an import continues at the checkpoint, and all records before it are settled") {
    ImportFixture shop;
    TemporaryFile const file{""};
    std::filesystem::remove(file.path());
    RecordedOutcomes recorded;
    int calls = 0;
    auto options = recorded.options().batch_size(10).checkpoint(checkpoint_file(file.path()));
    shop.line->instead = [&](nlohmann::json const&) {
        return ++calls == 17 ? fate::error("odoo.exceptions.AccessDenied", "") : Fate{};
    };
    CHECK(shop.world.run(import_records(shop.client, "res.partner", good_records(300), options)).failure);
    auto const settled = checkpoint_file(file.path()).load().settled;
    CHECK(settled >= 120);
    CHECK(settled <= recorded.imported.size());
    for (std::uint64_t i = 0; i < settled; ++i) CHECK(recorded.imported.contains(i));

    RecordedOutcomes recorded_next;
    options = recorded_next.options().batch_size(10).checkpoint(checkpoint_file(file.path()));
    auto const report = shop.world.run(import_records(shop.client, "res.partner", good_records(300), options));
    REQUIRE(report.value);
    CHECK(report.value->done_before == settled);
    CHECK(report.value->imported == 300 - settled);
    CHECK(shop.partners() == 300);
    CHECK(checkpoint_file(file.path()).load().settled == 300);

    auto const shorter = shop.world.run(import_records(shop.client, "res.partner", good_records(200), options));
    CHECK(contains(shorter.failure.what(), "300 records are settled, but the source has only 200"));
}

TEST_CASE("a checkpoint is saved after its records were reported") {
    ImportFixture shop;
    RecordedOutcomes recorded;
    int saved = 0;
    Checkpoint const checkpoint{.load = {}, .save = [&](ImportProgress const& progress) {
                                    ++saved;
                                    for (std::uint64_t i = 0; i < progress.settled; ++i)
                                        CHECK(recorded.imported.contains(i));
                                }};
    auto const options = recorded.options().batch_size(10).checkpoint(checkpoint);
    CHECK(shop.world.run(import_records(shop.client, "res.partner", good_records(100), options)).value);
    CHECK(saved > 0);
}

TEST_CASE("the error names a checkpoint file that cannot be read or written") {
    TemporaryFile const file{"something else\n"};
    CHECK_THROWS_WITH(
        checkpoint_file(file.path()).load(),
        file.path() + " is not a checkpoint file: expected \"zenoo_rpc checkpoint <records> <fingerprint>\"");
    CHECK(checkpoint_file("/no/such/directory/x").load() == ImportProgress{});
    CHECK_THROWS_WITH(checkpoint_file("/no/such/directory/x").save({1, 2}),
                      "cannot write checkpoint file /no/such/directory/x");
}

TEST_CASE("a checkpoint of other records or of another model is rejected, and nothing is sent") {
    ImportFixture shop;
    Memory memory;
    shop.world.run(import_records(shop.client, "res.partner", good_records(100), memory.options()));
    CHECK(memory.progress.settled == 100);
    auto const loads = shop.line->loads.size();
    auto const others = std::views::iota(std::size_t{1}, std::size_t{301}) | std::views::transform(good_record);
    auto const refused = [&](char const* model, RecordSource records) {
        auto const failure =
            shop.world.run(import_records(shop.client, model, std::move(records), memory.options())).failure;
        CHECK(failure.is<std::invalid_argument>());
        CHECK(contains(failure.what(), "the checkpoint does not match: the first 100 records have other external ids"));
    };
    refused("res.partner", others);
    refused("res.country", good_records(300));
    CHECK(shop.line->loads.size() == loads);
    // More records after the same ones are imported, in batches of any size.
    auto const more =
        shop.world.run(import_records(shop.client, "res.partner", good_records(300), memory.options().batch_size(7)));
    REQUIRE(more.value);
    CHECK(more.value->done_before == 100);
    CHECK(shop.partners() == 300);
}

TEST_CASE("a checkpoint without a fingerprint is accepted") {
    ImportFixture shop;
    Memory memory{{.settled = 40, .fingerprint = 0}};
    auto const report = shop.world.run(import_records(shop.client, "res.partner", good_records(100), memory.options()));
    REQUIRE(report.value);
    CHECK(report.value->done_before == 40);
    CHECK(shop.partners() == 60);
    CHECK(memory.progress.fingerprint != 0);
}
