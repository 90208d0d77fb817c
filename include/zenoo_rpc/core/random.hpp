// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_CORE_RANDOM_HPP
#define ZENOO_RPC_CORE_RANDOM_HPP

#include <boost/random/taus88.hpp>
#include <boost/random/uniform_01.hpp>

#include <atomic>
#include <cstdint>
#include <random>

#if __has_include(<pthread.h>)
#include <pthread.h>
#endif

namespace zenoo_rpc {

namespace detail {

/// How many forks lie behind this process: a child must not draw the numbers of its parent.
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

/// The engine of one thread, seeded by the operating system.
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

}  // namespace detail

/// Numbers in [0, 1) from an engine of the calling thread; no two threads or processes draw the same.
struct ThreadRandom {
    double operator()() const {
        thread_local detail::ThreadEngine engine;
        return engine.draw();
    }
};

/// The same numbers in [0, 1) for the same seed, for tests: `FullJitter{.random = std::ref(random)}`.
///
/// By reference, because each execution works on a copy of its policy and would begin anew.
class SeededRandom {
public:
    explicit SeededRandom(std::uint32_t seed) : engine_{seed} {}
    double operator()() { return boost::random::uniform_01<double>{}(engine_); }

private:
    std::mt19937 engine_;  // large, but no two seeds give it the same numbers, as neighbours do with taus88
};

}  // namespace zenoo_rpc

#endif  // ZENOO_RPC_CORE_RANDOM_HPP
