// SPDX-License-Identifier: BSL-1.0
// What may have happened is never done twice, whatever is built around it, and the caller is told.
#include "support/catch.hpp"
#include "support/run.hpp"

#include <zenoo_rpc/async/async_retry.hpp>
#include <zenoo_rpc/async/async_sleep.hpp>
#include <zenoo_rpc/async/circuit_breaker_layer.hpp>
#include <zenoo_rpc/async/fallback.hpp>
#include <zenoo_rpc/async/metrics_layer.hpp>
#include <zenoo_rpc/async/timeout.hpp>
#include <zenoo_rpc/retry/fixed_delay.hpp>
#include <zenoo_rpc/retry/presets.hpp>

#include <boost/asio/error.hpp>

#include <chrono>
#include <exception>
#include <memory>
#include <stdexcept>
#include <utility>

using namespace std::chrono_literals;
using namespace zenoo_rpc;
using tests::World;

namespace {

class Stubborn final : public RetryStrategy {
public:
    bool should_retry(int, Failure const&) override { return true; }
    Duration get_delay(int) override { return 1s; }
};

auto const everything = [](Failure const&) { return true; };
// All of one type, for the sake of the time that this file takes to compile.
AnyRetryPolicy const patient{.strategy = FixedDelayStrategy{.max_attempts = 5, .delay = 1s}};
AnyRetryPolicy const greedy{.strategy = Stubborn{}, .retry_if = everything};
AnyRetryPolicy const hasty{.strategy = FixedDelayStrategy{.max_attempts = 5, .delay = 1s},
                           .retry_if = everything,
                           .total_timeout = 1h,
                           .attempt_timeout = 5s};
AnyRetryPolicy const brief{.strategy = Stubborn{}, .retry_if = everything, .total_timeout = 5s};

std::exception_ptr lost_answer(error_code cause) {
    auto error = OutcomeUnknownError{"create of res.partner was sent, but not answered"};
    error.delivery(Delivery::unknown);
    return detail::nesting(std::move(error), Failure{cause});
}

/// How a lost answer shows.
enum class Ending {
    at_once,          ///< the connection is reset
    when_cut_off,     ///< nothing happens until somebody loses patience
    as_cancellation,  ///< the same, and the error carries the code of the cancellation
    wrapped,          ///< a user's code has wrapped its own exception around it
};

/// A `create` that reaches the server, whose answer is lost. Counts what was sent.
asio::awaitable<int> create(Ending ending, int& sent) {
    ++sent;
    if (ending == Ending::at_once) std::rethrow_exception(lost_answer(asio::error::connection_reset));
    if (ending == Ending::wrapped) {
        try {
            std::rethrow_exception(lost_answer(asio::error::connection_reset));
        } catch (...) {
            std::throw_with_nested(boost::system::system_error{asio::error::connection_reset, "in the import"});
        }
    }
    try {
        co_await async_sleep(1h);
    } catch (boost::system::system_error const& cut_off) {
        if (ending == Ending::as_cancellation) throw OutcomeUnknownError{cut_off.code(), "sent, not answered"};
        std::rethrow_exception(lost_answer(cut_off.code()));
    }
    co_return 0;
}

template <class Layers>
void check_sent_once(char const* name, Layers const& layers, Ending ending) {
    INFO(name << ", ending " << static_cast<int>(ending));
    World world;
    int sent = 0;
    auto const out = world.run(layers([&] { return create(ending, sent); }));
    CHECK(sent == 1);
    CHECK_FALSE(out.value);
    CHECK(out.failure.template is<OutcomeUnknownError>());
    if (ending != Ending::wrapped) CHECK_THROWS_AS(out.failure.raise(), OutcomeUnknownError);
    CHECK(out.elapsed <= 5s);
    CHECK(world.idle());
}

auto const breaker = [] {
    return circuit_breaker(std::make_shared<CircuitBreaker>(CircuitBreakerOptions{.expected = everything}));
};

}  // namespace

#define CHECK_SENT_ONCE(...) check_sent_once(#__VA_ARGS__, __VA_ARGS__, ending)

TEST_CASE("a lost answer that shows by itself is sent once through any composition") {
    auto const ending = GENERATE(Ending::at_once, Ending::wrapped);
    CHECK_SENT_ONCE(retry(patient));
    CHECK_SENT_ONCE(retry(greedy));
    CHECK_SENT_ONCE(retry(hasty));
    CHECK_SENT_ONCE(timeout(5s));
    CHECK_SENT_ONCE(fallback(7));
    CHECK_SENT_ONCE(breaker());
    CHECK_SENT_ONCE(retry(greedy) | retry(greedy));
    CHECK_SENT_ONCE(retry(greedy) | retry(hasty) | retry(patient));
    CHECK_SENT_ONCE(retry(greedy) | timeout(5s));
    CHECK_SENT_ONCE(timeout(5s) | retry(greedy));
    CHECK_SENT_ONCE(retry(greedy) | breaker());
    CHECK_SENT_ONCE(breaker() | retry(greedy));
    CHECK_SENT_ONCE(fallback(7) | retry(greedy));
    CHECK_SENT_ONCE(retry(greedy) | fallback(7));
    CHECK_SENT_ONCE(fallback(7) | timeout(30s) | retry(greedy) | breaker() | timeout(5s));
    CHECK_SENT_ONCE(fallback(7) | retry(hasty) | breaker() | metrics(std::make_shared<MetricsRecorder>()));
}

TEST_CASE("a lost answer that shows when patience ends is sent once through any composition") {
    auto const ending = GENERATE(Ending::when_cut_off, Ending::as_cancellation);
    CHECK_SENT_ONCE(timeout(5s));
    CHECK_SENT_ONCE(retry(hasty));
    CHECK_SENT_ONCE(retry(brief));
    CHECK_SENT_ONCE(retry(patient) | timeout(5s));
    CHECK_SENT_ONCE(retry(greedy) | timeout(5s));
    CHECK_SENT_ONCE(timeout(5s) | retry(greedy));
    CHECK_SENT_ONCE(timeout(5s) | timeout(5s));
    CHECK_SENT_ONCE(retry(greedy) | retry(hasty));
    CHECK_SENT_ONCE(retry(hasty) | retry(greedy));
    CHECK_SENT_ONCE(retry(hasty) | retry(hasty));
    CHECK_SENT_ONCE(retry(brief) | retry(hasty));
    CHECK_SENT_ONCE(retry(greedy) | retry(brief));
    CHECK_SENT_ONCE(fallback(7) | timeout(5s));
    CHECK_SENT_ONCE(fallback(7) | retry(hasty));
    CHECK_SENT_ONCE(retry(greedy) | fallback(7) | timeout(5s));
    CHECK_SENT_ONCE(retry(hasty) | breaker());
    CHECK_SENT_ONCE(retry(greedy) | timeout(5s) | breaker());
    CHECK_SENT_ONCE(fallback(7) | timeout(30s) | retry(greedy) | breaker() | timeout(5s));
    CHECK_SENT_ONCE(fallback(7) | timeout(5s) | retry(greedy) | breaker() | timeout(30s));
}

TEST_CASE("a lost answer that comes in a result is sent once through any composition") {
    auto const ending = GENERATE(Ending::at_once, Ending::when_cut_off, Ending::as_cancellation, Ending::wrapped);
    auto const check = [&](auto const& layers) {
        World world;
        int sent = 0;
        auto const operation = [&]() -> asio::awaitable<Result<int>> {
            try {
                co_return co_await create(ending, sent);
            } catch (...) {
                co_return Failure{std::current_exception()};
            }
        };
        auto const out = world.run(layers(operation));
        CHECK(sent == 1);
        REQUIRE(out.value);
        CHECK(out.value->error().template is<OutcomeUnknownError>());
    };
    check(retry(hasty));
    check(retry(brief));
    check(timeout(5s) | retry(greedy));
    check(fallback(7) | timeout(30s) | retry(greedy) | breaker() | timeout(5s));
}

TEST_CASE("a user's own async_retry around a pipeline does not send again") {
    for (auto const ending : {Ending::at_once, Ending::when_cut_off, Ending::as_cancellation, Ending::wrapped}) {
        World world;
        int sent = 0;
        auto const inner = retry(hasty) | timeout(5s);
        auto const operation = [&] { return inner([&] { return create(ending, sent); }); };
        auto const out = world.run(async_retry(greedy, operation));
        CHECK(sent == 1);
        CHECK(out.failure.is<OutcomeUnknownError>());
    }
}

TEST_CASE("an unknown outcome wins over the cancellation that made it so") {
    auto const ending = GENERATE(Ending::when_cut_off, Ending::as_cancellation);
    auto const check = [&](char const* name, auto const& layers) {
        INFO(name);
        World world;
        int sent = 0;
        auto running = world.start(layers([&] { return create(ending, sent); }));
        world.time.advance(1s);
        running.cancel();
        world.time.advance(0s);
        REQUIRE(running.ended());
        CHECK(running.outcome().failure.template is<OutcomeUnknownError>());
        CHECK_THROWS_AS(running.outcome().failure.raise(), OutcomeUnknownError);
        CHECK(sent == 1);
        CHECK(world.idle());
    };
    check("retry", retry(greedy));
    check("retry with limits", retry(hasty));
    check("timeout", timeout(5s));
    check("fallback", fallback(7) | retry(greedy));
    check("breaker", retry(greedy) | breaker());
    check("all", fallback(7) | timeout(30s) | retry(greedy) | breaker() | timeout(5s));
}

TEST_CASE("only a predicate that asks for it replaces an unknown outcome") {
    World world;
    int sent = 0;
    auto const layers = fallback(7, failure_is<OutcomeUnknownError>) | retry(greedy);
    CHECK(world.run(layers([&] { return create(Ending::at_once, sent); })).value == 7);
    CHECK(sent == 1);
}

TEST_CASE("a timeout behind which an outcome is unknown is not replaced either") {
    World world;
    auto const late = []() -> asio::awaitable<int> {
        throw TimeoutError{"no result"};
        co_return 0;
    };
    auto const unknown = [&]() -> asio::awaitable<int> {
        auto error =
            detail::nesting(TimeoutError{"no result"}, Failure{std::make_exception_ptr(OutcomeUnknownError{"sent"})});
        std::rethrow_exception(error);
        co_return 0;
    };
    CHECK(world.run(fallback(7), late).value == 7);
    CHECK(world.run(fallback(7), unknown).failure.is<TimeoutError>());
}

TEST_CASE("a breaker counts an unknown outcome as its cause") {
    World world;
    int sent = 0;
    auto const strict = std::make_shared<CircuitBreaker>(CircuitBreakerOptions{.failure_threshold = 1});
    auto const layers = retry(greedy) | circuit_breaker(strict);
    world.run(layers([&] { return create(Ending::at_once, sent); }));
    CHECK(strict->is_open());
}
