// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_TESTS_SUPPORT_FAILING_ALLOCATION_HPP
#define ZENOO_RPC_TESTS_SUPPORT_FAILING_ALLOCATION_HPP

// Replaces `operator new` of a program with one thread, so that memory runs out when a test wants: to be included by
// one source file.

#include "support/catch.hpp"

#include <cstddef>
#include <cstdlib>
#include <new>

namespace zenoo_rpc::tests {

inline long until_failure = 0;  ///< 0: none fails
inline long alive = 0;
/// Whether the allocation that is to fail is one that no program survives without; none is, if it is not set.
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

/// Runs `work` with the first, the second, ... allocation failing until it needs no more; tells how many there were.
template <class Work>
long fail_each(Work work) {
    work();  // what is made once and stays
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
