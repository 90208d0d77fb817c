// SPDX-License-Identifier: BSL-1.0
#include "simulator_process.hpp"

#include "child_process.hpp"

#include <filesystem>
#include <stdexcept>

// In a process group of its own: Ctrl-C is meant for the import, which still has requests for the simulator.
SimulatorProcess::SimulatorProcess(std::string const& faults, std::uint64_t seed) {
    auto const program = std::filesystem::read_symlink("/proc/self/exe").parent_path() / "odoo_simulator";
    if (!std::filesystem::exists(program)) throw std::runtime_error{"program not found: " + program.string()};
    ChildOptions options;
    options.arguments = {"--port", "0", "--faults", faults, "--seed", std::to_string(seed)};
    options.own_group = true;
    child_ = std::make_unique<ChildProcess>(program, options);
    auto const line = child_->read_line();
    if (!line) throw std::runtime_error{"the simulator did not start"};
    url_ = *line;
}

SimulatorProcess::~SimulatorProcess() = default;
