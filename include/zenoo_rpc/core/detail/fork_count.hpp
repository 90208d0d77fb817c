// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_CORE_DETAIL_FORK_COUNT_HPP
#define ZENOO_RPC_CORE_DETAIL_FORK_COUNT_HPP

// The only file of the headers that depends on the operating system.

#include <atomic>

#if !defined(_WIN32)
#include <pthread.h>
#endif

namespace zenoo_rpc::detail {

/// Number of forks that led to this process, counted since `watch_forks`. Always 0 on systems without fork.
inline std::atomic<unsigned>& fork_count() noexcept {
    static constinit std::atomic<unsigned> count = 0;
    return count;
}

/// Begins to count forks, once for the program.
inline void watch_forks() noexcept {
#if !defined(_WIN32)
    static int const watched = pthread_atfork(nullptr, nullptr, [] { ++fork_count(); });
    static_cast<void>(watched);
#endif
}

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_CORE_DETAIL_FORK_COUNT_HPP
