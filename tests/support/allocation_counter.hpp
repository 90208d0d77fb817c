// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_TESTS_SUPPORT_ALLOCATION_COUNTER_HPP
#define ZENOO_RPC_TESTS_SUPPORT_ALLOCATION_COUNTER_HPP

// Replaces glibc's allocator for the whole program to count its calls: to be included by one source file of a program
// with one thread. Not by `operator new`, for Asio takes coroutine frames from aligned_alloc.

#include <cerrno>
#include <cstddef>

namespace zenoo_rpc::tests {

inline long allocations = 0;

}  // namespace zenoo_rpc::tests

extern "C" {

void* __libc_malloc(std::size_t);
void* __libc_calloc(std::size_t, std::size_t);
void* __libc_realloc(void*, std::size_t);
void* __libc_memalign(std::size_t, std::size_t);

void* malloc(std::size_t size) noexcept {
    ++zenoo_rpc::tests::allocations;
    return __libc_malloc(size);
}
void* calloc(std::size_t number, std::size_t size) noexcept {
    ++zenoo_rpc::tests::allocations;
    return __libc_calloc(number, size);
}
void* realloc(void* memory, std::size_t size) noexcept {
    ++zenoo_rpc::tests::allocations;
    return __libc_realloc(memory, size);
}
void* memalign(std::size_t alignment, std::size_t size) noexcept {
    ++zenoo_rpc::tests::allocations;
    return __libc_memalign(alignment, size);
}
void* aligned_alloc(std::size_t alignment, std::size_t size) noexcept {
    ++zenoo_rpc::tests::allocations;
    return __libc_memalign(alignment, size);
}
int posix_memalign(void** memory, std::size_t alignment, std::size_t size) noexcept {
    ++zenoo_rpc::tests::allocations;
    *memory = __libc_memalign(alignment, size);
    return *memory ? 0 : ENOMEM;
}

}  // extern "C"

#endif  // ZENOO_RPC_TESTS_SUPPORT_ALLOCATION_COUNTER_HPP
