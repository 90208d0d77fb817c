// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_TESTS_SUPPORT_FAILING_ALLOCATION_HPP
#define ZENOO_RPC_TESTS_SUPPORT_FAILING_ALLOCATION_HPP

// Replaces `operator new` of a single-threaded program, so that a test can make an allocation fail. Include it in one
// source file.

#include "support/catch.hpp"

#include <cstddef>
#include <cstdlib>
#include <new>

namespace zenoo_rpc::tests {

inline long until_failure = 0;  ///< number of the allocation that fails; 0: none
inline long alive = 0;
/// Returns true for an allocation that must not fail because no program could handle it. May be null.
inline bool (*is_spared)() = nullptr;

inline void* take(std::size_t size) {
    bool const is_due = until_failure > 0 && --until_failure == 0;
    if (is_due && !(is_spared && is_spared())) throw std::bad_alloc{};
    void* const memory = std::malloc(size == 0 ? 1 : size);
    if (!memory) throw std::bad_alloc{};
    ++alive;
    return memory;
}
inline void give_back(void* memory) noexcept {
    if (memory) --alive;
    std::free(memory);
}

/// Runs `work` with the first, second, ... allocation failing until all have failed. Returns the number of allocations.
template <class Work>
long fail_each(Work work) {
    work();  // allocates memory that is kept
    for (long k = 1;; ++k) {
        long const before = alive;
        bool failed = false;
        until_failure = k;
        try {
            work();
        } catch (std::bad_alloc const&) {
            failed = true;
        }
        bool const reached = until_failure == 0;
        until_failure = 0;
        long const lost = alive - before;
        INFO("allocation " << k);
        CHECK(lost == 0);
        CHECK((reached || !failed));
        if (!reached) return k - 1;
    }
}

}  // namespace zenoo_rpc::tests

void* operator new(std::size_t size) { return zenoo_rpc::tests::take(size); }
void* operator new[](std::size_t size) { return zenoo_rpc::tests::take(size); }
void* operator new(std::size_t size, std::nothrow_t const&) noexcept {
    try {
        return zenoo_rpc::tests::take(size);
    } catch (std::bad_alloc const&) {
        return nullptr;
    }
}
void operator delete(void* memory) noexcept { zenoo_rpc::tests::give_back(memory); }
void operator delete[](void* memory) noexcept { zenoo_rpc::tests::give_back(memory); }
void operator delete(void* memory, std::size_t) noexcept { zenoo_rpc::tests::give_back(memory); }
void operator delete(void* memory, std::nothrow_t const&) noexcept { zenoo_rpc::tests::give_back(memory); }
void operator delete[](void* memory, std::size_t) noexcept { zenoo_rpc::tests::give_back(memory); }

#endif  // ZENOO_RPC_TESTS_SUPPORT_FAILING_ALLOCATION_HPP
