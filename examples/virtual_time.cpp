// SPDX-License-Identifier: BSL-1.0
// Tests retries in virtual time: an hour of outage, with the same jitter in each run.
#include <zenoo_rpc/retry.hpp>
#include <zenoo_rpc/testing/scripted_operation.hpp>
#include <zenoo_rpc/testing/virtual_world.hpp>

#include <functional>
#include <iostream>

using namespace zenoo_rpc;
using namespace std::chrono_literals;

int main() {
    testing::VirtualWorld world;
    testing::ScriptedOperation<int> server;
    server.fails(NetworkError{"connection lost"}, 30min).fails(Errc::timed_out, 29min).returns(7, 1s);

    SeededRandom random{42};
    auto const jitter = FullJitter{.random = std::ref(random)};
    auto const policy = RetryPolicy{.strategy = ExponentialBackoff{.base_delay = 1min, .jitter = jitter}};
    auto const outcome = world.run(async_retry(policy, server.operation()));

    auto const minutes = std::chrono::duration_cast<std::chrono::minutes>(outcome.elapsed);
    std::cout << outcome.value.value_or(0) << " after " << server.calls() << " calls and " << minutes.count()
              << " minutes\n";
    return outcome.value == 7 && server.calls() == 3 && outcome.elapsed >= 59min && outcome.elapsed < 63min ? 0 : 1;
}
