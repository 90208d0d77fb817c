// SPDX-License-Identifier: BSL-1.0
// Bulks on a bare thread pool. Meant for ThreadSanitizer: the state that operations share has no lock.
#include "support/catch.hpp"
#include "support/on_all_threads.hpp"

#include <zenoo_rpc/async/async_sleep.hpp>
#include <zenoo_rpc/async/bulk_retry_manager.hpp>
#include <zenoo_rpc/exceptions.hpp>
#include <zenoo_rpc/retry/fixed_delay.hpp>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/use_future.hpp>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <exception>
#include <future>
#include <memory>
#include <ranges>
#include <utility>
#include <vector>

using namespace std::chrono_literals;
using namespace zenoo_rpc;
using tests::thread_count;

namespace {

/// State that all operations of one bulk modify, without a lock.
struct Shared {
    int alive = 0;
    int most = 0;
    int calls = 0;
    std::size_t recorded = 0;
};

asio::awaitable<int> counting(Shared& shared, int i, Duration delay) {
    struct Alive {
        explicit Alive(Shared& s) : shared{s} { shared.most = std::max(shared.most, ++shared.alive); }
        ~Alive() { --shared.alive; }
        Shared& shared;
    } const alive{shared};
    bool const fails = ++shared.calls % 5 == 0;
    co_await async_sleep(delay);
    co_await asio::post(asio::use_awaitable);
    if (fails) throw NetworkError{"down"};
    co_return i;
}

}  // namespace

TEST_CASE("operations of a bulk on a bare pool never run in parallel, but wait concurrently", "[threads]") {
    constexpr int size = 500;
    asio::thread_pool pool{thread_count};
    std::vector<Shared> all(4);
    std::vector<std::future<BulkResults<int>>> results;
    for (auto& shared : all) {
        BulkRetryManager const bulk{
            {.max_concurrency = 40,
             .on_progress = [&](BulkProgress const& progress) { shared.recorded = progress.done; },
             .policy = RetryPolicy{.strategy = FixedDelayStrategy{.max_attempts = 50, .delay = 10us},
                                   .attempt_timeout = 1min}}};
        auto const make = [&shared](int i) { return [&shared, i] { return counting(shared, i, Duration{i % 3}); }; };
        auto const operations = std::views::iota(0, size) | std::views::transform(make);
        results.push_back(asio::co_spawn(pool, bulk.execute_bulk(operations), asio::use_future));
    }
    for (std::size_t i = 0; i < all.size(); ++i) {
        CHECK(results[i].get().successful.size() == size);
        CHECK(all[i].recorded == size);
        CHECK(all[i].alive == 0);
        CHECK(all[i].calls > size);
        CHECK(all[i].most <= 40);
    }
    pool.join();
}

TEST_CASE("bulks on a bare pool are cancelled while they run", "[threads]") {
    struct Execution {
        asio::cancellation_signal signal;
        Shared shared;
        std::promise<Failure> ended;
    };
    asio::thread_pool pool{thread_count};
    std::vector<std::unique_ptr<Execution>> all;
    for (int i = 0; i < 50; ++i) {
        auto& one = *all.emplace_back(std::make_unique<Execution>());
        // Cancellation is only allowed on this strand; the operations run on another.
        auto const strand = asio::make_strand(pool);
        auto const run = [&one]() -> asio::awaitable<void> {
            auto const make = [&one](int n) { return [&one, n] { return counting(one.shared, n, 1us); }; };
            BulkRetryManager const bulk{{.base_delay = 1us, .max_concurrency = 8}};
            auto endless = std::views::iota(0) | std::views::transform(make);
            co_await bulk.execute_bulk(endless);
        };
        asio::co_spawn(strand, run, asio::bind_cancellation_slot(one.signal.slot(), [&one](std::exception_ptr error) {
                           one.ended.set_value(Failure{error});
                       }));
        async_sleep(pool.get_executor(), i * 20us, [&one, strand](boost::system::error_code) {
            asio::post(strand, [&one] { one.signal.emit(asio::cancellation_type::terminal); });
        });
    }
    for (auto& one : all) {
        CHECK(one->ended.get_future().get().cancelled());
        CHECK(one->shared.alive == 0);
    }
    pool.join();
}

TEST_CASE("stopping a pool destroys a bulk with all its operations", "[threads]") {
    auto const witness = std::make_shared<int>();
    {
        asio::thread_pool pool{thread_count};
        std::promise<void> begun;
        int calls = 0;
        auto const operation = [witness, &begun, &calls]() -> asio::awaitable<void> {
            if (++calls == 5) begun.set_value();
            co_await async_sleep(1h);
        };
        std::vector const operations(10, operation);
        BulkRetryManager const bulk{{.max_concurrency = 5}};
        asio::co_spawn(pool, bulk.execute_bulk(operations), [](std::exception_ptr, BulkResults<void> const&) {});
        begun.get_future().wait();
        pool.stop();
        pool.join();
    }
    CHECK(witness.use_count() == 1);
}
