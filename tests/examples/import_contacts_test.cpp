// SPDX-License-Identifier: BSL-1.0
#include "program.hpp"
#include "support/catch.hpp"

#include <algorithm>
#include <filesystem>
#include <memory>

using namespace zenoo_rpc::tests;

namespace {

std::string rows(int count, std::string const& key = "c-") {
    std::string csv = "key,name,email,country\n";
    for (int i = 1; i <= count; ++i) {
        auto const number = std::to_string(i);
        csv += key + number + ",\"Contact, \"\"" + number + "\"\"\",c" + number + "@example.com,be\n";
    }
    return csv;
}

bool is_one_line(std::string const& text) { return std::count(text.begin(), text.end(), '\n') == 1; }

}  // namespace

TEST_CASE("contacts are created exactly once although responses are lost") {
    TemporaryFile const csv{rows(120)};
    auto const profile = GENERATE(as<std::string>{}, "none", "flaky", "storm");
    auto const ended = run("import_contacts", {csv.path(), "--faults", profile, "--seed", "7", "--batch", "5"});
    INFO(ended.output);
    CHECK(ended.status == 0);
    CHECK(ended.says("120 rows, 0 lost, 0 duplicated"));
    CHECK(ended.says("injected faults"));
}

TEST_CASE("an outage opens the circuit, and the import completes after it") {
    TemporaryFile const csv{rows(1000)};
    auto const ended = run("import_contacts",
                           {csv.path(), "--faults", "outage", "--seed", "7", "--batch", "1", "--concurrency", "16"});
    INFO(ended.output);
    CHECK(ended.status == 0);
    CHECK(ended.says("1000 rows, 0 lost, 0 duplicated"));
    CHECK_FALSE(ended.says("circuit openings           0"));
}

TEST_CASE("an invalid row is reported by its line and the others are imported") {
    TemporaryFile const csv{
        "key,name,email\n"
        "c-1,Ada,ada@example.com\n"
        "c-2,,nameless@example.com\n"
        "c-3,\"Grace\nHopper\"\n"
        "c-4,Caf\xe9,latin1@example.com\n"
        "c-1,Again,twice@example.com\n"
        "c 7,Space,key@example.com\n"
        "c-8,Linus,linus@example.com\n"};
    auto const ended = run("import_contacts", {csv.path(), "--faults", "none"});
    INFO(ended.output);
    CHECK(ended.status == 1);
    CHECK(ended.says("line 3: the name is missing"));
    CHECK(ended.says("line 4: 2 fields instead of 3"));
    CHECK(ended.says("line 6: name is not UTF-8"));
    CHECK(ended.says("line 7: duplicate key, first used on line 2"));
    CHECK(ended.says("line 8: "));
    CHECK(ended.says("7 rows, 0 lost, 0 duplicated"));
}

TEST_CASE("a second import of the same file creates nothing") {
    SimulatorProgram simulator;
    TemporaryFile const csv{rows(30)};
    std::vector<std::string> const arguments{csv.path(), "--url", simulator.url(), "--database", "odoo19"};
    CHECK(run("import_contacts", arguments, "admin").status == 0);
    auto const again = run("import_contacts", arguments, "admin");
    INFO(again.output);
    CHECK(again.status == 0);
    CHECK(again.says("already existed           30"));
    CHECK(simulator.stats()["created"]["res.partner"] == 30);
}

TEST_CASE("Ctrl-C ends the import with a report and the next one imports the remaining rows") {
    SimulatorProgram simulator{{"--faults", "flaky", "--seed", "3"}};
    TemporaryFile const csv{rows(600)};
    TemporaryFile const checkpoint{""};
    std::filesystem::remove(checkpoint.path());
    std::vector<std::string> const arguments{csv.path(), "--url",    simulator.url(),  "--batch",
                                             "5",        "--resume", checkpoint.path()};
    Program import{"import_contacts", arguments, "admin"};
    while (simulator.stats()["created"].value("res.partner", 0) < 100) {
    }
    import.interrupt();
    auto const interrupted = import.wait();
    INFO(interrupted.output);
    CHECK(interrupted.status == 130);
    CHECK(interrupted.says("not finished"));
    CHECK_FALSE(interrupted.says("lost"));
    CHECK(simulator.stats()["created"]["res.partner"] < 600);

    auto const resumed = run("import_contacts", arguments, "admin");
    INFO(resumed.output);
    CHECK(resumed.status == 0);
    CHECK(resumed.says("600 rows, 0 lost, 0 duplicated"));
    CHECK_FALSE(resumed.says("done earlier              0"));
    auto const stats = simulator.stats();
    for (int i = 1; i <= 600; ++i) {
        CHECK(stats["external_ids"]["contacts.c-" + std::to_string(i)]["committed"] == 1);
    }
}

TEST_CASE("Ctrl-C has its own exit status at any point of the import") {
    SimulatorProgram simulator;
    auto created = [&] { return simulator.stats()["created"].value("res.partner", std::size_t{0}); };
    for (std::size_t round = 0; round < 5; ++round) {
        TemporaryFile const csv{rows(3000, "round" + std::to_string(round) + "-")};
        // Without faults many calls get responses while others are being cancelled.
        auto const wanted = created() + 1 + 50 * round;
        Program import{"import_contacts", {csv.path(), "--url", simulator.url(), "--batch", "2"}, "admin"};
        while (created() < wanted) {
        }
        import.interrupt();
        auto const ended = import.wait();
        INFO(ended.output);
        CHECK(ended.status == 130);
    }
}

TEST_CASE("an import continues when the server is killed and started again") {
    TemporaryFile const csv{rows(600)};
    TemporaryFile const state{""};
    auto simulator = std::make_unique<SimulatorProgram>(std::vector<std::string>{"--state", state.path()});
    auto const port = simulator->port();
    Program import{"import_contacts", {csv.path(), "--url", simulator->url(), "--batch", "5"}, "admin"};
    while (simulator->stats()["created"].value("res.partner", 0) < 100) {
    }
    simulator->kill();
    simulator = std::make_unique<SimulatorProgram>(
        std::vector<std::string>{"--state", state.path(), "--port", port, "--faults", "flaky", "--seed", "3"});

    auto const ended = import.wait();
    INFO(ended.output);
    CHECK(ended.status == 0);
    CHECK(ended.says("600 rows, 0 lost, 0 duplicated"));
    auto const stats = simulator->stats();
    CHECK(stats["created"]["res.partner"] == 600);
    for (int i = 1; i <= 600; ++i) {
        CHECK(stats["external_ids"]["contacts.c-" + std::to_string(i)]["committed"] == 1);
    }
}

TEST_CASE("contacts are imported into Odoo 16 and 19, with and without workers") {
    auto const version = GENERATE(as<std::string>{}, "16", "19");
    auto const workers = GENERATE(false, true);
    std::vector<std::string> arguments{"--version", version, "--faults", "flaky", "--seed", "5"};
    if (workers) arguments.push_back("--prefork");
    SimulatorProgram simulator{arguments};
    TemporaryFile const csv{rows(200)};
    auto const ended = run("import_contacts", {csv.path(), "--url", simulator.url()}, "admin");
    INFO(ended.output);
    CHECK(ended.status == 0);
    CHECK(ended.says("200 rows, 0 lost, 0 duplicated"));
    CHECK(simulator.stats()["created"]["res.partner"] == 200);
}

TEST_CASE("contacts are imported through a proxy that keeps connections open") {
    SimulatorProgram simulator{{"--keep-alive", "--faults", "flaky", "--seed", "5"}};
    TemporaryFile const csv{rows(200)};
    auto const ended = run("import_contacts", {csv.path(), "--url", simulator.url()}, "admin");
    INFO(ended.output);
    CHECK(ended.status == 0);
    CHECK(ended.says("200 rows, 0 lost, 0 duplicated"));
}

TEST_CASE("an error before the import begins is reported in one line without the password") {
    TemporaryFile const csv{rows(3)};
    std::string const password = "hunter2-secret";
    SimulatorProgram simulator;
    auto const refused = [&](std::vector<std::string> arguments) {
        arguments.insert(arguments.begin(), csv.path());
        auto ended = run("import_contacts", arguments, password);
        INFO(ended.output);
        CHECK(ended.status == 2);
        CHECK(is_one_line(ended.output));
        CHECK_FALSE(ended.says(password));
        return ended;
    };
    CHECK(refused({"--url", "http://host:notaport"}).says("port"));
    CHECK(refused({"--url", "ftp://example.com"}).says("ftp"));
    CHECK(refused({"--url", "http://no-such-host.invalid"}).says("no-such-host.invalid"));
    CHECK(refused({"--url", "http://127.0.0.1:1"}).says("127.0.0.1:1"));
    CHECK(refused({"--url", simulator.url(), "--database", "missing"}).says("missing"));
    CHECK(refused({"--url", simulator.url(), "--user", "admin"}).says("wrong user or password"));
}

TEST_CASE("a missing file or password is reported in one line") {
    auto const no_file = run("import_contacts", {"/no/such/file.csv"});
    CHECK(no_file.status == 2);
    CHECK(no_file.says("/no/such/file.csv"));
    TemporaryFile const csv{rows(3)};
    auto const no_password = run("import_contacts", {csv.path(), "--url", "http://127.0.0.1:1"});
    CHECK(no_password.status == 2);
    CHECK(no_password.says("ZENOO_RPC_PASSWORD"));
    CHECK(run("import_contacts", {"--help"}).status == 0);
    CHECK(run("import_contacts", {csv.path(), "--password", "x"}).status == 2);
}
