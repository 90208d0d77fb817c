// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_TESTING_ODOO_FAULTS_HPP
#define ZENOO_RPC_TESTING_ODOO_FAULTS_HPP

#include <zenoo_rpc/testing/fault.hpp>
#include <zenoo_rpc/testing/fault_profile.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <random>
#include <vector>

namespace zenoo_rpc::testing {

/// Chooses the fault for each request: scripted faults first, then at random with the probabilities of a profile.
///
/// Uses no clock and no connection: the transport that applies a `Fault` with a duration also ends it.
class OdooFaults {
public:
    OdooFaults() = default;
    OdooFaults(FaultProfile profile, std::uint64_t seed);

    /// Queues faults for the next requests, in this order; `Fault{}` lets one request succeed.
    void script(std::vector<Fault> const& faults);
    void script(Fault fault);
    std::size_t scripted() const noexcept { return script_.size(); }  ///< number of queued faults

    /// Returns the fault of the next request; the same seed produces the same sequence.
    Fault next();

    /// Sets the state of the database. While it is down, `next` returns `database_down` for every request.
    void database_down(bool down) noexcept { database_down_ = down; }

    std::uint64_t injected(FaultKind kind) const noexcept { return injected_[static_cast<std::size_t>(kind)]; }
    std::uint64_t injected() const noexcept;  ///< faults of all kinds

private:
    Fault decide();
    Fault draw();

    FaultProfile profile_;
    std::mt19937_64 random_;
    std::deque<Fault> script_;
    std::uint64_t decided_ = 0;
    bool database_down_ = false;
    std::array<std::uint64_t, fault_kinds> injected_{};
};

}  // namespace zenoo_rpc::testing

#endif  // ZENOO_RPC_TESTING_ODOO_FAULTS_HPP
