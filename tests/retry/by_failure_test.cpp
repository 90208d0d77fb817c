// SPDX-License-Identifier: BSL-1.0
#include "retry/fixed_random.hpp"
#include "retry/three_strategies.hpp"
#include "support/catch.hpp"
#include "support/failures.hpp"

#include <zenoo_rpc/exceptions.hpp>
#include <zenoo_rpc/retry/any_strategy.hpp>
#include <zenoo_rpc/retry/by_failure.hpp>
#include <zenoo_rpc/retry/decorrelated_jitter.hpp>
#include <zenoo_rpc/retry/fixed_delay.hpp>
#include <zenoo_rpc/retry/linear_backoff.hpp>

#include <chrono>
#include <concepts>
#include <exception>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>

using namespace std::chrono_literals;
using namespace zenoo_rpc;
using tests::conflict;
using tests::middle;
using tests::network;
using tests::quick;
using tests::slow;
using tests::timed_out;
using tests::user;
using tests::usual;

namespace {

Failure const bad_gateway = Errc::bad_gateway;

std::optional<Duration> next_delay(auto& strategy, int attempt, Failure const& failure) {
    return strategy.next_delay({.attempt = attempt, .last_failure = failure});
}

/// A custom strategy that retries only timeouts.
struct OnlyTimeouts final : RetryStrategy {
    bool should_retry(int attempt, Failure const& failure) override {
        return attempt < 3 && failure.is<TimeoutError>();
    }
    Duration get_delay(int attempt) override { return attempt * 7s; }
};

/// Implements only next_delay and counts its calls.
struct Counting {
    std::optional<Duration> next_delay(RetryContext const& context) {
        if (context.last_failure.is<UserError>()) return std::nullopt;
        return ++asked * 1s;
    }
    int asked = 0;
};

}  // namespace

TEST_CASE("each failure is handled by its strategy") {
    auto strategy = by_failure(when<ConcurrencyError>(slow), when<NetworkError>(quick), otherwise(usual));
    CHECK(next_delay(strategy, 1, conflict) == Duration{30s});
    CHECK(next_delay(strategy, 1, network) == Duration{100ms});
    CHECK(next_delay(strategy, 1, timed_out) == Duration{1s});
    CHECK(next_delay(strategy, 1, {}) == Duration{1s});
}

TEST_CASE("the first matching case handles a failure") {
    auto general_first = by_failure(when<ServerError>(quick), when<ConcurrencyError>(slow), otherwise(usual));
    CHECK(next_delay(general_first, 1, conflict) == Duration{100ms});
    auto special_first = by_failure(when<ConcurrencyError>(slow), when<ServerError>(quick), otherwise(usual));
    CHECK(next_delay(special_first, 1, conflict) == Duration{30s});
    CHECK(next_delay(special_first, 1, bad_gateway) == Duration{100ms});
}

TEST_CASE("a case may match several classes or a predicate") {
    auto several = by_failure(when<NetworkError, TimeoutError>(quick), otherwise(usual));
    CHECK(next_delay(several, 1, network) == Duration{100ms});
    CHECK(next_delay(several, 1, timed_out) == Duration{100ms});
    CHECK(next_delay(several, 1, conflict) == Duration{1s});

    std::string const word = "locked";
    auto const is_about_locks = [word](Failure const& failure) {
        return failure.what().find(word) != std::string::npos;
    };
    auto predicates =
        by_failure(when(is_about_locks, slow), when(failure_is<ServerError> && !failure_is<ConcurrencyError>, quick),
                   otherwise(usual));
    Failure const locked{std::make_exception_ptr(std::runtime_error{"row is locked"})};
    CHECK(next_delay(predicates, 1, locked) == Duration{30s});
    CHECK(next_delay(predicates, 1, bad_gateway) == Duration{100ms});
    CHECK(next_delay(predicates, 1, conflict) == Duration{1s});
}

TEST_CASE("every case counts the attempts of the whole execution") {
    auto strategy = by_failure(when<ConcurrencyError>(slow), when<NetworkError>(quick), otherwise(usual));
    CHECK(next_delay(strategy, 2, conflict) == Duration{30s});
    CHECK(next_delay(strategy, 3, conflict) == std::nullopt);
    CHECK(next_delay(strategy, 4, timed_out) == std::nullopt);
    CHECK(next_delay(strategy, 4, network) == Duration{100ms});
    CHECK(next_delay(strategy, 5, network) == std::nullopt);

    auto rising = by_failure(when<NetworkError>(LinearBackoffStrategy{.max_attempts = 9, .jitter = NoJitter{}}),
                             otherwise(usual));
    CHECK(next_delay(rising, 1, network) == Duration{1s});
    CHECK(next_delay(rising, 2, timed_out) == Duration{1s});
    CHECK(next_delay(rising, 3, network) == Duration{3s});
}

TEST_CASE("should_retry and get_delay delegate to the same strategy") {
    auto strategy = by_failure(when<ConcurrencyError>(slow), when<NetworkError>(quick), otherwise(usual));
    CHECK(strategy.get_delay(1) == 1s);
    CHECK(strategy.should_retry(4, network));
    CHECK(strategy.get_delay(4) == 100ms);
    CHECK_FALSE(strategy.should_retry(3, conflict));
    CHECK(strategy.get_delay(1) == 30s);
    CHECK(next_delay(strategy, 1, timed_out) == Duration{1s});
    CHECK(strategy.get_delay(1) == 1s);
}

TEST_CASE("max_attempts is the maximum of all cases, or unknown if a case does not know it") {
    CHECK(by_failure(when<ConcurrencyError>(slow), when<NetworkError>(quick), otherwise(usual)).max_attempts() == 5);
    CHECK(by_failure(when<ConcurrencyError>(slow), otherwise(usual)).max_attempts() == 4);
    CHECK(by_failure(when<NetworkError>(AnyStrategy{quick}), otherwise(usual)).max_attempts() == 5);
    CHECK(by_failure(when<NetworkError>(Counting{}), otherwise(usual)).max_attempts() == 0);
    CHECK(by_failure(when<NetworkError>(quick), otherwise(OnlyTimeouts{})).max_attempts() == 0);
    CHECK(detail::attempts_of(by_failure(otherwise(slow))) == 3);
}

TEST_CASE("a custom strategy decides alone about its failures") {
    auto strategy =
        by_failure(when<TimeoutError>(OnlyTimeouts{}), when<UserError>(AnyStrategy{OnlyTimeouts{}}), otherwise(usual));
    CHECK(detail::decides_alone(strategy, timed_out));
    CHECK(detail::decides_alone(strategy, user));
    CHECK_FALSE(detail::decides_alone(strategy, network));
    CHECK_FALSE(detail::decides_alone(strategy, {}));
    CHECK(detail::decides_alone(AnyStrategy{strategy}, timed_out));
    CHECK_FALSE(detail::decides_alone(AnyStrategy{strategy}, network));
    CHECK(next_delay(strategy, 2, timed_out) == Duration{14s});
    CHECK(next_delay(strategy, 1, user) == std::nullopt);
}

TEST_CASE("decides_alone does not change the strategy that get_delay uses") {
    auto strategy = by_failure(when<NetworkError>(quick), otherwise(usual));
    CHECK(strategy.should_retry(1, network));
    CHECK_FALSE(strategy.decides_alone(timed_out));
    CHECK(strategy.get_delay(1) == 100ms);
}

TEST_CASE("a case may implement only next_delay") {
    auto strategy = by_failure(when<NetworkError, UserError>(Counting{}), otherwise(usual));
    CHECK(strategy.should_retry(1, network));
    CHECK_FALSE(strategy.should_retry(1, user));
    CHECK(strategy.get_delay(1) == 2s);
    CHECK(next_delay(strategy, 1, network) == Duration{3s});
    CHECK(next_delay(strategy, 1, user) == std::nullopt);
}

TEST_CASE("each case keeps its own state, and so does each copy") {
    DecorrelatedJitterStrategy const wandering{.max_attempts = 9, .random = middle};
    auto strategy = by_failure(when<NetworkError>(wandering), otherwise(wandering));
    CHECK(next_delay(strategy, 1, network) == Duration{1s});
    CHECK(next_delay(strategy, 2, network) == Duration{2s});
    CHECK(next_delay(strategy, 3, timed_out) == Duration{1s});
    auto copy = strategy;
    CHECK(next_delay(copy, 4, network) == Duration{3500ms});
    CHECK(copy.get_delay(5) == 5750ms);
    CHECK(next_delay(strategy, 4, network) == Duration{3500ms});
    CHECK(next_delay(strategy, 5, timed_out) == Duration{2s});
}

TEST_CASE("cases may be nested") {
    auto inner = by_failure(when<ConcurrencyError>(slow), otherwise(quick));
    AnyStrategy strategy = by_failure(when<ServerError>(inner), otherwise(usual));
    CHECK(next_delay(strategy, 1, conflict) == Duration{30s});
    CHECK(next_delay(strategy, 1, bad_gateway) == Duration{100ms});
    CHECK(next_delay(strategy, 1, network) == Duration{1s});
    CHECK(strategy.max_attempts() == 5);
}

TEST_CASE("a single case for everything behaves like its strategy") {
    auto strategy = by_failure(otherwise(usual));
    CHECK(next_delay(strategy, 1, {}) == Duration{1s});
    CHECK(strategy.should_retry(3, user));
    CHECK_FALSE(strategy.should_retry(4, network));
}

TEST_CASE("unusable values in any case are rejected") {
    CHECK_NOTHROW(by_failure(when<NetworkError>(quick), otherwise(OnlyTimeouts{})).check());
    FixedDelayStrategy<> const none{.max_attempts = 0};
    CHECK_THROWS_WITH(by_failure(when<NetworkError>(none), otherwise(usual)).check(),
                      "FixedDelayStrategy::max_attempts is 0, but must be at least 1");
    CHECK_THROWS_AS(by_failure(when<NetworkError>(quick), otherwise(none)).check(), std::invalid_argument);
}

template <class... Cases>
concept CanBeByFailure = requires(Cases... cases) { by_failure(cases...); };

TEST_CASE("only the last case matches all remaining failures, and it is required") {
    using Some = decltype(when<NetworkError>(quick));
    using Rest = decltype(otherwise(usual));
    STATIC_REQUIRE(CanBeByFailure<Rest>);
    STATIC_REQUIRE(CanBeByFailure<Some, Rest>);
    STATIC_REQUIRE_FALSE(CanBeByFailure<>);
    STATIC_REQUIRE_FALSE(CanBeByFailure<Some>);
    STATIC_REQUIRE_FALSE(CanBeByFailure<Rest, Some>);
    STATIC_REQUIRE(Strategy<ByFailure<Some, Rest>>);
}
