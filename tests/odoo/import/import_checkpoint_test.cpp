// SPDX-License-Identifier: BSL-1.0
#include "odoo/fixtures/shop.hpp"
#include "odoo/fixtures/told.hpp"
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

std::vector<std::string> asked_of_disk;

/// A checkpoint in memory.
struct Memory {
    ImportProgress progress;
    Checkpoint checkpoint() {
        return {.load = [this] { return progress; }, .save = [this](ImportProgress const& now) { progress = now; }};
    }
    ImportOptions options() { return ImportOptions().batch_size(10).checkpoint(checkpoint()); }
};

}  // namespace

/// Stand before those of the C library, to see the order of what is asked of the disk.
extern "C" int fsync(int file) {
    static auto* const system = reinterpret_cast<int (*)(int)>(dlsym(RTLD_NEXT, "fsync"));
    asked_of_disk.emplace_back("fsync");
    return system(file);
}
extern "C" int rename(char const* from, char const* to) noexcept {
    static auto* const system = reinterpret_cast<int (*)(char const*, char const*)>(dlsym(RTLD_NEXT, "rename"));
    asked_of_disk.emplace_back("rename");
    return system(from, to);
}

TEST_CASE("a checkpoint has reached the disk before it takes the place of the last one") {
    TemporaryFile const file{""};
    asked_of_disk.clear();
    checkpoint_file(file.path()).save({.settled = 7});
    CHECK(asked_of_disk == std::vector<std::string>{"fsync", "rename"});
    CHECK(checkpoint_file(file.path()).load().settled == 7);
}

TEST_CASE("an import goes on where the checkpoint says, which is behind no record that is not settled") {
    Shop shop;
    TemporaryFile const file{""};
    std::filesystem::remove(file.path());
    Told told;
    int calls = 0;
    auto options = told.options().batch_size(10).checkpoint(checkpoint_file(file.path()));
    shop.line->instead = [&](nlohmann::json const&) {
        return ++calls == 17 ? fate::error("odoo.exceptions.AccessDenied", "") : Fate{};
    };
    CHECK(shop.world.run(import_records(shop.client, "res.partner", good_records(300), options)).failure);
    auto const settled = checkpoint_file(file.path()).load().settled;
    CHECK(settled >= 120);
    CHECK(settled <= told.imported.size());
    for (std::uint64_t i = 0; i < settled; ++i) CHECK(told.imported.contains(i));

    Told told_next;
    options = told_next.options().batch_size(10).checkpoint(checkpoint_file(file.path()));
    auto const report = shop.world.run(import_records(shop.client, "res.partner", good_records(300), options));
    REQUIRE(report.value);
    CHECK(report.value->skipped == settled);
    CHECK(report.value->imported == 300 - settled);
    CHECK(shop.partners() == 300);
    CHECK(checkpoint_file(file.path()).load().settled == 300);

    auto const shorter = shop.world.run(import_records(shop.client, "res.partner", good_records(200), options));
    CHECK(contains(shorter.failure.what(), "300 records are settled, but there are 200"));
}

TEST_CASE("a checkpoint is saved after its records were told") {
    Shop shop;
    Told told;
    int saved = 0;
    Checkpoint const checkpoint{.load = {}, .save = [&](ImportProgress const& progress) {
                                    ++saved;
                                    for (std::uint64_t i = 0; i < progress.settled; ++i)
                                        CHECK(told.imported.contains(i));
                                }};
    auto const options = told.options().batch_size(10).checkpoint(checkpoint);
    CHECK(shop.world.run(import_records(shop.client, "res.partner", good_records(100), options)).value);
    CHECK(saved > 0);
}

TEST_CASE("a checkpoint that cannot be read or written is named") {
    TemporaryFile const file{"something else\n"};
    CHECK_THROWS_WITH(checkpoint_file(file.path()).load(), file.path() + " is not a checkpoint of an import");
    CHECK(checkpoint_file("/no/such/directory/x").load() == ImportProgress{});
    CHECK_THROWS_WITH(checkpoint_file("/no/such/directory/x").save({1, 2}),
                      "cannot write the checkpoint /no/such/directory/x");
}

TEST_CASE("a checkpoint of other records, or of another model, is refused, and nothing is sent") {
    Shop shop;
    Memory memory;
    shop.world.run(import_records(shop.client, "res.partner", good_records(100), memory.options()));
    CHECK(memory.progress.settled == 100);
    auto const loads = shop.line->loads.size();
    auto const others = std::views::iota(std::size_t{1}, std::size_t{301}) | std::views::transform(good_record);
    auto const refused = [&](char const* model, RecordSource records) {
        auto const failure =
            shop.world.run(import_records(shop.client, model, std::move(records), memory.options())).failure;
        CHECK(failure.is<std::invalid_argument>());
        CHECK(
            contains(failure.what(), "the checkpoint says that other records are settled, or those of another model"));
    };
    refused("res.partner", others);
    refused("res.country", good_records(300));
    CHECK(shop.line->loads.size() == loads);
    // More of the same go on, in batches of whatever size.
    auto const more =
        shop.world.run(import_records(shop.client, "res.partner", good_records(300), memory.options().batch_size(7)));
    REQUIRE(more.value);
    CHECK(more.value->skipped == 100);
    CHECK(shop.partners() == 300);
}

TEST_CASE("a checkpoint without a fingerprint is believed") {
    Shop shop;
    Memory memory{{.settled = 40, .fingerprint = 0}};
    auto const report = shop.world.run(import_records(shop.client, "res.partner", good_records(100), memory.options()));
    REQUIRE(report.value);
    CHECK(report.value->skipped == 40);
    CHECK(shop.partners() == 60);
    CHECK(memory.progress.fingerprint != 0);
}
