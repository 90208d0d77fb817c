// SPDX-License-Identifier: BSL-1.0
#include "async/succeeding_at.hpp"
#include "support/catch.hpp"
#include "support/run.hpp"

#include <zenoo_rpc/async/async_retry.hpp>
#include <zenoo_rpc/async/async_sleep.hpp>
#include <zenoo_rpc/exceptions.hpp>
#include <zenoo_rpc/retry/fixed_delay.hpp>

#include <chrono>
#include <memory>
#include <optional>
#include <ostream>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

using namespace std::chrono_literals;
using namespace zenoo_rpc;
using tests::succeeding_at;
using tests::World;

namespace {

struct Seen {
    std::string type;
    std::string operation;
    int attempt;
    Duration delay;
    error_code failure;

    friend bool operator==(Seen const&, Seen const&) = default;
    friend std::ostream& operator<<(std::ostream& out, Seen const& seen) {
        return out << seen.type << " of " << seen.operation << ", attempt " << seen.attempt << ", delay "
                   << seen.delay.count() << ", " << seen.failure.message();
    }
};

struct Recorder {
    std::vector<Seen> events;
    auto observer() {
        return [this](RetryEvent const& event) {
            events.push_back({to_string(event.type), std::string{event.operation}, event.attempt, event.delay,
                              event.failure.code()});
        };
    }
};

struct Look {
    int attempt;
    int max_attempts;
    Duration elapsed;
    Duration previous_delay;
    bool after_network_error;
    friend bool operator==(Look const&, Look const&) = default;
};

error_code const network = Errc::network_error;
constexpr auto doubling_strategy =
    ExponentialBackoffStrategy{.max_attempts = 3, .base_delay = 1s, .jitter = NoJitter{}};

}  // namespace

TEST_CASE("a success at the first attempt emits no event") {
    World world;
    Recorder recorder;
    world.run(
        async_retry(RetryPolicy{.strategy = doubling_strategy, .on_event = recorder.observer()}, succeeding_at(1)));
    CHECK(recorder.events.empty());
}

TEST_CASE("each retry emits an event, and the success after them one more") {
    World world;
    Recorder recorder;
    auto const policy =
        RetryPolicy{.strategy = doubling_strategy, .on_event = recorder.observer(), .operation = "create partner"};
    SECTION("unlimited") { world.run(async_retry(policy, succeeding_at(3))); }
    SECTION("limited") {
        auto limited = policy;
        limited.attempt_timeout = 1min;
        world.run(async_retry(limited, succeeding_at(3)));
    }
    CHECK(recorder.events
          == std::vector<Seen>{{"retry_attempt", "create partner", 1, 1s, network},
                               {"retry_attempt", "create partner", 2, 2s, network},
                               {"retry_success", "create partner", 3, 0s, {}}});
}

TEST_CASE("an event is emitted before its delay") {
    World world;
    std::vector<TimePoint> times;
    auto const note = [&](RetryEvent const&) { times.push_back(world.time.now()); };
    auto const start = world.time.now();
    world.run(async_retry(RetryPolicy{.strategy = doubling_strategy, .on_event = note}, succeeding_at(3)));
    CHECK(times == std::vector<TimePoint>{start, start + 1s, start + 3s});
}

TEST_CASE("giving up after a retry emits an event with the number of attempts made") {
    World world;
    Recorder recorder;
    world.run(
        async_retry(RetryPolicy{.strategy = doubling_strategy, .on_event = recorder.observer()}, succeeding_at(9)));
    CHECK(recorder.events
          == std::vector<Seen>{{"retry_attempt", "", 1, 1s, network},
                               {"retry_attempt", "", 2, 2s, network},
                               {"retry_failed", "", 3, 0s, network}});
}

TEST_CASE("a permanent failure after a retry emits an event") {
    World world;
    Recorder recorder;
    auto const operation = [calls = 0]() mutable -> asio::awaitable<void> {
        if (++calls == 1) throw NetworkError{"down"};
        throw AccessError{"no"};
        co_return;
    };
    world.run(async_retry(RetryPolicy{.strategy = doubling_strategy, .on_event = recorder.observer()}, operation));
    CHECK(recorder.events
          == std::vector<Seen>{{"retry_attempt", "", 1, 1s, network},
                               {"retry_failed", "", 2, 0s, error_code{Errc::access_denied}}});
}

TEST_CASE("giving up without a retry emits no event") {
    World world;
    Recorder recorder;
    auto const once = FixedDelayStrategy{.max_attempts = 1};
    auto const slow = FixedDelayStrategy{.delay = 10s};
    world.run(async_retry(RetryPolicy{.strategy = once, .on_event = recorder.observer()}, succeeding_at(2)));
    world.run(async_retry(RetryPolicy{.strategy = doubling_strategy, .on_event = recorder.observer()},
                          succeeding_at<UserError>(2)));
    world.run(async_retry(RetryPolicy{.strategy = slow, .total_timeout = 5s, .on_event = recorder.observer()},
                          succeeding_at(2)));
    CHECK(recorder.events.empty());
}

TEST_CASE("running out of time after a retry emits an event") {
    World world;
    Recorder recorder;
    auto const slow = FixedDelayStrategy{.delay = 10s};
    SECTION("before a delay") {
        world.run(async_retry(RetryPolicy{.strategy = slow, .total_timeout = 15s, .on_event = recorder.observer()},
                              succeeding_at(9)));
        CHECK(recorder.events
              == std::vector<Seen>{{"retry_attempt", "", 1, 10s, network}, {"retry_failed", "", 2, 0s, network}});
    }
    SECTION("during an attempt") {
        auto const operation = [calls = 0]() mutable -> asio::awaitable<void> {
            if (++calls == 1) throw NetworkError{"down"};
            co_await async_sleep(1h);
        };
        world.run(async_retry(RetryPolicy{.strategy = slow, .total_timeout = 15s, .on_event = recorder.observer()},
                              operation));
        CHECK(recorder.events
              == std::vector<Seen>{{"retry_attempt", "", 1, 10s, network}, {"retry_failed", "", 2, 0s, network}});
    }
}

TEST_CASE("the delay in an event is the actual one, including a retry-after of the server") {
    World world;
    Recorder recorder;
    auto const busy = [calls = 0]() mutable -> asio::awaitable<void> {
        if (++calls > 1) co_return;
        RateLimitedError error{"slow down"};
        error.retry_after(7s);
        throw error;
    };
    world.run(async_retry(RetryPolicy{.strategy = doubling_strategy, .on_event = recorder.observer()}, busy));
    REQUIRE(recorder.events.size() == 2);
    CHECK(recorder.events[0].delay == 7s);
}

TEST_CASE("an observer sees the original exception") {
    World world;
    std::string text;
    auto const note = [&](RetryEvent const& event) {
        if (event.type == RetryEventType::retry_attempt) text = event.failure.what();
    };
    world.run(async_retry(RetryPolicy{.strategy = doubling_strategy, .on_event = note}, succeeding_at(2)));
    CHECK(tests::contains(text, "down"));
}

TEST_CASE("an observer that throws affects neither the retry nor other observers") {
    World world;
    Recorder recorder;
    auto const throwing = [](RetryEvent const&) { throw std::runtime_error{"the observer failed"}; };
    auto const policy =
        RetryPolicy{.strategy = doubling_strategy, .on_event = observers(throwing, recorder.observer(), throwing)};
    CHECK(world.run(async_retry(policy, succeeding_at(3))).value == 3);
    CHECK(recorder.events.size() == 3);
    auto const alone = RetryPolicy{.strategy = doubling_strategy, .on_event = throwing};
    CHECK(world.run(async_retry(alone, succeeding_at(3))).value == 3);
    CHECK(world.run(async_retry(alone, succeeding_at(9))).failure.is<RetryExhaustedError>());
}

TEST_CASE("a context informs the operation about its attempt") {
    World world;
    std::vector<Look> looks;
    auto const operation = [&](RetryContext const& context) -> asio::awaitable<void> {
        looks.push_back({context.attempt, context.max_attempts, context.elapsed(), context.previous_delay,
                         context.last_failure.is<NetworkError>() && context.last_failure.exception()});
        co_await async_sleep(10s);
        throw NetworkError{"down"};
    };
    std::vector<Look> const expected{{1, 3, 0s, 0s, false}, {2, 3, 11s, 1s, true}, {3, 3, 23s, 2s, true}};
    SECTION("unlimited") { world.run(async_retry(RetryPolicy{.strategy = doubling_strategy}, operation)); }
    SECTION("limited") {
        world.run(async_retry(RetryPolicy{.strategy = doubling_strategy, .total_timeout = 1h}, operation));
    }
    SECTION("through a pipeline") {
        world.run(retry(RetryPolicy{}) | retry(RetryPolicy{.strategy = doubling_strategy}), operation);
    }
    CHECK(looks == expected);
}

TEST_CASE("an exception is kept during a delay only if the operation takes the context") {
    struct Heavy : NetworkError {
        explicit Heavy(std::shared_ptr<int> ballast) : NetworkError{"down"}, ballast_{std::move(ballast)} {}
        std::shared_ptr<int> ballast_;
    };
    World world;
    auto const ballast = std::make_shared<int>();
    auto const policy = RetryPolicy{.strategy = FixedDelayStrategy{.delay = 1min}};
    auto const blind = [&]() -> asio::awaitable<void> {
        throw Heavy{ballast};
        co_return;
    };
    auto const seeing = [&](RetryContext const&) -> asio::awaitable<void> {
        throw Heavy{ballast};
        co_return;
    };
    auto first = world.start(async_retry(policy, blind));
    world.time.advance(1s);
    CHECK(ballast.use_count() == 1);
    world.time.run();
    CHECK(first.outcome().failure.caused_by<Heavy>());
    first.outcome().failure = {};
    auto second = world.start(async_retry(policy, seeing));
    world.time.advance(1s);
    CHECK(ballast.use_count() == 2);
    world.time.run();
    CHECK(second.outcome().failure.caused_by<Heavy>());
}

TEST_CASE("max_attempts is zero if the strategy does not know it") {
    struct TwoMore {
        std::optional<Duration> next_delay(RetryContext const& context) {
            return context.attempt < 3 ? std::optional<Duration>{1s} : std::nullopt;
        }
    };
    World world;
    int shown = -1;
    auto const operation = [&](RetryContext const& context) -> asio::awaitable<void> {
        shown = context.max_attempts;
        co_return;
    };
    world.run(async_retry(RetryPolicy{.strategy = TwoMore{}}, operation));
    CHECK(shown == 0);
}
