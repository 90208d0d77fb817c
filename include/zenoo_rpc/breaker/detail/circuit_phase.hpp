// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_BREAKER_DETAIL_CIRCUIT_PHASE_HPP
#define ZENOO_RPC_BREAKER_DETAIL_CIRCUIT_PHASE_HPP

#include <zenoo_rpc/breaker/circuit_breaker_statistics.hpp>

#include <cstdint>

namespace zenoo_rpc::detail {

/// A state of a circuit from one transition to the next. No two phases are equal, so that an outcome can be checked for
/// belonging to the current phase. Fits in one word, which is read without a lock.
class CircuitPhase {
public:
    constexpr CircuitPhase() noexcept = default;

    constexpr CircuitState state() const noexcept { return static_cast<CircuitState>(word_ % states); }
    constexpr CircuitPhase next(CircuitState state) const noexcept {
        CircuitPhase phase;
        phase.word_ = word_ - word_ % states + states + static_cast<std::uint64_t>(state);
        return phase;
    }
    friend constexpr bool operator==(CircuitPhase, CircuitPhase) noexcept = default;

private:
    static constexpr std::uint64_t states = 4;

    std::uint64_t word_ = static_cast<std::uint64_t>(CircuitState::closed);
};

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_BREAKER_DETAIL_CIRCUIT_PHASE_HPP
