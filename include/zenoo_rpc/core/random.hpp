// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_CORE_RANDOM_HPP
#define ZENOO_RPC_CORE_RANDOM_HPP

#include <zenoo_rpc/core/detail/config.hpp>

#include <boost/random/uniform_01.hpp>

#include <cstdint>
#include <random>

namespace zenoo_rpc {

namespace detail {

/// Draws a number in [0, 1) from the engine of the calling thread.
ZENOO_RPC_DECL double draw_of_thread();

}  // namespace detail

/// Random numbers in [0, 1) from an engine of the calling thread; no two threads or processes draw the same sequence.
struct ThreadRandom {
    double operator()() const { return detail::draw_of_thread(); }
};

/// Reproducible random numbers in [0, 1) from a seed, for tests: `FullJitter{.random = std::ref(random)}`.
///
/// Pass it by reference: each execution works on a copy of its policy, which would restart the sequence.
class SeededRandom {
public:
    explicit SeededRandom(std::uint32_t seed) : engine_{seed} {}
    double operator()() { return boost::random::uniform_01<double>{}(engine_); }

private:
    std::mt19937 engine_;  // large, but unlike taus88 it gives neighbouring seeds different numbers
};

}  // namespace zenoo_rpc

#ifdef ZENOO_RPC_HEADER_ONLY
#include <zenoo_rpc/core/detail/impl/random.ipp>
#endif

#endif  // ZENOO_RPC_CORE_RANDOM_HPP
