// SPDX-License-Identifier: BSL-1.0
// The simulated Odoo as a process of its own, for programs that want a server to try themselves on.
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

/// By the number of its version.
std::map<std::string, OdooDialect> const dialects{{"16", OdooDialect::odoo16}, {"19", OdooDialect::odoo19}};

/// Reads the command line; a status if the program is to end with it.
std::optional<int> read_arguments(int argc, char** argv, OdooSimulatorOptions& options) {
    CLI::App app{"A simulated Odoo on 127.0.0.1. Database odoo19, user admin, password admin."};
    app.footer("Prints its URL. GET /stats tells what was sent, executed and committed.");
    std::string faults = "none";
    app.add_option("--port", options.port, "0: the system chooses")->capture_default_str();
    app.add_option("--faults", faults, "how bad the line is")
        ->check(CLI::IsMember({"none", "flaky", "storm", "outage"}))
        ->capture_default_str();
    app.add_option("--seed", options.seed, "of the faults")->capture_default_str();
    app.add_option("--state", options.state, "a file that keeps the records for the next start");
    app.add_option("--version", options.dialect, "whose protocols and errors it has: 16 or 19")
        ->transform(CLI::CheckedTransformer(dialects))
        ->default_str("19");
    app.add_flag("--prefork", options.prefork, "answer in HTTP/1.0, as an Odoo with workers does");
    app.add_flag("--keep-alive", options.keep_alive, "leave connections open, as a proxy does");
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
