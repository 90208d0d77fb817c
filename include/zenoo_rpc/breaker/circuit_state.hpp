// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_BREAKER_CIRCUIT_STATE_HPP
#define ZENOO_RPC_BREAKER_CIRCUIT_STATE_HPP

namespace zenoo_rpc {

enum class CircuitState {
    closed,     ///< calls pass, failures are counted
    open,       ///< calls are refused until the recovery timeout has passed
    half_open,  ///< a few trial calls pass; they decide what comes next
};

constexpr char const* to_string(CircuitState state) noexcept {
    switch (state) {
        case CircuitState::closed: return "closed";
        case CircuitState::open: return "open";
        case CircuitState::half_open: return "half-open";
    }
    return "?";
}

}  // namespace zenoo_rpc

#endif  // ZENOO_RPC_BREAKER_CIRCUIT_STATE_HPP
