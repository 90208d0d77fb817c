// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_BENCH_SUPPORT_CLOCK_READS_HPP
#define ZENOO_RPC_BENCH_SUPPORT_CLOCK_READS_HPP

namespace zenoo_rpc::bench {

/// Returns the number of reads of any clock so far.
long clock_reads() noexcept;

}  // namespace zenoo_rpc::bench

#endif  // ZENOO_RPC_BENCH_SUPPORT_CLOCK_READS_HPP
