// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_TESTS_SUPPORT_RUN_STEPWISE_HPP
#define ZENOO_RPC_TESTS_SUPPORT_RUN_STEPWISE_HPP

#include "support/run.hpp"

#include <boost/asio/post.hpp>

namespace zenoo_rpc::tests {

/// Runs `world` handler by handler until nothing is left to do, and calls `before_each` before each of them and before
/// time moves: within a handler, for that is where signals are emitted.
template <class BeforeEach>
void run_stepwise(World& world, BeforeEach before_each) {
    bool done = false;
    asio::post(world.io, [&] {
        auto& waits = detail::waits_of(asio::use_service<TimeService>(world.io));
        do before_each();
        while (world.io.poll_one() > 0 || waits.expire_next(TimePoint::max()));
        done = true;
    });
    world.io.restart();
    while (!done) world.io.poll_one();
}

}  // namespace zenoo_rpc::tests

#endif  // ZENOO_RPC_TESTS_SUPPORT_RUN_STEPWISE_HPP
