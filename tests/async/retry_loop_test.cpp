// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"
#include "support/run.hpp"

#include <zenoo_rpc/async/async_sleep.hpp>
#include <zenoo_rpc/async/retry_loop.hpp>
#include <zenoo_rpc/exceptions.hpp>
#include <zenoo_rpc/retry/fixed_delay.hpp>

#include <chrono>
#include <concepts>
#include <stdexcept>
#include <vector>

using namespace std::chrono_literals;
using namespace zenoo_rpc;
using tests::World;

namespace {

asio::awaitable<int> flaky(int& calls, int failures, Errc code = Errc::network_error) {
    co_await async_sleep(1s);
    if (calls++ < failures) Failure{code}.raise();
    co_return calls;
}

using Policy = RetryPolicy<FixedDelayStrategy<>, DefaultPredicate, AnyObserver>;
Policy const three_attempts{.strategy = FixedDelayStrategy{.max_attempts = 3, .delay = 10s}};

asio::awaitable<int> looping(Policy policy, int& calls, int failures, Errc code = Errc::network_error) {
    auto const executor = co_await asio::this_coro::executor;
    for (RetryLoop loop{executor, policy};; co_await loop.backoff()) {
        try {
            int const value = co_await flaky(calls, failures, code);
            loop.succeeded();
            co_return value;
        } catch (...) {
            loop.failed();
        }
    }
}

}  // namespace

TEST_CASE("a loop retries after the delays of the policy") {
    World world;
    int calls = 0;
    auto const out = world.run(looping(three_attempts, calls, 2));
    CHECK(out.value == 3);
    CHECK(out.elapsed == 23s);
}

TEST_CASE("a loop without time limits needs no executor") {
    World world;
    int calls = 0;
    auto const program = [&]() -> asio::awaitable<int> {
        for (RetryLoop loop{three_attempts};; co_await loop.backoff()) {
            try {
                co_return co_await flaky(calls, 2);
            } catch (...) {
                loop.failed();
            }
            CHECK(loop.attempt() == calls + 1);
        }
    };
    auto const out = world.run(program());
    CHECK(out.value == 3);
    CHECK(out.elapsed == 23s);
}

TEST_CASE("a loop fails as async_retry does") {
    World world;
    int calls = 0;
    SECTION("attempts exhausted") {
        auto const out = world.run(looping(three_attempts, calls, 9));
        CHECK(out.failure.is<RetryExhaustedError>());
        CHECK(out.failure.caused_by<NetworkError>());
        CHECK(calls == 3);
    }
    SECTION("a failure that is not retried") {
        auto const out = world.run(looping(three_attempts, calls, 9, Errc::user_error));
        CHECK(out.failure.is<UserError>());
        CHECK(calls == 1);
    }
    SECTION("out of time") {
        auto limited = three_attempts;
        limited.total_timeout = 11s;
        auto const out = world.run(looping(limited, calls, 9));
        CHECK(out.failure.is<RetryTimeoutError>());
        CHECK(out.elapsed == 1s);
    }
}

TEST_CASE("cancellation ends a loop immediately, during an attempt and during a delay") {
    World world;
    int calls = 0;
    auto const when = GENERATE(500ms, 5s);
    auto const type = GENERATE(asio::cancellation_type::terminal, asio::cancellation_type::total);
    auto running = world.start(looping(three_attempts, calls, 9));
    world.time.advance(when);
    running.cancel(type);
    world.time.run();
    CHECK(running.outcome().failure.cancelled());
    CHECK(running.outcome().elapsed == when);
    CHECK(calls == (when > 1s ? 1 : 0));
    CHECK(world.idle());
}

TEST_CASE("a loop without exceptions decides by again()") {
    World world;
    int calls = 0;
    auto const program = [&](int failures) -> asio::awaitable<Result<int>> {
        for (RetryLoop loop{three_attempts};; co_await loop.backoff()) {
            Result<int> result = ++calls;
            if (calls <= failures) result = Failure{Errc::network_error};
            if (result || !loop.again(result.error())) co_return result;
        }
    };
    CHECK(world.run(program(2)).value.value().value() == 3);
    calls = 0;
    CHECK(world.run(program(9)).value.value().error().code() == Errc::network_error);
    CHECK(calls == 3);
}

TEST_CASE("a loop emits the same events as async_retry") {
    World world;
    std::vector<RetryEventType> events;
    Policy const watched{.strategy = FixedDelayStrategy{.max_attempts = 2, .delay = 1s},
                         .on_event = [&](RetryEvent const& event) { events.push_back(event.type); }};
    int calls = 0;
    world.run(looping(watched, calls, 1));
    CHECK(events == std::vector{RetryEventType::retry_attempt, RetryEventType::retry_success});
    events.clear();
    calls = 0;
    world.run(looping(watched, calls, 9));
    CHECK(events == std::vector{RetryEventType::retry_attempt, RetryEventType::retry_failed});
}

TEST_CASE("a loop can be neither copied nor moved, as it points into itself") {
    STATIC_REQUIRE_FALSE(std::copy_constructible<RetryLoop<Policy>>);
    STATIC_REQUIRE_FALSE(std::move_constructible<RetryLoop<Policy>>);
}

TEST_CASE("a loop rejects unsupported options immediately and by name") {
    auto limited = three_attempts;
    limited.total_timeout = 1s;
    CHECK_THROWS_WITH(RetryLoop{limited}, Catch::Matchers::ContainsSubstring("total_timeout"));
    auto with_timeline = three_attempts;
    with_timeline.keep_timeline = true;
    CHECK_THROWS_WITH(RetryLoop{with_timeline}, Catch::Matchers::ContainsSubstring("keep_timeline"));
    auto cut = three_attempts;
    cut.attempt_timeout = 1s;
    CHECK_THROWS_WITH(RetryLoop{cut}, Catch::Matchers::ContainsSubstring("attempt_timeout"));
    auto unusable = three_attempts;
    unusable.strategy.max_attempts = 0;
    CHECK_THROWS_WITH(RetryLoop{unusable}, Catch::Matchers::ContainsSubstring("FixedDelayStrategy::max_attempts is 0"));
}
