// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_BENCH_SUPPORT_ALLOCATIONS_HPP
#define ZENOO_RPC_BENCH_SUPPORT_ALLOCATIONS_HPP

namespace zenoo_rpc::bench {

/// Calls of the allocator so far, of `aligned_alloc` too, from which Asio takes coroutine frames.
long allocations() noexcept;

}  // namespace zenoo_rpc::bench

#endif  // ZENOO_RPC_BENCH_SUPPORT_ALLOCATIONS_HPP
