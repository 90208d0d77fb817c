// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_BENCH_SUPPORT_GATE_HPP
#define ZENOO_RPC_BENCH_SUPPORT_GATE_HPP

namespace zenoo_rpc::bench {

/// Prints a line that says if goal number `goal` is met, `gate 1 (g++): 0.93 <= 1.05 ok`, and what was measured.
void gate(int goal, double measured, double limit, char const* what);
/// Prints a line that says if the goal named `goal` is met.
void gate(char const* goal, double measured, double limit, char const* what);

}  // namespace zenoo_rpc::bench

#endif  // ZENOO_RPC_BENCH_SUPPORT_GATE_HPP
