// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_BENCH_SUPPORT_TIMES_HPP
#define ZENOO_RPC_BENCH_SUPPORT_TIMES_HPP

#include <map>
#include <string>

namespace zenoo_rpc::bench {

/// The best time of each benchmark, in nanoseconds of processor time per iteration.
using Times = std::map<std::string, double>;

/// Runs all benchmarks of this program in many short rounds, interleaved so that a disturbance affects all of them, and
/// prints their times.
Times measure(int argc, char** argv);

}  // namespace zenoo_rpc::bench

#endif  // ZENOO_RPC_BENCH_SUPPORT_TIMES_HPP
