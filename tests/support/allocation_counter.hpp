// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_TESTS_SUPPORT_ALLOCATION_COUNTER_HPP
#define ZENOO_RPC_TESTS_SUPPORT_ALLOCATION_COUNTER_HPP

// Replaces glibc's allocator for the whole program to count calls and live bytes. Include it in one source file of a
// single-threaded program. `operator new` would not suffice: Asio allocates coroutine frames with aligned_alloc.

#include "allocation_counts.hpp"

#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <malloc.h>

namespace zenoo_rpc::tests {

inline void* count_allocation(void* memory) noexcept {
    ++allocations;
    live_bytes += static_cast<long>(malloc_usable_size(memory));
    most_live_bytes = std::max(most_live_bytes, live_bytes);
    return memory;
}
inline void* count_release(void* memory) noexcept {
    auto const size = malloc_usable_size(memory);
    live_bytes -= static_cast<long>(size);
    if (on_release && size > 0) on_release(memory, size);
    return memory;
}

}  // namespace zenoo_rpc::tests

extern "C" {

void* __libc_malloc(std::size_t);
void* __libc_calloc(std::size_t, std::size_t);
void* __libc_realloc(void*, std::size_t);
void* __libc_memalign(std::size_t, std::size_t);
void __libc_free(void*);

void* malloc(std::size_t size) noexcept { return zenoo_rpc::tests::count_allocation(__libc_malloc(size)); }
void* calloc(std::size_t number, std::size_t size) noexcept {
    return zenoo_rpc::tests::count_allocation(__libc_calloc(number, size));
}
void* realloc(void* memory, std::size_t size) noexcept {
    return zenoo_rpc::tests::count_allocation(__libc_realloc(zenoo_rpc::tests::count_release(memory), size));
}
void* memalign(std::size_t alignment, std::size_t size) noexcept {
    return zenoo_rpc::tests::count_allocation(__libc_memalign(alignment, size));
}
void* aligned_alloc(std::size_t alignment, std::size_t size) noexcept {
    return zenoo_rpc::tests::count_allocation(__libc_memalign(alignment, size));
}
int posix_memalign(void** memory, std::size_t alignment, std::size_t size) noexcept {
    *memory = zenoo_rpc::tests::count_allocation(__libc_memalign(alignment, size));
    return *memory ? 0 : ENOMEM;
}
void free(void* memory) noexcept { __libc_free(zenoo_rpc::tests::count_release(memory)); }

}  // extern "C"

#endif  // ZENOO_RPC_TESTS_SUPPORT_ALLOCATION_COUNTER_HPP
