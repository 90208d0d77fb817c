// SPDX-License-Identifier: BSL-1.0
// Runs the same storm three times in virtual time: writes without retries, with blind retries, and with create_once.
#include "chart/stacked_bars.hpp"

#include <zenoo_rpc.hpp>
#include <zenoo_rpc/testing/simulated_transport.hpp>
#include <zenoo_rpc/testing/virtual_world.hpp>

#include <CLI/CLI.hpp>

#include <fstream>
#include <functional>
#include <iostream>
#include <iterator>
#include <map>
#include <sstream>
#include <stdexcept>

namespace asio = boost::asio;
using namespace zenoo_rpc;
using namespace std::chrono_literals;

namespace {

struct Settings {
    std::size_t records = 2000;
    std::string faults = "storm";
    std::uint32_t seed = 1;
    std::string svg;
    std::string page;
};

/// The outcome of one way of writing the records.
struct Losses {
    std::string way;
    std::size_t once = 0;
    std::size_t duplicated = 0;
    std::size_t lost = 0;
    std::size_t unknown = 0;  ///< records of any of these kinds whose writer does not know the outcome
    std::uint64_t requests = 0;
};

using Write = std::function<asio::awaitable<void>(ZenooClient&, std::string const& name)>;

asio::awaitable<void> create(ZenooClient& client, std::string const& name) {
    co_await client.create("res.partner", values("name", name, "ref", name));
}

/// Claims falsely that `create` is idempotent, so that it is sent again.
asio::awaitable<void> create_blindly(ZenooClient& client, std::string const& name) {
    nlohmann::json const record{{"name", name}, {"ref", name}};
    auto const args = nlohmann::json::array({record});
    auto const kwargs = nlohmann::json::object();
    co_await client.execute_kw("res.partner", "create", args, kwargs, CallOptions().idempotent());
}

asio::awaitable<void> create_once(ZenooClient& client, std::string const& name) {
    ExternalId const id{"shop", name};
    co_await client.create_once("res.partner", id, values("name", name, "ref", name));
}

/// Writes records of a shared sequence, as one of several concurrent writers.
asio::awaitable<void> write_some(ZenooClient& client, Write const& write, std::size_t& next, std::size_t count,
                                 std::size_t& unknown) {
    while (next < count) {
        auto const name = "customer_" + std::to_string(next++);
        try {
            co_await write(client, name);
        } catch (ZenooError const& error) {
            if (error.delivery() == Delivery::unknown) ++unknown;
        }
    }
}

Losses weather(Settings const& settings, std::string way, bool retries, Write const& write) {
    testing::VirtualWorld world;
    testing::OdooServerCore odoo;
    ZenooClient client{world.io.get_executor(), std::make_shared<testing::SimulatedTransport>(odoo, 30ms)};
    world.run(client.login("odoo19", "admin", "admin"));
    SeededRandom random{settings.seed};
    auto const jitter = FullJitter{.random = std::ref(random)};
    ExponentialBackoff const backoff{.max_attempts = 30, .base_delay = 100ms, .max_delay = 5s, .jitter = jitter};
    if (retries) client.setup_retry_manager({.strategy = backoff});

    odoo.faults() = testing::OdooFaults{testing::FaultProfile::named(settings.faults).value(), settings.seed};
    Losses losses{std::move(way)};
    auto const before = odoo.stats().requests;
    std::size_t next = 0;
    for (int i = 0; i < 16; ++i) world.start(write_some(client, write, next, settings.records, losses.unknown));
    world.time.run();
    losses.requests = odoo.stats().requests - before;

    std::map<std::string, std::size_t> copies;
    for (auto const& [id, row] : odoo.store().table("res.partner")) {
        auto const& ref = testing::value_of(row, "ref");
        if (ref.is_string()) ++copies[ref.get<std::string>()];
    }
    for (auto const& [name, count] : copies) ++(count == 1 ? losses.once : losses.duplicated);
    losses.lost = settings.records - copies.size();
    return losses;
}

std::string table_of(std::vector<Losses> const& all) {
    std::ostringstream table;
    table << "| | created once | duplicated | lost | outcome unknown | requests that reached the server |\n"
          << "|---|---|---|---|---|---|\n";
    for (auto const& each : all) {
        table << "| " << each.way << " | " << each.once << " | " << each.duplicated << " | " << each.lost << " | "
              << each.unknown << " | " << each.requests << " |\n";
    }
    return table.str();
}

StackedBars chart_of(Settings const& settings, std::vector<Losses> const& all) {
    StackedBars chart;
    chart.title = std::to_string(settings.records) + " records, faults: " + settings.faults;
    chart.parts = {{"created once", "#2da44e"}, {"duplicated", "#cf222e"}, {"lost", "#6e7781"}};
    for (auto const& each : all) chart.bars.push_back({each.way, {each.once, each.duplicated, each.lost}});
    return chart;
}

/// Replaces the table of the page, between its two marker lines.
void write_into(std::string const& page, std::string const& table) {
    std::ifstream in{page, std::ios::binary};
    std::string text{std::istreambuf_iterator<char>{in}, {}};
    std::string const first = "<!-- table -->\n";
    auto const begin = text.find(first);
    auto const end = text.find("<!-- end of table -->");
    if (begin == text.npos || end == text.npos) throw std::runtime_error{page + " has no markers for the table"};
    text.replace(begin + first.size(), end - begin - first.size(), table);
    std::ofstream{page, std::ios::binary} << text;
}

void show_the_storm(Settings const& settings) {
    std::vector<Losses> const all{weather(settings, "without retries", false, create),
                                  weather(settings, "with blind retries", true, create_blindly),
                                  weather(settings, "with create_once", true, create_once)};
    std::cout << table_of(all);
    if (!settings.svg.empty()) std::ofstream{settings.svg, std::ios::binary} << to_svg(chart_of(settings, all));
    if (!settings.page.empty()) write_into(settings.page, table_of(all));
}

}  // namespace

int main(int argc, char** argv) {
    Settings settings;
    CLI::App app{
        "Writes the same records three times through the same storm, and counts created, duplicated and lost records."};
    app.add_option("--records", settings.records, "number of records")->capture_default_str();
    app.add_option("--faults", settings.faults, "fault profile")
        ->check(CLI::IsMember({"none", "flaky", "storm", "outage"}))
        ->capture_default_str();
    app.add_option("--seed", settings.seed, "seed of faults and delays")->capture_default_str();
    app.add_option("--svg", settings.svg, "output file for the picture");
    app.add_option("--page", settings.page, "Markdown file whose table is replaced");
    CLI11_PARSE(app, argc, argv);
    try {
        show_the_storm(settings);
    } catch (std::exception const& error) {
        std::cerr << "exactly_once: " << error.what() << '\n';
        return 1;
    }
}
