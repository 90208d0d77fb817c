// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_BENCH_SUPPORT_ALLOCATIONS_HPP
#define ZENOO_RPC_BENCH_SUPPORT_ALLOCATIONS_HPP

namespace zenoo_rpc::bench {

/// Calls of the allocator so far, of `aligned_alloc` too, from which Asio takes coroutine frames.
long allocations() noexcept;

/// Of the heap, that nobody has given back.
long live_bytes() noexcept;
/// As many as there have ever been at a time, or since they were forgotten.
long most_live_bytes() noexcept;
void forget_most_live_bytes() noexcept;

}  // namespace zenoo_rpc::bench

#endif  // ZENOO_RPC_BENCH_SUPPORT_ALLOCATIONS_HPP
