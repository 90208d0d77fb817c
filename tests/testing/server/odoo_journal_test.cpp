// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"
#include "support/odoo_call.hpp"

#include <zenoo_rpc/testing/odoo_journal.hpp>

#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <stdlib.h>
#include <string>
#include <unistd.h>

using namespace zenoo_rpc::testing;
using namespace zenoo_rpc::tests;

namespace {

/// An empty temporary file, deleted by the destructor.
struct TemporaryFile {
    std::filesystem::path path;

    TemporaryFile() {
        std::string pattern = (std::filesystem::temp_directory_path() / "zenoo_rpc_journal_XXXXXX").string();
        int const descriptor = mkstemp(pattern.data());
        REQUIRE(descriptor >= 0);
        close(descriptor);
        path = pattern;
    }
    ~TemporaryFile() { std::filesystem::remove(path); }
};

json create(OdooServerCore& core, std::string const& name) {
    return load_once(core, "res.partner", {"id", "name"}, json::array({json::array({"__t__." + name, name})}));
}

}  // namespace

TEST_CASE("committed changes and their counters are restored after a restart") {
    TemporaryFile const file;
    json first;
    {
        OdooServerCore core;
        OdooJournal const journal(file.path, core);
        CHECK(journal.replayed() == 0);
        first = create(core, "ada");
        create(core, "bob");
        call(core, "res.partner", "unlink", json::array({core.store().resolve("__t__.bob")->id}));
        error_of(core, "res.partner", "create", json::array({{{"email", "no name"}}}));
    }
    OdooServerCore core;
    OdooJournal const journal(file.path, core);
    CHECK(journal.replayed() == 3);
    CHECK(create(core, "ada") == first);
    CHECK_FALSE(core.store().resolve("__t__.bob"));
    CHECK(core.stats().external_ids.at("__t__.ada").committed == 1);
    CHECK(core.stats().created.at("res.partner") == 2);
}

TEST_CASE("an incomplete last line is dropped and the journal continues from there") {
    TemporaryFile const file;
    {
        OdooServerCore core;
        OdooJournal const journal(file.path, core);
        create(core, "ada");
        create(core, "bob");
    }
    std::filesystem::resize_file(file.path, std::filesystem::file_size(file.path) - 5);
    {
        OdooServerCore core;
        OdooJournal const journal(file.path, core);
        CHECK(journal.replayed() == 1);
        CHECK_FALSE(core.store().resolve("__t__.bob"));
        create(core, "cleo");
    }
    OdooServerCore core;
    OdooJournal const journal(file.path, core);
    CHECK(journal.replayed() == 2);
    CHECK(core.store().resolve("__t__.cleo"));
}

TEST_CASE("a file that is not a journal is rejected and not changed") {
    TemporaryFile const file;
    std::ofstream(file.path) << "dear diary\n";
    OdooServerCore core;
    CHECK_THROWS_AS(OdooJournal(file.path, core), std::runtime_error);
    CHECK(std::filesystem::file_size(file.path) == 11);
    CHECK_THROWS_AS(OdooJournal("/nowhere/journal", core), std::runtime_error);
}
