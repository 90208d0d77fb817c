// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_BENCH_SUPPORT_ALLOCATIONS_HPP
#define ZENOO_RPC_BENCH_SUPPORT_ALLOCATIONS_HPP

namespace zenoo_rpc::bench {

/// Returns the number of allocations so far, including those by `aligned_alloc`, from which Asio gets coroutine frames.
long allocations() noexcept;

/// Returns the number of allocated bytes that have not been freed.
long live_bytes() noexcept;
/// Returns the maximum of `live_bytes` since the start, or since the last `forget_most_live_bytes`.
long most_live_bytes() noexcept;
void forget_most_live_bytes() noexcept;

}  // namespace zenoo_rpc::bench

#endif  // ZENOO_RPC_BENCH_SUPPORT_ALLOCATIONS_HPP
