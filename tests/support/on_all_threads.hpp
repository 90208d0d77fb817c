// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_TESTS_SUPPORT_ON_ALL_THREADS_HPP
#define ZENOO_RPC_TESTS_SUPPORT_ON_ALL_THREADS_HPP

#include <atomic>
#include <functional>
#include <random>
#include <thread>
#include <vector>

namespace zenoo_rpc::tests {

inline constexpr int thread_count = 8;

/// Runs `work(random)` on `count` threads concurrently, each with its own generator.
inline void on_all_threads(std::function<void(std::minstd_rand&)> const& work, int count = thread_count) {
    std::vector<std::thread> threads;
    std::atomic<int> missing = count;
    for (int seed = 1; seed <= count; ++seed) {
        threads.emplace_back([&, seed] {
            std::minstd_rand random{static_cast<unsigned>(seed)};
            --missing;
            while (missing > 0) std::this_thread::yield();
            work(random);
        });
    }
    for (auto& thread : threads) thread.join();
}

}  // namespace zenoo_rpc::tests

#endif  // ZENOO_RPC_TESTS_SUPPORT_ON_ALL_THREADS_HPP
