// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_CORE_DETAIL_IMPL_RANDOM_IPP
#define ZENOO_RPC_CORE_DETAIL_IMPL_RANDOM_IPP

#include <zenoo_rpc/core/random.hpp>

#include <zenoo_rpc/core/detail/fork_count.hpp>

#include <boost/random/taus88.hpp>
#include <boost/random/uniform_01.hpp>

#include <atomic>
#include <random>

namespace zenoo_rpc::detail {

/// Random engine of one thread, seeded by the operating system, and again in a child process, which must not draw the
/// numbers of its parent.
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
