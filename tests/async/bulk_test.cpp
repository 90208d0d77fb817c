// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"
#include "support/run.hpp"

#include <zenoo_rpc/async/async_sleep.hpp>
#include <zenoo_rpc/async/bulk_retry_manager.hpp>
#include <zenoo_rpc/async/timeout.hpp>
#include <zenoo_rpc/exceptions.hpp>
#include <zenoo_rpc/retry/delay_sequence.hpp>
#include <zenoo_rpc/retry/fixed_delay.hpp>
#include <zenoo_rpc/testing/scripted_operation.hpp>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <exception>
#include <limits>
#include <memory>
#include <optional>
#include <ranges>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

using namespace std::chrono_literals;
using namespace zenoo_rpc;
using tests::contains;
using tests::World;

namespace {

/// Returns the BulkRetryError in `outcome`; the test fails if there is none.
template <class T>
BulkRetryError error_of(tests::Outcome<T> const& outcome) {
    REQUIRE(outcome.failure.template is<BulkRetryError>());
    try {
        outcome.failure.raise();
    } catch (BulkRetryError const& error) {
        return error;
    }
}

std::vector<std::size_t> indices(auto const& results) {
    std::vector<std::size_t> found;
    for (auto const& one : results) found.push_back(one.index);
    return found;
}

/// A lazy range of `number` operations, of which the last `failing` ones fail.
auto operations(int number, int failing = 0) {
    return std::views::iota(0, number) | std::views::transform([=](int i) {
               return [=]() -> asio::awaitable<int> {
                   co_await async_sleep(std::chrono::seconds{number - i});
                   if (i >= number - failing) throw AccessError{"not " + std::to_string(i)};
                   co_return 10 * i;
               };
           });
}

}  // namespace

TEST_CASE("a bulk returns the values of its operations in their order") {
    World world;
    BulkRetryManager const bulk;
    auto const out = world.run(bulk.execute_bulk(operations(20)));
    REQUIRE(out.value);
    CHECK(out.value->failed.empty());
    REQUIRE(out.value->successful.size() == 20);
    for (std::size_t i = 0; i < 20; ++i) {
        CHECK(out.value->successful[i].index == i);
        CHECK(out.value->successful[i].value == static_cast<int>(10 * i));
        CHECK(out.value->successful[i].attempts == 1);
    }
}

TEST_CASE("an empty bulk is a success and reports no progress") {
    World world;
    bool recorded = false;
    BulkRetryManager const bulk{{.on_progress = [&](BulkProgress const&) { recorded = true; }}};
    auto const out = world.run(bulk.execute_bulk(operations(0)));
    REQUIRE(out.value);
    CHECK(out.value->successful.empty());
    CHECK(out.value->failed.empty());
    CHECK(out.elapsed == 0s);
    CHECK_FALSE(recorded);
}

TEST_CASE("max_concurrency operations run concurrently, as long as there are more") {
    int const limit = GENERATE(1, 3, 16, 1000);
    World world;
    int alive = 0;
    int most = 0;
    auto const operation = [&]() -> asio::awaitable<void> {
        most = std::max(most, ++alive);
        co_await async_sleep(1s);
        --alive;
    };
    std::vector const all(48, operation);
    BulkRetryManager const bulk{{.max_concurrency = limit}};
    auto const out = world.run(bulk.execute_bulk(all));
    REQUIRE(out.value);
    CHECK(out.value->successful.size() == 48);
    CHECK(most == std::min(limit, 48));
    CHECK(out.elapsed == 48s / std::min(limit, 48));
}

TEST_CASE("each operation is retried individually") {
    World world;
    testing::ScriptedOperation<int> shaky;
    shaky.fails(NetworkError{"down"}).fails(Errc::timed_out, 1s).returns(7);
    std::vector const all{shaky.operation(), shaky.operation()};  // the second one finds the script exhausted
    BulkRetryManager const bulk{{.partial_success_threshold = 0.5,
                                 .max_concurrency = 1,
                                 .policy = RetryPolicy{.strategy = DelaySequence{10s, 20s}}}};
    auto const out = world.run(bulk.execute_bulk(all));
    REQUIRE(out.value);
    REQUIRE(out.value->successful.size() == 1);
    CHECK(out.value->successful[0].value == 7);
    CHECK(out.value->successful[0].attempts == 3);
    REQUIRE(out.value->failed.size() == 1);
    CHECK(out.value->failed[0].index == 1);
    CHECK(out.value->failed[0].attempts == 1);
    CHECK(out.elapsed == 31s);
}

TEST_CASE("attempts and delays follow the options: transient failures, doubled delays with full jitter") {
    World world;
    int calls = 0;
    auto const down = [&]() -> asio::awaitable<void> {
        ++calls;
        throw NetworkError{"down"};
        co_return;
    };
    BulkRetryManager const bulk{{.max_attempts = 5, .base_delay = 2s, .partial_success_threshold = 0.0}};
    std::vector const all{down};
    auto const out = world.run(bulk.execute_bulk(all));
    REQUIRE(out.value);
    REQUIRE(out.value->failed.size() == 1);
    CHECK(out.value->failed[0].attempts == 5);
    CHECK(out.value->failed[0].failure.is<RetryExhaustedError>());
    CHECK(out.value->failed[0].failure.caused_by<NetworkError>());
    CHECK(calls == 5);
    CHECK(out.elapsed > 0s);
    CHECK(out.elapsed < 2s + 4s + 8s + 16s);
}

TEST_CASE("a bulk succeeds exactly when its threshold is reached") {
    struct Case {
        double threshold;
        int failing;
        bool enough;
    };
    auto const [threshold, failing, enough] =
        GENERATE(Case{0.0, 10, true}, Case{0.8, 2, true}, Case{0.8, 3, false}, Case{1.0, 0, true}, Case{1.0, 1, false},
                 Case{std::numeric_limits<double>::denorm_min(), 10, false});
    World world;
    BulkRetryManager const bulk{{.partial_success_threshold = threshold}};
    auto const out = world.run(bulk.execute_bulk(operations(10, failing)));
    CHECK(out.value.has_value() == enough);
    auto const& results = enough ? *out.value : error_of(out).results<int>();
    CHECK(results.successful.size() == static_cast<std::size_t>(10 - failing));
    CHECK(results.failed.size() == static_cast<std::size_t>(failing));
}

TEST_CASE("the error of a bulk contains all results") {
    World world;
    BulkRetryManager const bulk;
    auto const out = world.run(bulk.execute_bulk(operations(4, 2)));
    auto const error = error_of(out);
    CHECK(error.successful_count() == 2);
    CHECK(error.failed_count() == 2);
    CHECK(indices(error.results<int>().successful) == std::vector<std::size_t>{0, 1});
    CHECK(indices(error.results<int>().failed) == std::vector<std::size_t>{2, 3});
    CHECK(error.results<int>().failed[1].failure.what() == std::string{"not 3"});
    CHECK(error.what() == std::string{"too many operations of the bulk failed: 2 succeeded, 2 did not; not 2"});
    CHECK(error.code() == Errc::access_denied);
    CHECK(out.failure.caused_by<AccessError>());
    CHECK_THROWS_AS(error.results<std::string>(), std::invalid_argument);
}

TEST_CASE("an unknown outcome takes precedence over other failures and keeps a bulk from being retried") {
    World world;
    int calls = 0;
    auto const lost = [&]() -> asio::awaitable<void> {
        ++calls;
        throw OutcomeUnknownError{"sent, without a response"};
        co_return;
    };
    auto const refused = [&](RetryContext const&) -> asio::awaitable<void> {
        co_await async_sleep(1s);
        throw ValidationError{"refused"};
    };
    std::vector<std::function<asio::awaitable<void>(RetryContext const&)>> const all{
        [&](RetryContext const&) { return lost(); }, refused};
    BulkRetryManager const bulk;
    auto const persistent =
        RetryPolicy{.strategy = FixedDelayStrategy{}, .retry_if = [](Failure const&) { return true; }};
    auto const whole = [&] { return bulk.execute_bulk(std::views::all(all)); };
    auto const out = world.run(async_retry(persistent, whole));
    CHECK(calls == 1);
    CHECK(error_of(out).code() == Errc::outcome_unknown);
    CHECK(out.failure.caused_by<OutcomeUnknownError>());
}

TEST_CASE("a bulk in which nothing was sent was not sent") {
    World world;
    auto const unsent = []() -> asio::awaitable<void> {
        NetworkError error{"no route"};
        error.delivery(Delivery::not_sent);
        throw error;
        co_return;
    };
    BulkRetryManager const once{{.max_attempts = 1}};
    std::vector const all{unsent, unsent};
    CHECK(world.run(once.execute_bulk(all)).failure.delivery() == Delivery::not_sent);
    CHECK(world.run(once.execute_bulk(operations(2, 1))).failure.delivery() == Delivery::unknown);
    CHECK(world.run(once.execute_bulk(operations(2, 2))).failure.delivery() == Delivery::unknown);
}

TEST_CASE("a circuit breaker wraps each attempt") {
    World world;
    auto const breaker = std::make_shared<CircuitBreaker>(CircuitBreakerOptions{.failure_threshold = 3});
    int calls = 0;
    auto const down = [&]() -> asio::awaitable<void> {
        ++calls;
        throw NetworkError{"down"};
        co_return;
    };
    BulkRetryManager const bulk{{.max_attempts = 2, .max_concurrency = 1, .circuit_breaker = breaker}};
    std::vector const all(4, down);
    auto const out = world.run(bulk.execute_bulk(all));
    CHECK(calls == 3);
    CHECK(breaker->is_open());
    auto const error = error_of(out);
    auto const& failed = error.results<void>().failed;
    REQUIRE(failed.size() == 4);
    CHECK(failed[0].failure.is<RetryExhaustedError>());
    CHECK(failed[1].failure.is<CircuitBreakerOpenError>());
    CHECK(failed[1].attempts == 1);
    CHECK(failed[3].failure.is<CircuitBreakerOpenError>());
    CHECK(failed[3].attempts == 0);
}

TEST_CASE("progress is reported after each operation, with the total as soon as it is known") {
    World world;
    std::vector<std::size_t> done;
    std::vector<std::size_t> failed;
    std::vector<std::optional<std::size_t>> totals;
    auto const note = [&](BulkProgress const& progress) {
        CHECK(progress.done == progress.successful + progress.failed);
        done.push_back(progress.done);
        failed.push_back(progress.failed);
        totals.push_back(progress.total);
        throw std::runtime_error{"harms nothing"};
    };
    BulkRetryManager const bulk{{.partial_success_threshold = 0.5, .max_concurrency = 2, .on_progress = note}};
    SECTION("a range with a known size") {
        CHECK(world.run(bulk.execute_bulk(operations(4, 2))).value);
        CHECK(totals == std::vector<std::optional<std::size_t>>{4, 4, 4, 4});
    }
    SECTION("a range without a known size") {
        auto const all = operations(4, 2) | std::views::filter([](auto const&) { return true; });
        CHECK(world.run(bulk.execute_bulk(all)).value);
        CHECK(totals == std::vector<std::optional<std::size_t>>{{}, {}, {}, 4});
    }
    CHECK(done == std::vector<std::size_t>{1, 2, 3, 4});
    CHECK(failed == std::vector<std::size_t>{0, 0, 1, 2});
}

TEST_CASE("a time limit around a bulk keeps the results so far") {
    World world;
    BulkRetryManager const bulk{{.max_concurrency = 2}};
    auto const whole = [&] { return bulk.execute_bulk(operations(4)); };
    Failure failure;
    SECTION("timeout") { failure = world.run(timeout(4500ms), whole).failure; }
    SECTION("total_timeout") { failure = world.run(retry(RetryPolicy{.total_timeout = 4500ms}), whole).failure; }
    CHECK((failure.is<TimeoutError>() || failure.is<RetryTimeoutError>()));
    CHECK_FALSE(failure.cancelled());
    try {
        failure.cause().raise();
    } catch (BulkRetryError const& error) {
        CHECK(error.successful_count() == 2);
        CHECK(error.code() == asio::error::operation_aborted);
    }
}
