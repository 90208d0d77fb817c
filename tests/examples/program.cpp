// SPDX-License-Identifier: BSL-1.0
#include "program.hpp"

#include <zenoo_rpc/odoo/http_transport.hpp>
#include <zenoo_rpc/odoo/url.hpp>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>

#include <csignal>
#include <fstream>
#include <stdexcept>
#include <stdlib.h>
#include <system_error>
#include <unistd.h>

namespace zenoo_rpc::tests {

namespace {

ChildOptions options_of(std::vector<std::string> const& arguments, std::string const& password) {
    ChildOptions options;
    options.arguments = arguments;
    options.environment = {"RES_OPTIONS=timeout:1 attempts:1"};  // fail fast without a name server
    options.environment.push_back("ZENOO_RPC_PASSWORD" + (password.empty() ? "" : "=" + password));
    options.with_errors = true;
    return options;
}

}  // namespace

Program::Program(std::string const& name, std::vector<std::string> const& arguments, std::string const& password)
    : process_{std::string{ZENOO_RPC_EXAMPLES_DIR} + "/" + name, options_of(arguments, password)} {}

std::string Program::read_line() { return process_.read_line().value_or(""); }

void Program::interrupt() { process_.signal(SIGINT); }

void Program::kill() {
    process_.signal(SIGKILL);
    process_.wait();
}

bool Program::is_running() { return process_.running(); }

Ended Program::wait() {
    Ended ended;
    ended.output = process_.read_all();
    ended.status = process_.wait();
    return ended;
}

SimulatorProgram::SimulatorProgram(std::vector<std::string> const& arguments)
    : program_{"odoo_simulator", arguments}, url_{program_.read_line()} {
    if (url_.empty()) throw std::runtime_error{"the simulator did not start"};
}

nlohmann::json SimulatorProgram::stats() const {
    while (true) {
        asio::io_context io;
        HttpTransport transport{parse_server_address(url_)};
        HttpRequest request;
        request.method = "GET";
        request.target = "/stats";
        auto pending_response = asio::co_spawn(io, transport.exchange(std::move(request)), asio::use_future);
        io.run();
        auto const response = pending_response.get();
        // The simulated server may be down, or about to go down.
        if (response || !response.error().transient()) {
            return nlohmann::json::parse(response.value().body);
        }
    }
}

TemporaryFile::TemporaryFile(std::string const& content) {
    auto pattern = (std::filesystem::temp_directory_path() / "zenoo_rpc_XXXXXX").string();
    int const file = mkstemp(pattern.data());
    if (file < 0) throw std::system_error{errno, std::generic_category(), pattern};
    close(file);
    path_ = pattern;
    std::ofstream{path_, std::ios::binary} << content;
}

TemporaryFile::~TemporaryFile() {
    std::error_code gone;
    std::filesystem::remove(path_, gone);
}

}  // namespace zenoo_rpc::tests
