// SPDX-License-Identifier: BSL-1.0
// The ranges of operations that a bulk accepts, and how it iterates over them.
#include "support/catch.hpp"
#include "support/run.hpp"

#include <zenoo_rpc/async/async_sleep.hpp>
#include <zenoo_rpc/async/bulk_retry_manager.hpp>
#include <zenoo_rpc/exceptions.hpp>

#include <chrono>
#include <cstddef>
#include <functional>
#include <iterator>
#include <list>
#include <memory>
#include <ranges>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

using namespace std::chrono_literals;
using namespace zenoo_rpc;
using tests::World;

namespace {

using AnyOperation = std::function<asio::awaitable<int>()>;

asio::awaitable<int> waits_and_yields(int value) {
    co_await async_sleep(1s);
    co_return value;
}

/// A single-pass input iterator that creates its operations, like that of a generator.
class Generated {
public:
    using value_type = AnyOperation;
    using difference_type = std::ptrdiff_t;
    using iterator_concept = std::input_iterator_tag;

    explicit Generated(int end) : end_{end} {}
    Generated(Generated&&) = default;
    Generated& operator=(Generated&&) = default;

    AnyOperation& operator*() const {
        current_ = [i = at_] { return waits_and_yields(i); };
        return current_;
    }
    Generated& operator++() {
        current_ = nullptr;  // invalidates the previous reference
        ++at_;
        return *this;
    }
    void operator++(int) { ++*this; }
    friend bool operator==(Generated const& at, std::default_sentinel_t) { return at.at_ == at.end_; }

private:
    int at_ = 0;
    int end_;
    mutable AnyOperation current_;
};

int sum(tests::Outcome<BulkResults<int>> const& out) {
    REQUIRE(out.value);
    int total = 0;
    for (auto const& one : out.value->successful) total += one.value;
    return total;
}

}  // namespace

TEST_CASE("a bulk reads a lazy range no further than the operations it has started") {
    int const limit = GENERATE(1, 3);
    World world;
    int taken = 0;
    int done = 0;
    auto const make = [&](int i) {
        ++taken;
        return [&, i]() -> asio::awaitable<int> {
            co_await waits_and_yields(i);
            CHECK(taken - done <= limit);
            ++done;
            co_return i;
        };
    };
    BulkRetryManager const bulk{{.max_concurrency = limit}};
    auto running = world.start(bulk.execute_bulk(std::views::iota(0) | std::views::transform(make)));
    world.time.advance(1h + 1ms);
    CHECK(done == 3600 * limit);
    CHECK(taken == done + limit);
    running.cancel();
    world.time.run();
    REQUIRE(running.ended());
    try {
        running.outcome().failure.raise();
    } catch (BulkRetryError const& error) {
        CHECK(error.successful_count() == static_cast<std::size_t>(done));
        CHECK(error.failed_count() == static_cast<std::size_t>(limit));  // only operations taken from the range
    }
    CHECK(taken == done + limit);
}

TEST_CASE("a single-pass range is sufficient") {
    World world;
    BulkRetryManager const bulk{{.max_concurrency = 2}};
    auto all = std::ranges::subrange{Generated{5}, std::default_sentinel};
    CHECK(sum(world.run(bulk.execute_bulk(take(std::move(all))))) == 10);
}

TEST_CASE("operations in a container are called in place, in the bulk's own copy of it") {
    World world;
    std::list<AnyOperation> all;
    for (int i = 1; i <= 3; ++i) all.push_back([i] { return waits_and_yields(i); });
    BulkRetryManager const bulk;
    auto work = bulk.execute_bulk(all);
    all.clear();
    CHECK(sum(world.run(std::move(work))) == 6);
}

TEST_CASE("std::views::all refers to a container whose operations may have state") {
    struct Counter {
        asio::awaitable<int> operator()() { co_return ++count; }
        int count = 0;
    };
    World world;
    std::vector<Counter> counters(3);
    BulkRetryManager const bulk;
    CHECK(sum(world.run(bulk.execute_bulk(std::views::all(counters)))) == 3);
    CHECK(sum(world.run(bulk.execute_bulk(std::views::all(counters)))) == 6);
}

TEST_CASE("a container of move-only operations is passed by take") {
    World world;
    auto const movable = [](int i) { return [owned = std::make_unique<int>(i)] { return waits_and_yields(*owned); }; };
    std::vector<decltype(movable(0))> all;
    for (int i = 1; i <= 3; ++i) all.push_back(movable(i));
    BulkRetryManager const bulk;
    CHECK(sum(world.run(bulk.execute_bulk(take(std::move(all))))) == 6);
}

TEST_CASE("operations may read the context of their attempt") {
    World world;
    auto const second_time = [](RetryContext const& context) -> asio::awaitable<int> {
        if (context.attempt == 1) throw NetworkError{"down"};
        co_return context.max_attempts;
    };
    BulkRetryManager const bulk;
    std::vector const all(2, second_time);
    auto const out = world.run(bulk.execute_bulk(all));
    CHECK(sum(out) == 6);
    CHECK(out.value->successful[1].attempts == 2);
}

TEST_CASE("operations may yield move-only values or nothing") {
    World world;
    BulkRetryManager const bulk;
    auto const owning = []() -> asio::awaitable<std::unique_ptr<int>> { co_return std::make_unique<int>(7); };
    std::vector const owners{owning};
    auto const out = world.run(bulk.execute_bulk(owners));
    REQUIRE(out.value);
    CHECK(*out.value->successful[0].value == 7);

    auto const nothing = []() -> asio::awaitable<void> { co_return; };
    std::vector const two{nothing, nothing};
    auto const counted = world.run(bulk.execute_bulk(two));
    REQUIRE(counted.value);
    CHECK(counted.value->successful.size() == 2);
    CHECK_FALSE(counted.value->successful.empty());
}

TEST_CASE("a failed result is a failure of its operation, retried if it is transient") {
    World world;
    BulkRetryManager const bulk{{.partial_success_threshold = 0.0}};
    auto const failing = [](auto code) {
        return [code]() -> asio::awaitable<Result<std::string>> { co_return Failure{code}; };
    };
    std::vector const both{failing(Errc::timed_out), failing(Errc::user_error)};
    auto const results = world.run(bulk.execute_bulk(both));
    REQUIRE(results.value);
    REQUIRE(results.value->failed.size() == 2);
    CHECK(results.value->failed[0].failure.code() == Errc::timed_out);
    CHECK(results.value->failed[0].attempts == 3);
    CHECK(results.value->failed[1].failure.code() == Errc::user_error);
    CHECK(results.value->failed[1].attempts == 1);

    auto const yielding = []() -> asio::awaitable<Result<std::string>> { co_return "unwrapped"; };
    std::vector const one{yielding};
    auto const values = world.run(bulk.execute_bulk(one));
    REQUIRE(values.value);
    CHECK(values.value->successful.at(0).value == "unwrapped");

    using Nothing = boost::system::result<void, error_code>;
    auto const nothing = []() -> asio::awaitable<Nothing> { co_return Nothing{}; };
    std::vector const empty{nothing};
    auto const codes = world.run(bulk.execute_bulk(empty));
    REQUIRE(codes.value);
    CHECK(codes.value->successful.size() == 1);
}

TEST_CASE("an exception of the range ends the bulk, cancels running operations and loses no result") {
    World world;
    int alive = 0;
    auto const operation = [&alive](int i) -> asio::awaitable<int> {
        struct Alive {
            int& count;
            ~Alive() { --count; }
        } const guard{++alive};
        co_await async_sleep(i % 2 == 0 ? 1s : 1h);
        co_return i;
    };
    auto const make = [&](int i) {
        if (i == 4) throw std::runtime_error{"no more"};
        return [&operation, i] { return operation(i); };
    };
    BulkRetryManager const bulk{{.partial_success_threshold = 0.0, .max_concurrency = 3}};
    auto const out = world.run(bulk.execute_bulk(std::views::iota(0, 6) | std::views::transform(make)));
    CHECK(alive == 0);
    CHECK(out.elapsed == 1s);
    REQUIRE(out.failure.is<BulkRetryError>());
    CHECK(out.failure.caused_by<std::runtime_error>());
    CHECK_FALSE(out.failure.cancelled());
    try {
        out.failure.raise();
    } catch (BulkRetryError const& error) {
        CHECK(error.what() == std::string{"the range of operations failed: 2 succeeded, 4 did not; no more"});
        CHECK(error.results<int>().successful.at(0).index == 0);
        for (auto const& failed : error.results<int>().failed) {
            CHECK(failed.failure.cancelled());
            CHECK(failed.attempts == (failed.index < 4 ? 1 : 0));
            CHECK((failed.failure.delivery() == Delivery::not_sent) == (failed.index >= 4));
        }
    }
}
