// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_TESTS_SUPPORT_ALLOCATION_COUNTS_HPP
#define ZENOO_RPC_TESTS_SUPPORT_ALLOCATION_COUNTS_HPP

#include <cstddef>

// The counters of allocation_counter.hpp, for the other source files of the program.

namespace zenoo_rpc::tests {

inline long allocations = 0;
inline long live_bytes = 0;
inline long most_live_bytes = 0;

/// Called, if set, with each block of memory before it is freed. It must not allocate.
inline void (*on_release)(void const* memory, std::size_t size) noexcept = nullptr;

}  // namespace zenoo_rpc::tests

#endif  // ZENOO_RPC_TESTS_SUPPORT_ALLOCATION_COUNTS_HPP
