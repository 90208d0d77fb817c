// SPDX-License-Identifier: BSL-1.0
// Runs the simulated Odoo as a separate process, for programs that need a server to test against.
#include <zenoo_rpc/testing/odoo_simulator.hpp>

#include <CLI/CLI.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/signal_set.hpp>

#include <csignal>
#include <exception>
#include <iostream>
#include <map>
#include <optional>
#include <string>

namespace asio = boost::asio;
using namespace zenoo_rpc::testing;

namespace {

/// Dialects by Odoo's version number.
std::map<std::string, OdooDialect> const dialects{{"16", OdooDialect::odoo16}, {"19", OdooDialect::odoo19}};

/// Parses the command line; returns an exit status if the program should end at once.
std::optional<int> read_arguments(int argc, char** argv, OdooSimulatorOptions& options) {
    CLI::App app{"A simulated Odoo on 127.0.0.1. Database odoo19, user admin, password admin."};
    app.footer("Prints its URL. GET /stats returns the numbers of requests sent, executed and committed.");
    std::string faults = "none";
    app.add_option("--port", options.port, "TCP port; 0: chosen by the system")->capture_default_str();
    app.add_option("--faults", faults, "fault profile")
        ->check(CLI::IsMember({"none", "flaky", "storm", "outage"}))
        ->capture_default_str();
    app.add_option("--seed", options.seed, "seed of the faults")->capture_default_str();
    app.add_option("--state", options.state, "file in which records survive a restart");
    app.add_option("--version", options.dialect, "Odoo version whose protocols and errors are simulated: 16 or 19")
        ->transform(CLI::CheckedTransformer(dialects))
        ->default_str("19");
    app.add_flag("--prefork", options.prefork, "respond in HTTP/1.0, like an Odoo with workers");
    app.add_flag("--keep-alive", options.keep_alive, "keep connections open, like a proxy");
    try {
        app.parse(argc, argv);
    } catch (CLI::ParseError const& error) {
        return app.exit(error) == 0 ? 0 : 2;
    }
    options.faults = *FaultProfile::named(faults);
    return std::nullopt;
}

}  // namespace

int main(int argc, char** argv) {
    OdooSimulatorOptions options;
    if (auto const status = read_arguments(argc, argv, options)) return *status;
    try {
        asio::io_context io;
        asio::signal_set signals{io, SIGINT, SIGTERM};
        signals.async_wait([](boost::system::error_code, int) {});
        std::exception_ptr failure;
        options.on_failure = [&](std::exception_ptr error) {
            asio::post(io, [&, error] {
                failure = error;
                io.stop();
            });
        };
        OdooSimulator const odoo{options};
        std::cout << odoo.url() << std::endl;
        io.run();
        if (failure) std::rethrow_exception(failure);
    } catch (std::exception const& error) {
        std::cerr << "odoo_simulator: " << error.what() << '\n';
        return 1;
    }
}
