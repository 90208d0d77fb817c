// SPDX-License-Identifier: BSL-1.0
#include "async/policies.hpp"
#include "async/succeeding_at.hpp"
#include "support/catch.hpp"
#include "support/run.hpp"

#include <zenoo_rpc/async/async_retry.hpp>
#include <zenoo_rpc/exceptions.hpp>
#include <zenoo_rpc/retry/any_strategy.hpp>
#include <zenoo_rpc/retry/failure_predicate.hpp>
#include <zenoo_rpc/retry/fixed_delay.hpp>
#include <zenoo_rpc/retry/retry_strategy.hpp>

#include <chrono>
#include <new>
#include <stdexcept>

using namespace std::chrono_literals;
using namespace zenoo_rpc;
using tests::everything;
using tests::never;
using tests::Stubborn;
using tests::succeeding_at;
using tests::World;

namespace {

struct OutOfMemory : std::bad_alloc {
    explicit OutOfMemory(char const*) {}
};

/// Returns the failure of an operation that throws `E` under a policy that retries everything.
template <class E>
Failure failure_of_one_call() {
    World world;
    int calls = 0;
    auto const policy = RetryPolicy{.strategy = Stubborn{}, .retry_if = everything};
    auto const out = world.run(async_retry(policy, succeeding_at<E>(never, calls)));
    CHECK(calls == 1);
    CHECK(out.elapsed == 0s);
    return out.failure;
}

}  // namespace

TEST_CASE("some failures are never retried, whatever strategy and predicate say") {
    CHECK(failure_of_one_call<OutcomeUnknownError>().is<OutcomeUnknownError>());
    CHECK(failure_of_one_call<AuthenticationError>().is<AuthenticationError>());
    CHECK(failure_of_one_call<std::logic_error>().is<std::logic_error>());
    CHECK(failure_of_one_call<OutOfMemory>().is<std::bad_alloc>());
}

TEST_CASE("retry_if widens and narrows the failures that a built-in strategy retries") {
    World world;
    int calls = 0;
    SECTION("it widens the set") {
        auto const policy =
            RetryPolicy{.strategy = FixedDelayStrategy{.delay = 1s}, .retry_if = failure_is<ValidationError>};
        CHECK(world.run(async_retry(policy, succeeding_at<ValidationError>(3, calls))).value == 3);
    }
    SECTION("a failure accepted by retry_if ends in exhaustion") {
        auto const policy =
            RetryPolicy{.strategy = FixedDelayStrategy{.delay = 1s}, .retry_if = failure_is<ValidationError>};
        auto const out = world.run(async_retry(policy, succeeding_at<ValidationError>(never, calls)));
        CHECK(calls == 3);
        CHECK(out.failure.is<RetryExhaustedError>());
    }
    SECTION("it narrows the set") {
        auto const policy =
            RetryPolicy{.strategy = FixedDelayStrategy{.delay = 1s}, .retry_if = failure_is<TimeoutError>};
        auto const out = world.run(async_retry(policy, succeeding_at<NetworkError>(never, calls)));
        CHECK(calls == 1);
        CHECK(out.failure.is<NetworkError>());
    }
}

namespace {

class OnlyMissing final : public RetryStrategy {
public:
    bool should_retry(int attempt, Failure const& failure) override {
        return attempt < 4 && failure.is<MissingError>();
    }
    Duration get_delay(int) override { return -5s; }
};

}  // namespace

TEST_CASE("a custom strategy decides alone, with and without type erasure") {
    World world;
    int calls = 0;
    auto const try_with = [&](auto policy, auto operation) { return world.run(async_retry(policy, operation)); };
    auto const known = RetryPolicy{.strategy = OnlyMissing{}};
    auto const forgotten = RetryPolicy{.strategy = AnyStrategy{OnlyMissing{}}};
    SECTION("it retries failures that are not transient, and negative delays become zero") {
        CHECK(try_with(known, succeeding_at<MissingError>(3, calls)).value == 3);
        calls = 0;
        auto const out = try_with(forgotten, succeeding_at<MissingError>(3, calls));
        CHECK(out.value == 3);
        CHECK(out.elapsed == 0s);
    }
    SECTION("its refusal of a transient failure is exhaustion") {
        CHECK(try_with(known, succeeding_at<NetworkError>(never, calls)).failure.is<RetryExhaustedError>());
        CHECK(try_with(forgotten, succeeding_at<NetworkError>(never, calls)).failure.is<RetryExhaustedError>());
        CHECK(calls == 2);
    }
    SECTION("its refusal of any other failure leaves the failure unchanged") {
        CHECK(try_with(known, succeeding_at<MissingError>(never, calls)).failure.is<MissingError>());
        CHECK(try_with(forgotten, succeeding_at<MissingError>(never, calls)).failure.is<MissingError>());
        CHECK(calls == 4 + 4);
    }
}

TEST_CASE("with retry_if set, a custom strategy and the predicate must agree") {
    World world;
    int calls = 0;
    auto const policy = RetryPolicy{.strategy = OnlyMissing{}, .retry_if = IsTransient{}};
    auto const out = world.run(async_retry(policy, succeeding_at<MissingError>(never, calls)));
    CHECK(calls == 1);
    CHECK(out.failure.is<MissingError>());
}
