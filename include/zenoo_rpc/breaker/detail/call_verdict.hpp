// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_BREAKER_DETAIL_CALL_VERDICT_HPP
#define ZENOO_RPC_BREAKER_DETAIL_CALL_VERDICT_HPP

#include <cstdint>

namespace zenoo_rpc::detail {

/// What a call says about the service.
enum class CallVerdict {
    ignored,  ///< nothing: it was cancelled or dropped, or failed by a fault of its own
    success,
    slow_success,
    failure,
    slow_failure,
};

constexpr bool is_failed(CallVerdict verdict) noexcept { return verdict >= CallVerdict::failure; }
constexpr bool is_slow(CallVerdict verdict) noexcept {
    return verdict == CallVerdict::slow_success || verdict == CallVerdict::slow_failure;
}
/// The service is not well: what a circuit may open at.
constexpr bool is_bad(CallVerdict verdict) noexcept { return verdict >= CallVerdict::slow_success; }

/// Calls that gave a verdict.
struct CallCounts {
    std::uint64_t calls = 0;
    std::uint64_t failures = 0;
    std::uint64_t slow = 0;

    double failure_rate() const noexcept { return share(failures); }
    double slow_call_rate() const noexcept { return share(slow); }

private:
    /// Divided only once, so that 3 of 10 are exactly what a source text means by 0.3.
    double share(std::uint64_t part) const noexcept {
        return calls == 0 ? 0.0 : static_cast<double>(part) / static_cast<double>(calls);
    }
};

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_BREAKER_DETAIL_CALL_VERDICT_HPP
