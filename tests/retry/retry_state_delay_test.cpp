// SPDX-License-Identifier: BSL-1.0
#include "retry/first_action.hpp"
#include "support/catch.hpp"
#include "support/failures.hpp"
#include "support/manual_clock.hpp"

#include <zenoo_rpc/exceptions.hpp>
#include <zenoo_rpc/retry/detail/retry_state.hpp>
#include <zenoo_rpc/retry/exponential_backoff.hpp>
#include <zenoo_rpc/retry/fixed_delay.hpp>

#include <chrono>

using namespace std::chrono_literals;
using namespace zenoo_rpc;
using detail::RetryAction;
using detail::RetryState;
using tests::action;
using tests::network;
using tests::thrown;
using tests::user;

namespace {

Failure with_requested_delay(Duration retry_after, Failure failure = network) {
    failure.retry_after(retry_after);
    return failure;
}

}  // namespace

TEST_CASE("a requested delay is never shortened and overrides the maximum delay") {
    tests::ManualClock clock;
    RetryState state{RetryPolicy{.strategy = ExponentialBackoffStrategy{.max_delay = 5s, .jitter = NoJitter{}}}};
    CHECK(state.on_failure(with_requested_delay(30s), clock).delay == 30s);
    CHECK(state.context().previous_delay == 30s);
    CHECK(state.on_failure(with_requested_delay(1500ms), clock).delay == 2s);
    CHECK(action(RetryPolicy{}, with_requested_delay(60s)) == RetryAction::retry);
}

TEST_CASE("a conflict is retried after at least one second") {
    RetryPolicy const impatient{.strategy = FixedDelayStrategy{.delay = 1ms}};
    auto const decision = RetryState{impatient}.on_failure(thrown(ConcurrencyError{"text"}), tests::ManualClock{});
    CHECK(decision.action == RetryAction::retry);
    CHECK(decision.delay == 1s);
}

TEST_CASE("a requested delay that is too long ends the retry immediately") {
    CHECK(action(RetryPolicy{}, with_requested_delay(60s + 1ns)) == RetryAction::wait_too_long);
    CHECK(action(RetryPolicy{}, with_requested_delay(Duration::max())) == RetryAction::wait_too_long);
    CHECK(action(RetryPolicy{.max_retry_after = 90s}, with_requested_delay(90s)) == RetryAction::retry);
    CHECK(action(RetryPolicy{.max_retry_after = 0s}, with_requested_delay(1ns)) == RetryAction::wait_too_long);
    CHECK(action(RetryPolicy{.max_retry_after = 0s}, network) == RetryAction::retry);
    CHECK(action(RetryPolicy{.max_retry_after = unlimited}, with_requested_delay(Duration::max()))
          == RetryAction::retry);
    CHECK(action(RetryPolicy{}, with_requested_delay(2min, user)) == RetryAction::unchanged);
}

TEST_CASE("no delay starts that leaves no time for another attempt") {
    tests::ManualClock clock;
    auto const decide = [&](Duration left, Duration delay) {
        RetryState state{RetryPolicy{.strategy = FixedDelayStrategy{.delay = delay}}};
        state.context().deadline = clock.now() + left;
        return state.on_failure(network, clock).action;
    };
    CHECK(decide(10s, 9s) == RetryAction::retry);
    CHECK(decide(10s, 10s - 1ns) == RetryAction::retry);
    CHECK(decide(10s, 10s) == RetryAction::out_of_time);
    CHECK(decide(10s, 11s) == RetryAction::out_of_time);
    CHECK(decide(10s, Duration::max()) == RetryAction::out_of_time);
    CHECK(decide(1ns, 0s) == RetryAction::retry);
    CHECK(decide(0s, 0s) == RetryAction::out_of_time);
    CHECK(decide(-1s, 0s) == RetryAction::out_of_time);
}

TEST_CASE("the deadline is compared with the time of the failure") {
    tests::ManualClock clock;
    RetryState state{RetryPolicy{.strategy = FixedDelayStrategy{.max_attempts = 9, .delay = 2s}}};
    state.context().deadline = clock.now() + 10s;
    clock.advance(5s);
    CHECK(state.on_failure(network, clock).action == RetryAction::retry);
    clock.advance(2s);
    CHECK(state.on_failure(network, clock).action == RetryAction::retry);
    clock.advance(2s);
    CHECK(state.on_failure(network, clock).action == RetryAction::out_of_time);
    CHECK(state.context().attempt == 3);
}

TEST_CASE("a requested delay counts against the deadline") {
    tests::ManualClock clock;
    RetryState state{RetryPolicy{.strategy = FixedDelayStrategy{.delay = 1s}}};
    state.context().deadline = clock.now() + 10s;
    CHECK(state.on_failure(with_requested_delay(30s), clock).action == RetryAction::out_of_time);
}

TEST_CASE("exhausted attempts take precedence over a passed deadline, and unaccepted failures over both") {
    tests::ManualClock clock;
    auto const decide = [&](Failure const& failure) {
        RetryState state{RetryPolicy{.strategy = FixedDelayStrategy{.max_attempts = 1}}};
        state.context().deadline = clock.now() - 1s;
        return state.on_failure(failure, clock).action;
    };
    CHECK(decide(network) == RetryAction::exhausted);
    CHECK(decide(user) == RetryAction::unchanged);
    CHECK(clock.reads() == 2);
}

TEST_CASE("the clock is read only if there is a deadline") {
    tests::ManualClock clock;
    RetryState without{RetryPolicy{}};
    without.on_failure(network, clock);
    CHECK(clock.reads() == 0);
    RetryState with{RetryPolicy{}};
    with.context().deadline = TimePoint::max() - 1ns;
    with.on_failure(network, clock);
    CHECK(clock.reads() == 1);
}
