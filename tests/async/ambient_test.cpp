// SPDX-License-Identifier: BSL-1.0
#include "async/policies.hpp"
#include "support/catch.hpp"
#include "support/run.hpp"

#include <zenoo_rpc/async/ambient.hpp>
#include <zenoo_rpc/async/async_retry.hpp>
#include <zenoo_rpc/async/async_sleep.hpp>
#include <zenoo_rpc/exceptions.hpp>
#include <zenoo_rpc/retry/fixed_delay.hpp>

#include <boost/asio/detached.hpp>
#include <boost/asio/strand.hpp>

#include <chrono>
#include <memory>
#include <string>

using namespace std::chrono_literals;
using namespace zenoo_rpc;
using tests::twice;
using tests::World;

namespace {

asio::awaitable<int> current_attempt() {
    auto const* context = co_await RetryContext::current();
    co_return context ? context->attempt : 0;
}

}  // namespace

TEST_CASE("there is no current context outside of ambient operations") {
    World world;
    CHECK(world.run(current_attempt()).value == 0);
    CHECK(world.run(async_retry(twice, current_attempt)).value == 0);
}

TEST_CASE("the innermost ambient operation is the current one") {
    World world;
    int inner_calls = 0;
    auto const inner = ambient([&]() -> asio::awaitable<int> {
        if (++inner_calls == 1) throw NetworkError{"once"};
        co_return co_await current_attempt();
    });
    auto const outer = ambient([&]() -> asio::awaitable<int> {
        int const within = co_await async_retry(twice, inner);
        int const after = co_await current_attempt();
        co_return 10 * within + after;
    });
    CHECK(world.run(async_retry(twice, outer)).value == 21);
}

TEST_CASE("an ambient operation may take the context and may own a move-only object") {
    World world;
    auto operation = ambient(
        [text = std::make_unique<std::string>("owned")](RetryContext const& context) -> asio::awaitable<std::string> {
            auto const* current = co_await RetryContext::current();
            co_return current == &context ? *text : "";
        });
    CHECK(world.run(async_retry(twice, take(std::move(operation)))).value == "owned");
}

TEST_CASE("exceptions and return values pass through an ambient operation") {
    World world;
    auto const failing = ambient([]() -> asio::awaitable<void> {
        co_await async_sleep(1s);
        throw UserError{"no"};
    });
    CHECK(world.run(async_retry(twice, failing)).failure.is<UserError>());
    auto const quiet = ambient([]() -> asio::awaitable<void> { co_return; });
    CHECK(world.run(async_retry(twice, quiet)).value.has_value());
}

TEST_CASE("every type of cancellation reaches an ambient operation") {
    World world;
    auto const type =
        GENERATE(asio::cancellation_type::terminal, asio::cancellation_type::partial, asio::cancellation_type::total);
    auto const sleeping = ambient([]() -> asio::awaitable<void> { co_await async_sleep(1h); });
    auto running = world.start(async_retry(twice, sleeping));
    world.time.advance(1s);
    running.cancel(type);
    world.time.run();
    CHECK(running.outcome().failure.cancelled());
    CHECK(running.outcome().elapsed == 1s);
}

TEST_CASE("a coroutine that outlives its attempt finds no context") {
    World world;
    int found = -1;
    auto const late = [&]() -> asio::awaitable<void> {
        co_await async_sleep(1h);
        found = co_await current_attempt();
    };
    auto const leaving = ambient(
        [&]() -> asio::awaitable<void> { asio::co_spawn(co_await asio::this_coro::executor, late(), asio::detached); });
    CHECK(world.run(async_retry(twice, leaving)).value.has_value());
    CHECK(found == 0);
}

TEST_CASE("the context is found on a strand that the operation creates") {
    World world;
    auto const operation = ambient([]() -> asio::awaitable<int> {
        asio::any_io_executor const strand = asio::make_strand(co_await asio::this_coro::executor);
        co_return co_await asio::co_spawn(strand, current_attempt(), asio::use_awaitable);
    });
    CHECK(world.run(async_retry(twice, operation)).value == 1);
}
