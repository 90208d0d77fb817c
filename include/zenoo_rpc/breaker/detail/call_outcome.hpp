// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_BREAKER_DETAIL_CALL_OUTCOME_HPP
#define ZENOO_RPC_BREAKER_DETAIL_CALL_OUTCOME_HPP

#include <cstdint>

namespace zenoo_rpc::detail {

/// Outcome of a call, as far as it concerns the service.
enum class CallOutcome {
    ignored,  ///< says nothing about the service: cancelled, dropped, or not an expected failure
    success,
    slow_success,
    failure,
    slow_failure,
};

constexpr bool is_failed(CallOutcome outcome) noexcept { return outcome >= CallOutcome::failure; }
constexpr bool is_slow(CallOutcome outcome) noexcept {
    return outcome == CallOutcome::slow_success || outcome == CallOutcome::slow_failure;
}
/// Returns true for outcomes that may open the circuit.
constexpr bool is_failed_or_slow(CallOutcome outcome) noexcept { return outcome >= CallOutcome::slow_success; }

/// Numbers of calls that were not ignored.
struct CallCounts {
    std::uint64_t calls = 0;
    std::uint64_t failures = 0;
    std::uint64_t slow = 0;

    double failure_rate() const noexcept { return share(failures); }
    double slow_call_rate() const noexcept { return share(slow); }

private:
    /// Divides only once, so that 3 of 10 equals the literal 0.3 exactly.
    double share(std::uint64_t part) const noexcept {
        return calls == 0 ? 0.0 : static_cast<double>(part) / static_cast<double>(calls);
    }
};

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_BREAKER_DETAIL_CALL_OUTCOME_HPP
