// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_CORE_RANDOM_HPP
#define ZENOO_RPC_CORE_RANDOM_HPP

#include <boost/random/taus88.hpp>
#include <boost/random/uniform_01.hpp>

#include <random>

namespace zenoo_rpc {

/// Numbers in [0, 1) from an engine of the calling thread, seeded by the operating system.
struct ThreadRandom {
    double operator()() const {
        thread_local boost::random::taus88 engine{std::random_device{}()};
        return boost::random::uniform_01<double>{}(engine);
    }
};

}  // namespace zenoo_rpc

#endif  // ZENOO_RPC_CORE_RANDOM_HPP
