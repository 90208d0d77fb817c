// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"

#include <zenoo_rpc/async/async_retry.hpp>
#include <zenoo_rpc/async/async_sleep.hpp>
#include <zenoo_rpc/core/random.hpp>
#include <zenoo_rpc/exceptions.hpp>
#include <zenoo_rpc/retry/exponential_backoff.hpp>
#include <zenoo_rpc/testing/scripted_operation.hpp>
#include <zenoo_rpc/testing/virtual_world.hpp>

#include <chrono>
#include <functional>
#include <memory>
#include <stdexcept>

using namespace zenoo_rpc;
using namespace std::chrono_literals;
using testing::ScriptedOperation;
using testing::VirtualWorld;

TEST_CASE("a scripted operation fails and succeeds as scripted, after the given times") {
    VirtualWorld world;
    ScriptedOperation<int> script;
    script.fails(NetworkError{"down"}).fails(Errc::timed_out, 2s).returns(7, 1s);
    CHECK(world.run(script.operation()()).failure.is<NetworkError>());
    auto const second = world.run(script.operation()());
    CHECK(second.failure.code() == Errc::timed_out);
    CHECK(second.elapsed == 2s);
    auto const third = world.run(script.operation()());
    CHECK(third.value == 7);
    CHECK(third.elapsed == 1s);
    CHECK(script.calls() == 3);
}

TEST_CASE("a call beyond the end of the script fails") {
    VirtualWorld world;
    ScriptedOperation<void> script;
    script.returns();
    CHECK(world.run(script.operation()()).value.has_value());
    auto const failure = world.run(script.operation()()).failure;
    CHECK(failure.is<std::logic_error>());
    CHECK(failure.what() == "script exhausted: no step for call 2 (steps: 1)");
}

TEST_CASE("a script may return a move-only value") {
    VirtualWorld world;
    ScriptedOperation<std::unique_ptr<int>> script;
    script.returns(std::make_unique<int>(7));
    CHECK(*world.run(script.operation()()).value.value() == 7);
}

TEST_CASE("the same seed gives the same delays") {
    auto const elapsed_with = [](std::uint32_t seed) {
        VirtualWorld world;
        ScriptedOperation<int> script;
        script.fails(NetworkError{"down"}).fails(NetworkError{"down"}).returns(1);
        SeededRandom random{seed};
        auto const jitter = FullJitter{.random = std::ref(random)};
        auto const policy = RetryPolicy{.strategy = ExponentialBackoff{.jitter = jitter}};
        return world.run(async_retry(policy, script.operation())).elapsed;
    };
    CHECK(elapsed_with(1) == elapsed_with(1));
    CHECK(elapsed_with(1) != elapsed_with(2));
}

TEST_CASE("a coroutine that waits for an event that never occurs is reported") {
    VirtualWorld world;
    CHECK_THROWS_AS(world.run(async_sleep(unlimited)), std::logic_error);
}
