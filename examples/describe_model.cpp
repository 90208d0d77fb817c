// SPDX-License-Identifier: BSL-1.0
// Prints a C++ struct for an Odoo model, to be put into a header and reduced to the fields that a program needs.
#include "common/password.hpp"
#include "common/simulator_process.hpp"
#include "describe/description.hpp"

#include <zenoo_rpc.hpp>

#include <CLI/CLI.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>

#include <iostream>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

namespace asio = boost::asio;
using namespace zenoo_rpc;
using namespace std::chrono_literals;
using nlohmann::json;

namespace {

enum Status { described = 0, not_described = 2 };

struct Settings {
    std::string url;
    std::string database = "odoo19";
    std::string user = "admin";
    std::string model = "res.partner";
    std::vector<std::string> fields;
};

asio::awaitable<json> fields_of(ZenooClient& client, Settings const& settings, std::string const& password) {
    client.setup_retry_manager({.strategy = ExponentialBackoff{.max_attempts = 4, .base_delay = 200ms}});
    co_await client.login(settings.database, settings.user, password);
    json const wanted = json::array({settings.fields});
    json const attributes{{"attributes", {"type", "relation", "required", "selection", "store"}}};
    json const fields = co_await client.execute_kw(settings.model, "fields_get", wanted, attributes);
    for (auto const& name : settings.fields) {
        if (!fields.contains(name)) throw std::runtime_error{settings.model + " has no field " + name};
    }
    co_return fields;
}

void describe(Settings const& settings) {
    bool const simulated = settings.url.empty();
    auto const password = simulated ? std::string{"admin"} : ask_password(settings.user);
    std::optional<SimulatorProcess> simulator;
    if (simulated) simulator.emplace("none", 1);

    asio::io_context io{1};
    ZenooClient client{io.get_executor(), simulated ? simulator->url() : settings.url};
    auto fields = asio::co_spawn(io, fields_of(client, settings, password), asio::use_future);
    io.run();
    std::cout << describe_model(settings.model, fields.get());
}

/// Parses the command line; returns an exit status if the program should end at once.
std::optional<int> read_arguments(int argc, char** argv, Settings& settings) {
    CLI::App app{"Prints a C++ struct for the records of an Odoo model."};
    app.footer("The password comes from ZENOO_RPC_PASSWORD or from a prompt.");
    app.add_option("--url", settings.url, "URL of the server; without it the simulator is started");
    app.add_option("--database", settings.database, "name of the database")->capture_default_str();
    app.add_option("--user", settings.user, "login name")->capture_default_str();
    app.add_option("--model", settings.model, "name of the model, such as sale.order")->capture_default_str();
    app.add_option("--fields", settings.fields, "fields to describe, such as name,email; default: all")->delimiter(',');
    try {
        app.parse(argc, argv);
        return std::nullopt;
    } catch (CLI::ParseError const& error) {
        return app.exit(error) == 0 ? 0 : not_described;
    }
}

}  // namespace

int main(int argc, char** argv) {
    Settings settings;
    if (auto const status = read_arguments(argc, argv, settings)) return *status;
    try {
        describe(settings);
        return described;
    } catch (std::exception const& error) {
        std::cerr << "describe_model: " << error.what() << '\n';
        return not_described;
    }
}
