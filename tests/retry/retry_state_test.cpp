// SPDX-License-Identifier: BSL-1.0
#include "retry/first_action.hpp"
#include "retry/three_strategies.hpp"
#include "support/catch.hpp"
#include "support/failures.hpp"
#include "support/manual_clock.hpp"

#include <zenoo_rpc/core/detail/failure_access.hpp>
#include <zenoo_rpc/exceptions.hpp>
#include <zenoo_rpc/retry/any_strategy.hpp>
#include <zenoo_rpc/retry/by_failure.hpp>
#include <zenoo_rpc/retry/detail/retry_state.hpp>
#include <zenoo_rpc/retry/fixed_delay.hpp>
#include <zenoo_rpc/retry/presets.hpp>
#include <zenoo_rpc/retry/retry_options.hpp>

#include <boost/system/errc.hpp>

#include <chrono>
#include <limits>
#include <new>
#include <optional>
#include <stdexcept>
#include <utility>
#include <vector>

using namespace std::chrono_literals;
using namespace zenoo_rpc;
using detail::RetryAction;
using detail::RetryState;
using tests::action;
using tests::conflict;
using tests::network;
using tests::quick;
using tests::slow;
using tests::thrown;
using tests::user;
using tests::usual;

namespace {

/// Retries any failure until `max_attempts`.
struct Eager final : RetryStrategy {
    explicit Eager(int max_attempts_) : max_attempts{max_attempts_} {}
    bool should_retry(int attempt, Failure const&) override { return attempt < max_attempts; }
    Duration get_delay(int) override { return 1s; }
    int max_attempts;
};

/// Retries only violated business rules.
struct OnlyUserErrors final : RetryStrategy {
    bool should_retry(int attempt, Failure const& failure) override { return attempt < 5 && failure.is<UserError>(); }
    Duration get_delay(int) override { return 1s; }
};

/// Retries network errors without end.
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

/// A policy of two attempts, without jitter and with a `retry_if`.
template <class Predicate>
auto if_(Predicate predicate) {
    return RetryPolicy{.strategy = FixedDelayStrategy{.max_attempts = 2}, .retry_if = std::move(predicate)};
}

}  // namespace

TEST_CASE("a transient failure is retried until the attempts are exhausted") {
    tests::ManualClock clock;
    RetryState state{RetryPolicy{.strategy = ExponentialBackoffStrategy{.max_attempts = 3, .jitter = NoJitter{}}}};
    CHECK(state.context().max_attempts == 3);
    CHECK(state.context().attempt == 1);

    auto const first = state.on_failure(network, clock);
    CHECK(first.action == RetryAction::retry);
    CHECK(first.delay == 1s);
    CHECK(state.context().attempt == 2);
    CHECK(state.context().previous_delay == 1s);
    CHECK(state.context().last_failure.is<NetworkError>());

    auto const second = state.on_failure(Errc::timed_out, clock);
    CHECK(second.action == RetryAction::retry);
    CHECK(second.delay == 2s);
    CHECK(state.context().previous_delay == 2s);

    auto const third = state.on_failure(Errc::rate_limited, clock);
    CHECK(third.action == RetryAction::exhausted);
    CHECK(third.delay == 0s);
    CHECK(state.context().attempt == 3);
    CHECK(state.context().last_failure.is<RateLimitedError>());
    CHECK(clock.reads() == 0);
}

TEST_CASE("with a single attempt a transient failure is exhausted and any other unchanged") {
    RetryPolicy const once{.strategy = FixedDelayStrategy{.max_attempts = 1}};
    CHECK(action(once, network) == RetryAction::exhausted);
    CHECK(action(once, user) == RetryAction::unchanged);
}

TEST_CASE("a failure that is not transient passes unchanged and is not counted") {
    tests::ManualClock clock;
    RetryState state{RetryPolicy{}};
    CHECK(state.on_failure(user, clock).action == RetryAction::unchanged);
    CHECK(state.context().attempt == 1);
    CHECK(state.context().last_failure.is<UserError>());
}

TEST_CASE("the library's final errors are not retried, so nested retries do not multiply") {
    for (auto const code : {Errc::retry_exhausted, Errc::retry_timeout, Errc::circuit_open, Errc::bulk_failed}) {
        CHECK(action(RetryPolicy{}, code) == RetryAction::unchanged);
    }
    CHECK(action(RetryPolicy{}, thrown(RetryExhaustedError{Errc::network_error, "text"})) == RetryAction::unchanged);
    auto returned = network;
    detail::FailureAccess::end_with(returned, ErrorClass::retry_exhausted);
    CHECK(action(RetryPolicy{}, returned) == RetryAction::unchanged);
    CHECK(action(if_(failure_is<NetworkError, TimeoutError>), returned) == RetryAction::unchanged);
    CHECK(action(if_(failure_is<TimeoutError>), Errc::retry_timeout) == RetryAction::unchanged);
    CHECK(action(if_(failure_is<CircuitBreakerOpenError>), Errc::circuit_open) == RetryAction::retry);
}

TEST_CASE("a permanent failure that a custom strategy refuses is unchanged, even if the predicate accepts it") {
    auto const policy = RetryPolicy{.strategy = Eager{1}, .retry_if = anything};
    CHECK(action(policy, user) == RetryAction::unchanged);
    CHECK(action(policy, network) == RetryAction::exhausted);
    CHECK(action(RetryPolicy{.strategy = AnyStrategy{Eager{1}}, .retry_if = anything}, user) == RetryAction::unchanged);
}

TEST_CASE("the number of attempts does not overflow") {
    tests::ManualClock clock;
    RetryState state{RetryPolicy{.strategy = OnlyNetwork{}}};
    state.context().attempt = std::numeric_limits<int>::max();
    CHECK(state.on_failure(network, clock).action == RetryAction::retry);
    CHECK(state.context().attempt == std::numeric_limits<int>::max());
}

TEST_CASE("a predicate narrows the retried failures") {
    auto const policy = if_(failure_is<TimeoutError>);
    CHECK(action(policy, Errc::timed_out) == RetryAction::retry);
    CHECK(action(policy, network) == RetryAction::unchanged);
    CHECK(action(if_(nothing), network) == RetryAction::unchanged);
}

TEST_CASE("a predicate widens the retried failures, which end in exhaustion") {
    tests::ManualClock clock;
    RetryState state{if_(failure_is<UserError>)};
    CHECK(state.on_failure(user, clock).action == RetryAction::retry);
    CHECK(state.on_failure(user, clock).action == RetryAction::exhausted);
}

TEST_CASE("an explicit predicate equivalent to the default is not the default") {
    RetryPolicy const policy{.strategy = Eager{2}, .retry_if = IsTransient{}};
    CHECK(action(policy, network) == RetryAction::retry);
    CHECK(action(policy, user) == RetryAction::unchanged);
}

TEST_CASE("no predicate or strategy can make these failures be retried") {
    for (auto const& failure :
         {thrown(ZenooError{make_error_code(boost::system::errc::operation_canceled), "cancelled"}),
          Failure{make_error_code(boost::system::errc::operation_canceled)}, thrown(OutcomeUnknownError{"text"}),
          Failure{Errc::outcome_unknown}, thrown(AuthenticationError{"text"}), Failure{Errc::authentication_failed},
          thrown(std::logic_error{"text"}), thrown(std::bad_alloc{})}) {
        CAPTURE(failure.what());
        CHECK(action(if_(anything), failure) == RetryAction::unchanged);
        CHECK(action(if_(AnyPredicate{anything}), failure) == RetryAction::unchanged);
        CHECK(action(RetryPolicy{.strategy = Eager{5}}, failure) == RetryAction::unchanged);
        CHECK(action(RetryPolicy{.strategy = AnyStrategy{Eager{5}}, .retry_if = anything}, failure)
              == RetryAction::unchanged);
    }
}

TEST_CASE("a custom strategy decides alone, however it is stored") {
    auto const check = [](auto policy) {
        CHECK(action(policy, user) == RetryAction::retry);
        CHECK(action(policy, network) == RetryAction::exhausted);
        CHECK(action(policy, Errc::server_error) == RetryAction::unchanged);
        CHECK(action(policy, thrown(42)) == RetryAction::unchanged);
    };
    check(RetryPolicy{.strategy = OnlyUserErrors{}});
    check(RetryPolicy{.strategy = AnyStrategy{OnlyUserErrors{}}});
    check(RetryPolicy{.strategy = OnlyUserErrors{}, .retry_if = AnyPredicate{}});
    DefaultRetryPolicy preset;
    preset.strategy = OnlyUserErrors{};
    check(preset);
}

TEST_CASE("a custom strategy and an explicit predicate must agree") {
    RetryPolicy const policy{.strategy = OnlyUserErrors{}, .retry_if = failure_is<UserError, NetworkError>};
    CHECK(action(policy, user) == RetryAction::retry);
    CHECK(action(policy, network) == RetryAction::exhausted);
    CHECK(action(policy, Errc::timed_out) == RetryAction::unchanged);
    CHECK(action(RetryPolicy{.strategy = OnlyUserErrors{}, .retry_if = failure_is<NetworkError>}, user)
          == RetryAction::unchanged);
}

TEST_CASE("a permanent failure that a custom strategy refuses is unchanged") {
    CHECK(action(RetryPolicy{.strategy = Eager{1}}, user) == RetryAction::unchanged);
    CHECK(action(RetryPolicy{.strategy = Eager{1}}, network) == RetryAction::exhausted);
}

TEST_CASE("a strategy not derived from RetryStrategy retries transient failures, with negative delays as zero") {
    tests::ManualClock clock;
    RetryState state{RetryPolicy{.strategy = OnlyOnce{}}};
    CHECK(state.context().max_attempts == 0);
    auto const decision = state.on_failure(network, clock);
    CHECK(decision.action == RetryAction::retry);
    CHECK(decision.delay == 0s);
    CHECK(action(RetryPolicy{.strategy = OnlyOnce{}}, user) == RetryAction::unchanged);
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

TEST_CASE("a strategy receives the current failure") {
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

TEST_CASE("an execution with mixed failures uses the strategy of each failure") {
    tests::ManualClock clock;
    RetryState state{
        RetryPolicy{.strategy = by_failure(when<ConcurrencyError>(slow), when<NetworkError>(quick), otherwise(usual))}};
    CHECK(state.context().max_attempts == 5);
    CHECK(state.on_failure(network, clock).delay == 100ms);
    CHECK(state.on_failure(conflict, clock).delay == 30s);
    CHECK(state.on_failure(network, clock).delay == 100ms);
    CHECK(state.on_failure(user, clock).action == RetryAction::unchanged);
    CHECK(state.on_failure(conflict, clock).action == RetryAction::exhausted);
}

TEST_CASE("the predicate of a decorator decides") {
    tests::ManualClock clock;
    RetryState state{detail::policy_of({.max_attempts = 2}, failure_is<UserError>)};
    CHECK(state.on_failure(Errc::network_error, clock).action == RetryAction::unchanged);
    CHECK(state.on_failure(Errc::user_error, clock).action == RetryAction::retry);
    CHECK(state.on_failure(Errc::user_error, clock).action == RetryAction::exhausted);
}

TEST_CASE("the predicate of a decorator may take the number of the failed attempt") {
    tests::ManualClock clock;
    std::vector<int> asked;
    RetryState state{detail::policy_of({.max_attempts = 9}, [&](Failure const&, int attempt) {
        asked.push_back(attempt);
        return attempt < 3;
    })};
    CHECK(state.on_failure(Errc::user_error, clock).action == RetryAction::retry);
    CHECK(state.on_failure(Errc::user_error, clock).action == RetryAction::retry);
    CHECK(state.on_failure(Errc::user_error, clock).action == RetryAction::unchanged);
    CHECK(asked == std::vector<int>{1, 2, 3});
}
