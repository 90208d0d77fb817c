// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"
#include "support/manual_clock.hpp"

#include <zenoo_rpc/core/detail/failure_access.hpp>
#include <zenoo_rpc/core/exceptions.hpp>
#include <zenoo_rpc/retry/any_strategy.hpp>
#include <zenoo_rpc/retry/detail/retry_state.hpp>
#include <zenoo_rpc/retry/fixed_delay.hpp>
#include <zenoo_rpc/retry/presets.hpp>

#include <chrono>
#include <exception>
#include <limits>
#include <new>
#include <optional>
#include <stdexcept>
#include <utility>

using namespace std::chrono_literals;
using namespace zenoo_rpc;
using detail::RetryState;
using detail::RetryVerdict;

namespace {

Failure const network = Errc::network_error;
Failure const user = Errc::user_error;

template <class E>
Failure thrown(E error) {
    return Failure{std::make_exception_ptr(std::move(error))};
}
Failure wishing(Duration retry_after, Failure failure = network) {
    failure.retry_after(retry_after);
    return failure;
}

/// Says yes to everything for so many attempts.
struct Eager final : RetryStrategy {
    explicit Eager(int max_attempts_) : max_attempts{max_attempts_} {}
    bool should_retry(int attempt, Failure const&) override { return attempt < max_attempts; }
    Duration get_delay(int) override { return 1s; }
    int max_attempts;
};

/// Says yes to business rules alone.
struct OnlyUserErrors final : RetryStrategy {
    bool should_retry(int attempt, Failure const& failure) override { return attempt < 5 && failure.is<UserError>(); }
    Duration get_delay(int) override { return 1s; }
};

/// Never stops.
struct OnlyNetwork final : RetryStrategy {
    bool should_retry(int, Failure const& failure) override { return failure.is<NetworkError>(); }
    Duration get_delay(int) override { return 1s; }
};

struct OnlyOnce {
    std::optional<Duration> next_delay(RetryContext const& context) {
        if (context.attempt > 1) return std::nullopt;
        return -5s;
    }
};

constexpr auto anything = [](Failure const&) { return true; };
constexpr auto nothing = [](Failure const&) { return false; };

/// What a policy makes of the first failure.
template <class Policy>
RetryVerdict verdict(Policy policy, Failure failure) {
    return RetryState{std::move(policy)}.on_failure(std::move(failure), tests::ManualClock{}).verdict;
}

/// A policy of two attempts, no jitter and a `retry_if`.
template <class Predicate>
auto if_(Predicate predicate) {
    return RetryPolicy{.strategy = FixedDelayStrategy{.max_attempts = 2}, .retry_if = std::move(predicate)};
}

}  // namespace

TEST_CASE("a transient failure is retried until the attempts are used up") {
    tests::ManualClock clock;
    RetryState state{RetryPolicy{.strategy = ExponentialBackoffStrategy{.max_attempts = 3, .jitter = NoJitter{}}}};
    CHECK(state.context().max_attempts == 3);
    CHECK(state.context().attempt == 1);

    auto const first = state.on_failure(network, clock);
    CHECK(first.verdict == RetryVerdict::retry);
    CHECK(first.delay == 1s);
    CHECK(state.context().attempt == 2);
    CHECK(state.context().previous_delay == 1s);
    CHECK(state.context().last_failure.is<NetworkError>());

    auto const second = state.on_failure(Errc::timed_out, clock);
    CHECK(second.verdict == RetryVerdict::retry);
    CHECK(second.delay == 2s);
    CHECK(state.context().previous_delay == 2s);

    auto const third = state.on_failure(Errc::rate_limited, clock);
    CHECK(third.verdict == RetryVerdict::exhausted);
    CHECK(third.delay == 0s);
    CHECK(state.context().attempt == 3);
    CHECK(state.context().last_failure.is<RateLimitedError>());
    CHECK(clock.reads() == 0);
}

TEST_CASE("one attempt that fails transiently is exhausted, and otherwise unchanged") {
    RetryPolicy const once{.strategy = FixedDelayStrategy{.max_attempts = 1}};
    CHECK(verdict(once, network) == RetryVerdict::exhausted);
    CHECK(verdict(once, user) == RetryVerdict::unchanged);
}

TEST_CASE("a failure that is not transient passes unchanged, and counts nothing") {
    tests::ManualClock clock;
    RetryState state{RetryPolicy{}};
    CHECK(state.on_failure(user, clock).verdict == RetryVerdict::unchanged);
    CHECK(state.context().attempt == 1);
    CHECK(state.context().last_failure.is<UserError>());
}

TEST_CASE("the library's own endings are not retried, so that retries in retries do not multiply") {
    for (auto const code : {Errc::retry_exhausted, Errc::retry_timeout, Errc::circuit_open, Errc::bulk_failed}) {
        CHECK(verdict(RetryPolicy{}, code) == RetryVerdict::unchanged);
    }
    CHECK(verdict(RetryPolicy{}, thrown(RetryExhaustedError{Errc::network_error, "text"})) == RetryVerdict::unchanged);
    auto returned = network;
    detail::FailureAccess::end_with(returned, ErrorClass::retry_exhausted);
    CHECK(verdict(RetryPolicy{}, returned) == RetryVerdict::unchanged);
    CHECK(verdict(if_(failure_is<NetworkError, TimeoutError>), returned) == RetryVerdict::unchanged);
    CHECK(verdict(if_(failure_is<TimeoutError>), Errc::retry_timeout) == RetryVerdict::unchanged);
    CHECK(verdict(if_(failure_is<CircuitBreakerOpenError>), Errc::circuit_open) == RetryVerdict::retry);
}

TEST_CASE("a strategy of the user's that says no to what will not pass leaves it unchanged, wanted or not") {
    auto const policy = RetryPolicy{.strategy = Eager{1}, .retry_if = anything};
    CHECK(verdict(policy, user) == RetryVerdict::unchanged);
    CHECK(verdict(policy, network) == RetryVerdict::exhausted);
    CHECK(verdict(RetryPolicy{.strategy = AnyStrategy{Eager{1}}, .retry_if = anything}, user)
          == RetryVerdict::unchanged);
}

TEST_CASE("the number of attempts does not overflow") {
    tests::ManualClock clock;
    RetryState state{RetryPolicy{.strategy = OnlyNetwork{}}};
    state.context().attempt = std::numeric_limits<int>::max();
    CHECK(state.on_failure(network, clock).verdict == RetryVerdict::retry);
    CHECK(state.context().attempt == std::numeric_limits<int>::max());
}

TEST_CASE("a predicate narrows what is retried") {
    auto const policy = if_(failure_is<TimeoutError>);
    CHECK(verdict(policy, Errc::timed_out) == RetryVerdict::retry);
    CHECK(verdict(policy, network) == RetryVerdict::unchanged);
    CHECK(verdict(if_(nothing), network) == RetryVerdict::unchanged);
}

TEST_CASE("a predicate widens what is retried, and what it wanted is exhausted in the end") {
    tests::ManualClock clock;
    RetryState state{if_(failure_is<UserError>)};
    CHECK(state.on_failure(user, clock).verdict == RetryVerdict::retry);
    CHECK(state.on_failure(user, clock).verdict == RetryVerdict::exhausted);
}

TEST_CASE("a predicate that says what would hold without it is a wish all the same") {
    RetryPolicy const policy{.strategy = Eager{2}, .retry_if = IsTransient{}};
    CHECK(verdict(policy, network) == RetryVerdict::retry);
    CHECK(verdict(policy, user) == RetryVerdict::unchanged);
}

TEST_CASE("no predicate and no strategy makes these be retried") {
    for (auto const& failure :
         {thrown(ZenooError{make_error_code(boost::system::errc::operation_canceled), "cancelled"}),
          Failure{make_error_code(boost::system::errc::operation_canceled)}, thrown(OutcomeUnknownError{"text"}),
          Failure{Errc::outcome_unknown}, thrown(AuthenticationError{"text"}), Failure{Errc::authentication_failed},
          thrown(std::logic_error{"text"}), thrown(std::bad_alloc{})}) {
        CAPTURE(failure.what());
        CHECK(verdict(if_(anything), failure) == RetryVerdict::unchanged);
        CHECK(verdict(if_(AnyPredicate{anything}), failure) == RetryVerdict::unchanged);
        CHECK(verdict(RetryPolicy{.strategy = Eager{5}}, failure) == RetryVerdict::unchanged);
        CHECK(verdict(RetryPolicy{.strategy = AnyStrategy{Eager{5}}, .retry_if = anything}, failure)
              == RetryVerdict::unchanged);
    }
}

TEST_CASE("a user's strategy decides alone, whatever holds it") {
    auto const check = [](auto policy) {
        CHECK(verdict(policy, user) == RetryVerdict::retry);
        CHECK(verdict(policy, network) == RetryVerdict::exhausted);
        CHECK(verdict(policy, Errc::server_error) == RetryVerdict::unchanged);
        CHECK(verdict(policy, thrown(42)) == RetryVerdict::unchanged);
    };
    check(RetryPolicy{.strategy = OnlyUserErrors{}});
    check(RetryPolicy{.strategy = AnyStrategy{OnlyUserErrors{}}});
    check(RetryPolicy{.strategy = OnlyUserErrors{}, .retry_if = AnyPredicate{}});
    DefaultRetryPolicy preset;
    preset.strategy = OnlyUserErrors{};
    check(preset);
}

TEST_CASE("with a predicate, a user's strategy and the predicate must agree") {
    RetryPolicy const policy{.strategy = OnlyUserErrors{}, .retry_if = failure_is<UserError, NetworkError>};
    CHECK(verdict(policy, user) == RetryVerdict::retry);
    CHECK(verdict(policy, network) == RetryVerdict::exhausted);
    CHECK(verdict(policy, Errc::timed_out) == RetryVerdict::unchanged);
    CHECK(verdict(RetryPolicy{.strategy = OnlyUserErrors{}, .retry_if = failure_is<NetworkError>}, user)
          == RetryVerdict::unchanged);
}

TEST_CASE("a user's strategy that gives up on what is not transient leaves it unchanged") {
    CHECK(verdict(RetryPolicy{.strategy = Eager{1}}, user) == RetryVerdict::unchanged);
    CHECK(verdict(RetryPolicy{.strategy = Eager{1}}, network) == RetryVerdict::exhausted);
}

TEST_CASE("a strategy that is no RetryStrategy goes with transience, and its negative delays count as none") {
    tests::ManualClock clock;
    RetryState state{RetryPolicy{.strategy = OnlyOnce{}}};
    CHECK(state.context().max_attempts == 0);
    auto const decision = state.on_failure(network, clock);
    CHECK(decision.verdict == RetryVerdict::retry);
    CHECK(decision.delay == 0s);
    CHECK(verdict(RetryPolicy{.strategy = OnlyOnce{}}, user) == RetryVerdict::unchanged);
}

TEST_CASE("a wish to be left alone is never undercut, and wins over the longest delay") {
    tests::ManualClock clock;
    RetryState state{RetryPolicy{.strategy = ExponentialBackoffStrategy{.max_delay = 5s, .jitter = NoJitter{}}}};
    CHECK(state.on_failure(wishing(30s), clock).delay == 30s);
    CHECK(state.context().previous_delay == 30s);
    CHECK(state.on_failure(wishing(1500ms), clock).delay == 2s);
    CHECK(verdict(RetryPolicy{}, wishing(60s)) == RetryVerdict::retry);
}

TEST_CASE("a conflict is given at least a second") {
    RetryPolicy const impatient{.strategy = FixedDelayStrategy{.delay = 1ms}};
    auto const decision = RetryState{impatient}.on_failure(thrown(ConcurrencyError{"text"}), tests::ManualClock{});
    CHECK(decision.verdict == RetryVerdict::retry);
    CHECK(decision.delay == 1s);
}

TEST_CASE("a wish that is too long ends the retry at once") {
    CHECK(verdict(RetryPolicy{}, wishing(60s + 1ns)) == RetryVerdict::wait_too_long);
    CHECK(verdict(RetryPolicy{}, wishing(Duration::max())) == RetryVerdict::wait_too_long);
    CHECK(verdict(RetryPolicy{.max_retry_after = 90s}, wishing(90s)) == RetryVerdict::retry);
    CHECK(verdict(RetryPolicy{.max_retry_after = 0s}, wishing(1ns)) == RetryVerdict::wait_too_long);
    CHECK(verdict(RetryPolicy{.max_retry_after = 0s}, network) == RetryVerdict::retry);
    CHECK(verdict(RetryPolicy{.max_retry_after = unlimited}, wishing(Duration::max())) == RetryVerdict::retry);
    CHECK(verdict(RetryPolicy{}, wishing(2min, user)) == RetryVerdict::unchanged);
}

TEST_CASE("no sleep begins that would not leave time for another attempt") {
    tests::ManualClock clock;
    auto const decide = [&](Duration left, Duration delay) {
        RetryState state{RetryPolicy{.strategy = FixedDelayStrategy{.delay = delay}}};
        state.context().deadline = clock.now() + left;
        return state.on_failure(network, clock).verdict;
    };
    CHECK(decide(10s, 9s) == RetryVerdict::retry);
    CHECK(decide(10s, 10s - 1ns) == RetryVerdict::retry);
    CHECK(decide(10s, 10s) == RetryVerdict::out_of_time);
    CHECK(decide(10s, 11s) == RetryVerdict::out_of_time);
    CHECK(decide(10s, Duration::max()) == RetryVerdict::out_of_time);
    CHECK(decide(1ns, 0s) == RetryVerdict::retry);
    CHECK(decide(0s, 0s) == RetryVerdict::out_of_time);
    CHECK(decide(-1s, 0s) == RetryVerdict::out_of_time);
}

TEST_CASE("the deadline is that of the moment of the failure") {
    tests::ManualClock clock;
    RetryState state{RetryPolicy{.strategy = FixedDelayStrategy{.max_attempts = 9, .delay = 2s}}};
    state.context().deadline = clock.now() + 10s;
    clock.advance(5s);
    CHECK(state.on_failure(network, clock).verdict == RetryVerdict::retry);
    clock.advance(2s);
    CHECK(state.on_failure(network, clock).verdict == RetryVerdict::retry);
    clock.advance(2s);
    CHECK(state.on_failure(network, clock).verdict == RetryVerdict::out_of_time);
    CHECK(state.context().attempt == 3);
}

TEST_CASE("a wish counts against the deadline") {
    tests::ManualClock clock;
    RetryState state{RetryPolicy{.strategy = FixedDelayStrategy{.delay = 1s}}};
    state.context().deadline = clock.now() + 10s;
    CHECK(state.on_failure(wishing(30s), clock).verdict == RetryVerdict::out_of_time);
}

TEST_CASE("used-up attempts come before a deadline that has passed, and what nobody wants before both") {
    tests::ManualClock clock;
    auto const decide = [&](Failure const& failure) {
        RetryState state{RetryPolicy{.strategy = FixedDelayStrategy{.max_attempts = 1}}};
        state.context().deadline = clock.now() - 1s;
        return state.on_failure(failure, clock).verdict;
    };
    CHECK(decide(network) == RetryVerdict::exhausted);
    CHECK(decide(user) == RetryVerdict::unchanged);
    CHECK(clock.reads() == 2);
}

TEST_CASE("the clock is read only where there is a deadline") {
    tests::ManualClock clock;
    RetryState without{RetryPolicy{}};
    without.on_failure(network, clock);
    CHECK(clock.reads() == 0);
    RetryState with{RetryPolicy{}};
    with.context().deadline = TimePoint::max() - 1ns;
    with.on_failure(network, clock);
    CHECK(clock.reads() == 1);
}

TEST_CASE("each execution works on its own copy of the policy") {
    struct Counting {
        std::optional<Duration> next_delay(RetryContext const&) { return 1s * ++asked; }
        int asked = 0;
    };
    tests::ManualClock clock;
    RetryPolicy const policy{.strategy = Counting{}};
    RetryState first{policy};
    RetryState second{policy};
    CHECK(first.on_failure(network, clock).delay == 1s);
    CHECK(first.on_failure(network, clock).delay == 2s);
    CHECK(second.on_failure(network, clock).delay == 1s);
}

TEST_CASE("a strategy sees the failure it is asked about") {
    struct Witness {
        std::optional<Duration> next_delay(RetryContext const& context) {
            return 1s * context.attempt + (context.last_failure.is<TimeoutError>() ? 100s : 0s)
                   + context.previous_delay / 1000;
        }
    };
    tests::ManualClock clock;
    RetryState state{RetryPolicy{.strategy = Witness{}}};
    CHECK(state.on_failure(network, clock).delay == 1s);
    CHECK(state.on_failure(Errc::timed_out, clock).delay == 102s + 1ms);
}
