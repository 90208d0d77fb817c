// SPDX-License-Identifier: BSL-1.0
// The programs of the contract's page on bulks.
#include "support/catch.hpp"
#include "support/run.hpp"

#include <zenoo_rpc/exceptions.hpp>
#include <zenoo_rpc/retry.hpp>

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <type_traits>
#include <vector>

using namespace std::chrono_literals;
using namespace zenoo_rpc;
using tests::World;

namespace {

std::optional<BulkProgress> shown;
void show(BulkProgress const& progress) { shown = progress; }

/// Returns `number` operations, of which the first `refused` fail.
auto operations_with(int number, int refused) {
    std::vector<std::function<asio::awaitable<std::string>()>> operations;
    for (int i = 0; i < number; ++i) {
        operations.push_back([i, refused]() -> asio::awaitable<std::string> {
            co_await async_sleep(1ms);
            if (i < refused) throw ValidationError{"refused"};
            co_return "partner " + std::to_string(i);
        });
    }
    return operations;
}

}  // namespace

TEST_CASE("a bulk succeeds if enough of its operations succeed") {
    World world;
    auto const program = [&](int refused) -> asio::awaitable<std::string> {
        BulkRetryManager bulk{{.max_attempts = 3,
                               .base_delay = 2s,
                               .partial_success_threshold = 0.8,
                               .max_concurrency = 16,
                               .on_progress = show}};
        auto const operations = operations_with(100, refused);
        try {
            auto const results = co_await bulk.execute_bulk(operations);
            co_return std::to_string(results.successful.size()) + " successful, "
                + std::to_string(results.failed.size()) + " failed";
        } catch (BulkRetryError const& error) {
            auto const& results = error.results<std::string>();
            co_return std::to_string(error.successful_count()) + " of " + std::to_string(results.successful.size())
                + ", " + std::to_string(error.failed_count()) + " of " + std::to_string(results.failed.size());
        }
    };
    CHECK(world.run(program(20)).value == "80 successful, 20 failed");
    CHECK(world.run(program(21)).value == "79 of 79, 21 of 21");
    REQUIRE(shown);
    CHECK(shown->done == 100);
    CHECK(shown->successful == 79);
    CHECK(shown->failed == 21);
    CHECK(shown->total == 100);
}

TEST_CASE("a bulk reports index value failure and attempts of each operation") {
    BulkSuccess<std::string> const success{.index = 3, .value = "Ada", .attempts = 2};
    BulkFailure const failure{.index = 4, .failure = Errc::timed_out, .attempts = 3};
    BulkProgress const progress{.done = 2, .successful = 1, .failed = 1, .total = 10};
    CHECK(success.value == "Ada");
    CHECK(failure.failure.is<TimeoutError>());
    CHECK(progress.total == 10);
    static_assert(std::is_same_v<decltype(BulkResults<int>{}.successful), std::vector<BulkSuccess<int>>>);
    static_assert(std::is_same_v<decltype(BulkResults<int>{}.failed), std::vector<BulkFailure>>);
}

TEST_CASE("a cancelled bulk reports operations that were interrupted and operations that never began") {
    World world;
    BulkRetryManager const bulk{{.max_concurrency = 16}};
    auto const stuck = []() -> asio::awaitable<void> { co_await async_sleep(1h); };
    std::vector const operations(100, stuck);
    auto running = world.start(bulk.execute_bulk(operations));
    world.time.advance(1min);
    running.cancel();
    world.time.run();
    CHECK(running.outcome().failure.code() == asio::error::operation_aborted);
    try {
        running.outcome().failure.raise();
    } catch (BulkRetryError const& error) {
        CHECK(error.failed_count() == 100);
        for (auto const& failed : error.results<void>().failed) {
            CHECK(failed.failure.code() == asio::error::operation_aborted);
            CHECK(failed.attempts == (failed.index < 16 ? 1 : 0));
        }
    }
}
