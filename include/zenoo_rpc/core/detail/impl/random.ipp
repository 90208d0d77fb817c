// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_CORE_DETAIL_IMPL_RANDOM_IPP
#define ZENOO_RPC_CORE_DETAIL_IMPL_RANDOM_IPP

#include <zenoo_rpc/core/random.hpp>

#include <boost/random/taus88.hpp>
#include <boost/random/uniform_01.hpp>

#include <atomic>
#include <random>

#if __has_include(<pthread.h>)
#include <pthread.h>
#endif

namespace zenoo_rpc::detail {

/// Number of forks that led to this process: a child must not draw the numbers of its parent.
inline std::atomic<unsigned>& fork_count() noexcept {
    static constinit std::atomic<unsigned> count = 0;
    return count;
}

inline void watch_forks() noexcept {
#if __has_include(<pthread.h>)
    static int const watched = pthread_atfork(nullptr, nullptr, [] { ++fork_count(); });
    static_cast<void>(watched);
#endif
}

/// Random engine of one thread, seeded by the operating system.
class ThreadEngine {
public:
    ThreadEngine() { watch_forks(); }

    double draw() {
        if (auto const forks = fork_count().load(std::memory_order_relaxed); forks != forks_) {
            engine_.seed(std::random_device{}());
            forks_ = forks;
        }
        return boost::random::uniform_01<double>{}(engine_);
    }

private:
    boost::random::taus88 engine_{std::random_device{}()};
    unsigned forks_ = fork_count().load(std::memory_order_relaxed);
};

double draw_of_thread() {
    thread_local ThreadEngine engine;
    return engine.draw();
}

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_CORE_DETAIL_IMPL_RANDOM_IPP
