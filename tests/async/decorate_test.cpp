// SPDX-License-Identifier: BSL-1.0
#include "async/policies.hpp"
#include "support/catch.hpp"
#include "support/run.hpp"

#include <zenoo_rpc/async/async_sleep.hpp>
#include <zenoo_rpc/async/decorate.hpp>
#include <zenoo_rpc/async/fallback.hpp>
#include <zenoo_rpc/exceptions.hpp>
#include <zenoo_rpc/retry/fixed_delay.hpp>
#include <zenoo_rpc/retry/presets.hpp>

#include <chrono>
#include <memory>
#include <string>
#include <utility>
#include <vector>

using namespace std::chrono_literals;
using namespace zenoo_rpc;
using tests::three_times;
using tests::World;

TEST_CASE("each attempt gets the same argument objects, including changes by earlier attempts") {
    World world;
    std::vector<std::string> seen;
    auto const call = with_retry(three_times, [&](std::string& text, int number) -> asio::awaitable<int> {
        seen.push_back(text);
        text += '!';
        if (seen.size() < 3) throw NetworkError{"down"};
        co_return number;
    });
    CHECK(world.run(call(std::string{"hello"}, 7)).value == 7);
    CHECK(seen == std::vector<std::string>{"hello", "hello!", "hello!!"});
}

TEST_CASE("calls do not share their arguments") {
    World world;
    auto const call = with_retry(three_times, [](std::string const& text) -> asio::awaitable<std::size_t> {
        co_await async_sleep(1s);
        co_return text.size();
    });
    auto first = world.start(call("one"));
    auto second = world.start(call("three"));
    world.time.run();
    CHECK(first.outcome().value == 3u);
    CHECK(second.outcome().value == 5u);
}

TEST_CASE("a decorated function may take the context and needs no arguments") {
    World world;
    auto const attempts = with_retry(three_times, [](RetryContext const& context, int limit) -> asio::awaitable<int> {
        if (context.attempt < limit) throw NetworkError{"down"};
        co_return context.attempt;
    });
    CHECK(world.run(attempts(2)).value == 2);
    auto const nullary = with_retry(three_times, []() -> asio::awaitable<int> { co_return 1; });
    CHECK(world.run(nullary()).value == 1);
}

TEST_CASE("move-only arguments are moved in and passed to each attempt by reference") {
    World world;
    auto const call =
        with_retry(three_times, [](std::unique_ptr<int> const& number) -> asio::awaitable<int> { co_return *number; });
    CHECK(world.run(call(std::make_unique<int>(7))).value == 7);
}

TEST_CASE("any pipeline decorates, and may be decorated again") {
    World world;
    auto const failing = [](int) -> asio::awaitable<int> {
        throw NetworkError{"down"};
        co_return 0;
    };
    auto const retried = with_retry(three_times, failing);
    auto const safe = decorate(fallback(-1), retried);
    auto const out = world.run(safe(1));
    CHECK(out.value == -1);
    CHECK(out.elapsed == 2s);
}

TEST_CASE("a plain function can be decorated") {
    World world;
    struct Service {
        static asio::awaitable<int> half(int number) { co_return number / 2; }
    };
    auto const half = with_retry(DefaultRetryPolicy{}, Service::half);
    CHECK(world.run(half(14)).value == 7);
}
