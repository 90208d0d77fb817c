// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"

#include <zenoo_rpc/async/async_retry.hpp>
#include <zenoo_rpc/async/async_sleep.hpp>
#include <zenoo_rpc/core/exceptions.hpp>
#include <zenoo_rpc/core/random.hpp>
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

TEST_CASE("a scripted operation fails and succeeds as told, in its time") {
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

TEST_CASE("a script that has ended says so") {
    VirtualWorld world;
    ScriptedOperation<void> script;
    script.returns();
    CHECK(world.run(script.operation()()).value.has_value());
    auto const failure = world.run(script.operation()()).failure;
    CHECK(failure.is<std::logic_error>());
    CHECK(failure.what() == "the script has 1 steps, and no more");
}

TEST_CASE("a script may yield what cannot be copied") {
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

TEST_CASE("what waits for something that never comes is reported") {
    VirtualWorld world;
    CHECK_THROWS_AS(world.run(async_sleep(unlimited)), std::logic_error);
}
