// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"

#include <zenoo_rpc/breaker/detail/circuit_phase.hpp>

#include <atomic>

using zenoo_rpc::CircuitState;
using Phase = zenoo_rpc::detail::CircuitPhase;

TEST_CASE("the first phase of a circuit is closed") { CHECK(Phase{}.state() == CircuitState::closed); }

TEST_CASE("a phase has the state that was entered last") {
    Phase phase;
    for (auto state : {CircuitState::open, CircuitState::half_open, CircuitState::closed, CircuitState::half_open,
                       CircuitState::open, CircuitState::open}) {
        phase = phase.next(state);
        CHECK(phase.state() == state);
    }
}

TEST_CASE("no phase equals an earlier one of the same state") {
    Phase const first;
    auto const second = first.next(CircuitState::open).next(CircuitState::closed);
    CHECK(second.state() == first.state());
    CHECK_FALSE(second == first);
    CHECK_FALSE(first.next(CircuitState::closed) == first);
}

TEST_CASE("a phase is read without a lock") { CHECK(std::atomic<Phase>::is_always_lock_free); }
