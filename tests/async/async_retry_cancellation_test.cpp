// SPDX-License-Identifier: BSL-1.0
#include "async/policies.hpp"
#include "support/catch.hpp"
#include "support/run.hpp"

#include <zenoo_rpc/async/async_retry.hpp>
#include <zenoo_rpc/async/async_sleep.hpp>
#include <zenoo_rpc/exceptions.hpp>
#include <zenoo_rpc/retry/fixed_delay.hpp>

#include <boost/asio/error.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <chrono>
#include <functional>
#include <vector>

using namespace std::chrono_literals;
using namespace zenoo_rpc;
using tests::everything;
using tests::World;
using enum asio::cancellation_type;

namespace {

constexpr asio::cancellation_type all_types[] = {terminal, partial, total};

struct Observed {
    std::vector<RetryEventType> events;
    auto observer() {
        return [this](RetryEvent const& event) { events.push_back(event.type); };
    }
};

bool aborted(Failure const& failure) { return failure.code() == asio::error::operation_aborted && failure.cancelled(); }

}  // namespace

TEST_CASE("cancellation before the start ends the execution immediately") {
    Duration const limit = GENERATE(Duration{unlimited}, Duration{1000h});
    for (auto const type : all_types) {
        World world;
        auto const operation = []() -> asio::awaitable<void> { co_await async_sleep(1h); };
        asio::cancellation_signal signal;
        std::exception_ptr thrown;
        auto const policy = RetryPolicy{.total_timeout = limit};
        async_retry(world.io.get_executor(), policy, operation,
                    asio::bind_cancellation_slot(signal.slot(), [&](std::exception_ptr error) { thrown = error; }));
        signal.emit(type);
        world.time.advance(0s);
        CHECK(aborted(Failure{thrown}));
        CHECK(world.idle());
    }
}

TEST_CASE("cancellation of any type during an attempt ends the execution immediately") {
    bool const limited = GENERATE(false, true);
    for (auto const type : all_types) {
        World world;
        Observed observed;
        int calls = 0;
        auto const operation = [&]() -> asio::awaitable<void> {
            ++calls;
            co_await async_sleep(1h);
        };
        auto const policy = RetryPolicy{.strategy = FixedDelayStrategy{.delay = 1s},
                                        .total_timeout = limited ? Duration{1000h} : unlimited,
                                        .on_event = observed.observer()};
        auto running = world.start(async_retry(policy, operation));
        world.time.advance(1min);
        running.cancel(type);
        world.time.advance(0s);
        REQUIRE(running.ended());
        CHECK(aborted(running.outcome().failure));
        CHECK(running.outcome().elapsed == 1min);
        CHECK(calls == 1);
        CHECK(observed.events.empty());
        CHECK(world.idle());
    }
}

TEST_CASE("cancellation during a delay ends the execution immediately and nests the last failure") {
    bool const limited = GENERATE(false, true);
    for (auto const type : all_types) {
        World world;
        Observed observed;
        int calls = 0;
        auto const operation = [&]() -> asio::awaitable<void> {
            ++calls;
            NetworkError error{"down"};
            error.delivery(Delivery::rejected);
            error.retry_after(2s);
            throw error;
            co_return;
        };
        auto const policy = RetryPolicy{.strategy = FixedDelayStrategy{.delay = 1h},
                                        .total_timeout = limited ? Duration{1000h} : unlimited,
                                        .on_event = observed.observer()};
        auto running = world.start(async_retry(policy, operation));
        world.time.advance(1min);
        running.cancel(type);
        world.time.advance(0s);
        REQUIRE(running.ended());
        auto const& failure = running.outcome().failure;
        CHECK(aborted(failure));
        CHECK(failure.delivery() == Delivery::rejected);
        CHECK(failure.retry_after() == 2s);
        CHECK(failure.cause().code() == Errc::network_error);
        CHECK(running.outcome().elapsed == 1min);
        CHECK(calls == 1);
        CHECK(observed.events == std::vector{RetryEventType::retry_attempt});  // emitted before the delay
        CHECK(world.idle());
    }
}

TEST_CASE("a value that arrives despite a cancellation is returned") {
    bool const limited = GENERATE(false, true);
    World world;
    auto const operation = []() -> asio::awaitable<int> {
        co_await asio::this_coro::reset_cancellation_state(asio::disable_cancellation());
        co_await async_sleep(10s);
        co_return 42;
    };
    auto const policy = RetryPolicy{.attempt_timeout = limited ? Duration{1h} : unlimited};
    auto running = world.start(async_retry(policy, operation));
    world.time.advance(1s);
    running.cancel();
    world.time.run();
    CHECK(running.outcome().value == 42);
}

TEST_CASE("a failure that arrives despite a cancellation is nested and not retried") {
    bool const limited = GENERATE(false, true);
    World world;
    Observed observed;
    int calls = 0;
    auto const operation = [&]() -> asio::awaitable<int> {
        ++calls;
        co_await asio::this_coro::throw_if_cancelled(false);
        boost::system::error_code ignored;
        co_await async_sleep(co_await asio::this_coro::executor, 10s,
                             asio::redirect_error(asio::use_awaitable, ignored));
        NetworkError error{"down"};
        error.delivery(Delivery::not_sent);
        throw error;
    };
    auto const policy = RetryPolicy{.strategy = FixedDelayStrategy{.delay = 1s},
                                    .attempt_timeout = limited ? Duration{1h} : unlimited,
                                    .on_event = observed.observer()};
    auto running = world.start(async_retry(policy, operation));
    world.time.advance(1s);
    running.cancel();
    world.time.run();
    CHECK(aborted(running.outcome().failure));
    CHECK(running.outcome().failure.cause().is<NetworkError>());
    CHECK(running.outcome().failure.delivery() == Delivery::not_sent);
    CHECK(calls == 1);
    CHECK(observed.events.empty());
}

TEST_CASE("an operation that reports itself as cancelled is not retried") {
    World world;
    int calls = 0;
    auto const operation = [&]() -> asio::awaitable<void> {
        ++calls;
        throw boost::system::system_error{asio::error::operation_aborted};
        co_return;
    };
    auto const out = world.run(async_retry(RetryPolicy{.retry_if = everything}, operation));
    CHECK(calls == 1);
    CHECK(aborted(out.failure));
}

TEST_CASE("an operation may choose which cancellation types it accepts") {
    World world;
    int calls = 0;
    auto const operation = [&]() -> asio::awaitable<int> {
        co_await asio::this_coro::reset_cancellation_state(asio::enable_terminal_cancellation());
        co_await async_sleep(1s);
        if (++calls < 3) throw NetworkError{"down"};
        co_return calls;
    };
    auto const policy = RetryPolicy{.strategy = FixedDelayStrategy{.delay = 1s}};
    CHECK(world.run(async_retry(policy, operation)).value == 3);
}

TEST_CASE("only cancellation types that the calling coroutine accepts end the execution") {
    World world;
    auto const operation = []() -> asio::awaitable<void> { co_await async_sleep(10s); };
    auto const policy = RetryPolicy{.attempt_timeout = GENERATE(Duration{unlimited}, Duration{1h})};
    auto const terminal_only = [&]() -> asio::awaitable<void> {
        co_await asio::this_coro::reset_cancellation_state(asio::enable_terminal_cancellation());
        co_await async_retry(policy, operation);
    };
    auto running = world.start(terminal_only());
    world.time.advance(1s);
    running.cancel(total);
    world.time.advance(1s);
    CHECK_FALSE(running.ended());
    running.cancel(terminal);
    world.time.advance(0s);
    CHECK(aborted(running.outcome().failure));
    CHECK(running.outcome().elapsed == 2s);
}

TEST_CASE("a posted cancellation is processed even without delays between attempts") {
    World world;
    int calls = 0;
    auto const operation = [&]() -> asio::awaitable<void> {
        ++calls;
        throw NetworkError{"down"};
        co_return;
    };
    auto const policy = RetryPolicy{.strategy = FixedDelayStrategy{.max_attempts = 1'000'000, .delay = 0s}};
    auto running = world.start(async_retry(policy, operation));
    asio::post(world.io, [&] { running.cancel(); });
    world.time.run();
    CHECK(aborted(running.outcome().failure));
    CHECK(calls < 100);
}

TEST_CASE("an observer may cancel the execution it observes") {
    Duration const delay = GENERATE(Duration{0s}, Duration{1s});
    Duration const limit = GENERATE(Duration{unlimited}, Duration{1h});
    World world;
    int calls = 0;
    std::function<void()> cancel;
    auto const cancelling = [&](RetryEvent const&) { cancel(); };
    auto const policy =
        RetryPolicy{.strategy = FixedDelayStrategy{.delay = delay}, .attempt_timeout = limit, .on_event = cancelling};
    SECTION("an operation that throws") {
        auto const operation = [&]() -> asio::awaitable<void> {
            ++calls;
            throw NetworkError{"down"};
            co_return;
        };
        auto running = world.start(async_retry(policy, operation));
        cancel = [&] { running.cancel(); };
        world.time.run();
        CHECK(aborted(running.outcome().failure));
        CHECK(running.outcome().failure.cause().code() == Errc::network_error);
    }
    SECTION("an operation that returns a result, so nothing is thrown") {
        auto const operation = [&]() -> asio::awaitable<Result<int>> {
            ++calls;
            co_return Failure{Errc::network_error};
        };
        auto running = world.start(async_retry(policy, operation));
        cancel = [&] { running.cancel(); };
        world.time.run();
        REQUIRE(running.outcome().value);
        CHECK(aborted(running.outcome().value->error()));
    }
    CHECK(calls == 1);
}

TEST_CASE("cancellation of an operation that returns a result is reported as a result") {
    Duration const limit = GENERATE(Duration{unlimited}, Duration{1h});
    World world;
    auto const operation = []() -> asio::awaitable<Result<int>> {
        co_await async_sleep(1h);
        co_return 42;
    };
    auto running = world.start(async_retry(RetryPolicy{.attempt_timeout = limit}, operation));
    world.time.advance(1s);
    running.cancel();
    world.time.advance(0s);
    REQUIRE(running.outcome().value);
    CHECK(aborted(running.outcome().value->error()));
}

TEST_CASE("a cancelled operation is awaited until it has cleaned up") {
    World world;
    bool gone = false;
    auto const operation = [&]() -> asio::awaitable<void> {
        co_await asio::this_coro::throw_if_cancelled(false);
        boost::system::error_code aborted;
        auto const executor = co_await asio::this_coro::executor;
        co_await async_sleep(executor, 1h, asio::redirect_error(asio::use_awaitable, aborted));
        co_await asio::this_coro::reset_cancellation_state(asio::disable_cancellation());
        co_await async_sleep(3s);  // closes its resources
        gone = true;
        throw boost::system::system_error{aborted};
    };
    auto running = world.start(
        async_retry(RetryPolicy{.attempt_timeout = GENERATE(Duration{unlimited}, Duration{2h})}, operation));
    world.time.advance(1s);
    running.cancel();
    world.time.run();
    CHECK(gone);
    CHECK(aborted(running.outcome().failure));
    CHECK(running.outcome().elapsed == 4s);
}
