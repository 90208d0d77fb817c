// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_TESTS_SUPPORT_RUN_STEPWISE_HPP
#define ZENOO_RPC_TESTS_SUPPORT_RUN_STEPWISE_HPP

#include "support/run.hpp"

#include <boost/asio/post.hpp>

namespace zenoo_rpc::tests {

/// Runs `world` handler by handler until nothing is left to do. Calls `before_each` before each handler and before time
/// advances; it is called within a handler, as signals are emitted there.
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
