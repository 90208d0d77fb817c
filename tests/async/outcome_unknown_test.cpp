// SPDX-License-Identifier: BSL-1.0
// A request that may have been executed is never sent twice, whatever the layers, and its caller learns of it.
#include "async/policies.hpp"
#include "support/catch.hpp"
#include "support/run.hpp"

#include <zenoo_rpc/async/async_retry.hpp>
#include <zenoo_rpc/async/async_sleep.hpp>
#include <zenoo_rpc/async/circuit_breaker_layer.hpp>
#include <zenoo_rpc/async/fallback.hpp>
#include <zenoo_rpc/async/metrics_layer.hpp>
#include <zenoo_rpc/async/timeout.hpp>
#include <zenoo_rpc/exceptions.hpp>
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
using tests::everything;
using tests::Stubborn;
using tests::World;

namespace {

// All of one type, to keep the compile time of this file low.
AnyRetryPolicy const five_attempts{.strategy = FixedDelayStrategy{.max_attempts = 5, .delay = 1s}};
AnyRetryPolicy const greedy{.strategy = Stubborn{}, .retry_if = everything};
AnyRetryPolicy const hasty{.strategy = FixedDelayStrategy{.max_attempts = 5, .delay = 1s},
                           .retry_if = everything,
                           .total_timeout = 1h,
                           .attempt_timeout = 5s};
AnyRetryPolicy const brief{.strategy = Stubborn{}, .retry_if = everything, .total_timeout = 5s};

std::exception_ptr lost_response(error_code cause) {
    auto error = OutcomeUnknownError{"create of res.partner was sent, but its response was lost"};
    error.delivery(Delivery::unknown);
    return detail::nesting(std::move(error), Failure{cause});
}

/// How a lost response becomes apparent.
enum class Outcome {
    at_once,          ///< the connection is reset
    when_cut_off,     ///< nothing happens until a time limit or a cancellation ends the wait
    as_cancellation,  ///< as before, and the error carries the code of the cancellation
    wrapped,          ///< user code has nested it in an exception of its own
};

/// A `create` that reaches the server, whose response is lost. Counts the requests sent.
asio::awaitable<int> create(Outcome outcome, int& sent) {
    ++sent;
    if (outcome == Outcome::at_once) std::rethrow_exception(lost_response(asio::error::connection_reset));
    if (outcome == Outcome::wrapped) {
        try {
            std::rethrow_exception(lost_response(asio::error::connection_reset));
        } catch (...) {
            std::throw_with_nested(boost::system::system_error{asio::error::connection_reset, "in the import"});
        }
    }
    try {
        co_await async_sleep(1h);
    } catch (boost::system::system_error const& cut_off) {
        if (outcome == Outcome::as_cancellation) throw OutcomeUnknownError{cut_off.code(), "sent, no response"};
        std::rethrow_exception(lost_response(cut_off.code()));
    }
    co_return 0;
}

template <class Layers>
void check_sent_once(char const* name, Layers const& layers, Outcome outcome) {
    INFO(name << ", outcome " << static_cast<int>(outcome));
    World world;
    int sent = 0;
    auto const out = world.run(layers([&] { return create(outcome, sent); }));
    CHECK(sent == 1);
    CHECK_FALSE(out.value);
    CHECK(out.failure.template is<OutcomeUnknownError>());
    if (outcome != Outcome::wrapped) CHECK_THROWS_AS(out.failure.raise(), OutcomeUnknownError);
    CHECK(out.elapsed <= 5s);
    CHECK(world.idle());
}

auto breaker_layer() {
    return circuit_breaker(std::make_shared<CircuitBreaker>(CircuitBreakerOptions{.expected = everything}));
}

}  // namespace

#define CHECK_SENT_ONCE(...) check_sent_once(#__VA_ARGS__, __VA_ARGS__, outcome)

TEST_CASE("an operation whose lost response is noticed immediately is sent once in any composition") {
    auto const outcome = GENERATE(Outcome::at_once, Outcome::wrapped);
    CHECK_SENT_ONCE(retry(five_attempts));
    CHECK_SENT_ONCE(retry(greedy));
    CHECK_SENT_ONCE(retry(hasty));
    CHECK_SENT_ONCE(timeout(5s));
    CHECK_SENT_ONCE(fallback(7));
    CHECK_SENT_ONCE(breaker_layer());
    CHECK_SENT_ONCE(retry(greedy) | retry(greedy));
    CHECK_SENT_ONCE(retry(greedy) | retry(hasty) | retry(five_attempts));
    CHECK_SENT_ONCE(retry(greedy) | timeout(5s));
    CHECK_SENT_ONCE(timeout(5s) | retry(greedy));
    CHECK_SENT_ONCE(retry(greedy) | breaker_layer());
    CHECK_SENT_ONCE(breaker_layer() | retry(greedy));
    CHECK_SENT_ONCE(fallback(7) | retry(greedy));
    CHECK_SENT_ONCE(retry(greedy) | fallback(7));
    CHECK_SENT_ONCE(fallback(7) | timeout(30s) | retry(greedy) | breaker_layer() | timeout(5s));
    CHECK_SENT_ONCE(fallback(7) | retry(hasty) | breaker_layer() | metrics(std::make_shared<MetricsRecorder>()));
}

TEST_CASE("an operation whose lost response is noticed at a time limit is sent once in any composition") {
    auto const outcome = GENERATE(Outcome::when_cut_off, Outcome::as_cancellation);
    CHECK_SENT_ONCE(timeout(5s));
    CHECK_SENT_ONCE(retry(hasty));
    CHECK_SENT_ONCE(retry(brief));
    CHECK_SENT_ONCE(retry(five_attempts) | timeout(5s));
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
    CHECK_SENT_ONCE(retry(hasty) | breaker_layer());
    CHECK_SENT_ONCE(retry(greedy) | timeout(5s) | breaker_layer());
    CHECK_SENT_ONCE(fallback(7) | timeout(30s) | retry(greedy) | breaker_layer() | timeout(5s));
    CHECK_SENT_ONCE(fallback(7) | timeout(5s) | retry(greedy) | breaker_layer() | timeout(30s));
}

TEST_CASE("an operation that returns a lost response as a result is sent once in any composition") {
    auto const outcome = GENERATE(Outcome::at_once, Outcome::when_cut_off, Outcome::as_cancellation, Outcome::wrapped);
    auto const check = [&](auto const& layers) {
        World world;
        int sent = 0;
        auto const operation = [&]() -> asio::awaitable<Result<int>> {
            try {
                co_return co_await create(outcome, sent);
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
    check(fallback(7) | timeout(30s) | retry(greedy) | breaker_layer() | timeout(5s));
}

TEST_CASE("an async_retry around a pipeline does not send again") {
    for (auto const outcome : {Outcome::at_once, Outcome::when_cut_off, Outcome::as_cancellation, Outcome::wrapped}) {
        World world;
        int sent = 0;
        auto const inner = retry(hasty) | timeout(5s);
        auto const operation = [&] { return inner([&] { return create(outcome, sent); }); };
        auto const out = world.run(async_retry(greedy, operation));
        CHECK(sent == 1);
        CHECK(out.failure.is<OutcomeUnknownError>());
    }
}

TEST_CASE("an unknown outcome takes precedence over the cancellation that caused it") {
    auto const outcome = GENERATE(Outcome::when_cut_off, Outcome::as_cancellation);
    auto const check = [&](char const* name, auto const& layers) {
        INFO(name);
        World world;
        int sent = 0;
        auto running = world.start(layers([&] { return create(outcome, sent); }));
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
    check("breaker", retry(greedy) | breaker_layer());
    check("all", fallback(7) | timeout(30s) | retry(greedy) | breaker_layer() | timeout(5s));
}

TEST_CASE("only an explicit predicate replaces an unknown outcome") {
    World world;
    int sent = 0;
    auto const layers = fallback(7, failure_is<OutcomeUnknownError>) | retry(greedy);
    CHECK(world.run(layers([&] { return create(Outcome::at_once, sent); })).value == 7);
    CHECK(sent == 1);
}

TEST_CASE("a timeout that nests an unknown outcome is not replaced either") {
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
    world.run(layers([&] { return create(Outcome::at_once, sent); }));
    CHECK(strict->is_open());
}
