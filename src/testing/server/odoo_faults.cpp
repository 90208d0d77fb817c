// SPDX-License-Identifier: BSL-1.0
#include <zenoo_rpc/testing/odoo_faults.hpp>

#include <numeric>
#include <utility>

namespace zenoo_rpc::testing {

OdooFaults::OdooFaults(FaultProfile profile, std::uint64_t seed) : profile_{std::move(profile)}, random_{seed} {}

void OdooFaults::script(std::vector<Fault> const& faults) {
    script_.insert(script_.end(), faults.begin(), faults.end());
}

void OdooFaults::script(Fault fault) { script_.push_back(fault); }

std::uint64_t OdooFaults::injected() const noexcept {
    return std::accumulate(injected_.begin(), injected_.end(), std::uint64_t{0});
}

Fault OdooFaults::next() {
    Fault const fault = decide();
    if (fault.kind != FaultKind::none) ++injected_[static_cast<std::size_t>(fault.kind)];
    return fault;
}

Fault OdooFaults::decide() {
    if (database_down_) return Fault::database_down(Duration::zero());
    if (!script_.empty()) {
        Fault const fault = script_.front();
        script_.pop_front();
        return fault;
    }
    ++decided_;
    if (decided_ <= profile_.spared) return {};
    if (profile_.outage_every != 0 && decided_ % profile_.outage_every == 0) {
        return Fault::refuse_connection(profile_.outage);
    }
    return draw();
}

Fault OdooFaults::draw() {
    // Not std::uniform_real_distribution: its sequence differs between standard libraries.
    double left = static_cast<double>(random_() >> 11) * 0x1p-53;
    for (FaultProfile::Odds const& odds : profile_.odds) {
        if (left < odds.probability) return odds.fault;
        left -= odds.probability;
    }
    return {};
}

}  // namespace zenoo_rpc::testing
