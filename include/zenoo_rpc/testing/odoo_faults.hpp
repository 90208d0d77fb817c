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

/// Decides, request by request, what goes wrong: first what was scripted, then by the odds of a profile.
///
/// Knows no clock and no connection: who carries out a `Fault` that lasts also knows when it is over.
class OdooFaults {
public:
    OdooFaults() = default;
    OdooFaults(FaultProfile profile, std::uint64_t seed);

    /// The next requests meet these, in this order; `Fault{}` lets one pass.
    void script(std::vector<Fault> const& faults);
    void script(Fault fault);
    std::size_t scripted() const noexcept { return script_.size(); }  ///< not yet met

    /// The fate of the next request; the same seed gives the same sequence.
    Fault next();

    /// While down, every fate is `database_down`.
    void database_down(bool down) noexcept { database_down_ = down; }

    std::uint64_t injected(FaultKind kind) const noexcept { return injected_[static_cast<std::size_t>(kind)]; }
    std::uint64_t injected() const noexcept;  ///< of all kinds

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
