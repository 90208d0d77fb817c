// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_CORE_RANDOM_HPP
#define ZENOO_RPC_CORE_RANDOM_HPP

#include <zenoo_rpc/core/detail/thread_engine.hpp>

#include <boost/random/uniform_01.hpp>

#include <cstdint>
#include <random>

namespace zenoo_rpc {

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
