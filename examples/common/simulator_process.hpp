// SPDX-License-Identifier: BSL-1.0
#ifndef EXAMPLES_COMMON_SIMULATOR_PROCESS_HPP
#define EXAMPLES_COMMON_SIMULATOR_PROCESS_HPP

#include <cstdint>
#include <memory>
#include <string>

class ChildProcess;

/// The Odoo simulator in a separate process, for the lifetime of this object.
class SimulatorProcess {
public:
    /// Starts `odoo_simulator` from the directory of this program and waits until it listens.
    SimulatorProcess(std::string const& faults, std::uint64_t seed);
    SimulatorProcess(SimulatorProcess const&) = delete;
    SimulatorProcess& operator=(SimulatorProcess const&) = delete;
    ~SimulatorProcess();

    std::string const& url() const noexcept { return url_; }

private:
    std::unique_ptr<ChildProcess> child_;
    std::string url_;
};

#endif  // EXAMPLES_COMMON_SIMULATOR_PROCESS_HPP
