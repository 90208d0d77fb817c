// SPDX-License-Identifier: BSL-1.0
#include "simulator_process.hpp"

#include <boost/process.hpp>

#include <filesystem>
#include <stdexcept>
#include <system_error>

namespace process = boost::process;

/// Runs in its own process group: Ctrl-C is meant for the import, which still has requests for the simulator.
struct SimulatorProcess::Child {
    process::ipstream output;
    process::group group;
    process::child process;
};

SimulatorProcess::SimulatorProcess(std::string const& faults, std::uint64_t seed) : child_{std::make_unique<Child>()} {
    auto const program = std::filesystem::read_symlink("/proc/self/exe").parent_path() / "odoo_simulator";
    if (!std::filesystem::exists(program)) throw std::runtime_error{"program not found: " + program.string()};
    child_->process = process::child{program.string(),
                                     "--port",
                                     "0",
                                     "--faults",
                                     faults,
                                     "--seed",
                                     std::to_string(seed),
                                     process::std_out > child_->output,
                                     child_->group};
    if (!std::getline(child_->output, url_)) throw std::runtime_error{"the simulator did not start"};
}

SimulatorProcess::~SimulatorProcess() {
    std::error_code ignored;  // it may have ended by itself
    child_->group.terminate(ignored);
    child_->process.wait(ignored);
}
