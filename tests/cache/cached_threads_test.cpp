// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"
#include "support/on_all_threads.hpp"

#include <zenoo_rpc/async/async_sleep.hpp>
#include <zenoo_rpc/cache.hpp>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <array>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <exception>
#include <memory>
#include <random>
#include <string>

using namespace std::chrono_literals;
using namespace zenoo_rpc;

namespace {

constexpr std::size_t keys = 4;
std::string key_of(std::size_t number) { return "a key that is too long for a small string " + std::to_string(number); }

}  // namespace

TEST_CASE("callers on many threads share loads, also when some of them are cancelled") {
    asio::thread_pool pool{tests::thread_count};
    CacheManager const cache{pool.get_executor(), {.max_entries = 2, .time_to_live = 0s}};
    std::array<std::atomic<int>, keys> loading = {};
    std::atomic<int> wrong = 0;
    std::atomic<int> ended = 0;
    std::atomic<int> loads = 0;
    constexpr int rounds = 2000;
    struct Call {
        explicit Call(asio::any_io_executor const& executor) : strand{asio::make_strand(executor)} {}
        asio::strand<asio::any_io_executor> strand;
        asio::cancellation_signal signal;
    };
    std::minstd_rand random{7};
    for (int i = 0; i < rounds; ++i) {
        std::size_t const number = random() % keys;
        auto const call = std::make_shared<Call>(pool.get_executor());
        auto const load = [&, number]() -> asio::awaitable<std::string> {
            ++loads;
            if (++loading[number] != 1) ++wrong;
            struct Leave {
                std::atomic<int>& count;
                ~Leave() { --count; }
            };
            Leave const leave{loading[number]};
            co_await asio::post(asio::use_awaitable);
            co_await asio::post(asio::use_awaitable);
            co_return key_of(number);
        };
        auto const done = [&, call, number](std::exception_ptr error, std::string const& value) {
            if (!error && value != key_of(number)) ++wrong;
            ++ended;
        };
        auto const layer = cache.cached(key_of(number), 0s);
        asio::co_spawn(call->strand, layer(load), asio::bind_cancellation_slot(call->signal.slot(), done));
        if (random() % 3 == 0) {
            asio::post(call->strand, [call] { call->signal.emit(asio::cancellation_type::terminal); });
        }
    }
    pool.join();
    CHECK(ended == rounds);
    CHECK(wrong == 0);
    CHECK(loads > 0);
    auto const statistics = cache.statistics();
    INFO(loads << " loads, " << statistics.shared << " shared");
    CHECK(statistics.entries <= 2);
}

TEST_CASE("a cache may be read, written and cleared from all threads") {
    asio::io_context io;
    CacheManager const cache{io.get_executor(), {.max_entries = 3}};
    std::atomic<int> wrong = 0;
    tests::on_all_threads([&](std::minstd_rand& random) {
        for (int i = 0; i < 3000; ++i) {
            std::size_t const number = random() % keys;
            switch (random() % 8) {
                case 0: cache.remove(key_of(number)); break;
                case 1: cache.set(key_of(number), static_cast<int>(number)); break;
                case 2: cache.set(key_of(number), key_of(number), 1h); break;
                case 3: static_cast<void>(cache.statistics()); break;
                case 4:
                    if (i % 100 == 0) cache.clear();
                    break;
                default:
                    if (auto const text = cache.get<std::string>(key_of(number)); text && *text != key_of(number))
                        ++wrong;
                    if (auto const value = cache.get_stale<int>(key_of(number));
                        value && *value != static_cast<int>(number))
                        ++wrong;
            }
        }
    });
    CHECK(wrong == 0);
    CHECK(cache.statistics().entries <= 3);
}

TEST_CASE("callers of two contexts with separate threads share loads") {
    auto first = std::make_unique<asio::io_context>(1);
    asio::io_context second{1};
    CacheManager const cache{second.get_executor(), {.time_to_live = 0s}};
    std::atomic<int> given = 0;
    auto const load = [&]() -> asio::awaitable<int> {
        co_await asio::post(asio::use_awaitable);
        co_return 42;
    };
    constexpr int rounds = 2000;
    auto const calling = [&]() -> asio::awaitable<void> {
        auto const layer = cache.cached("key");
        for (int i = 0; i < rounds; ++i) given += co_await layer(load) == 42;
    };
    auto const rethrow = [](std::exception_ptr error) {
        if (error) std::rethrow_exception(error);
    };
    for (int i = 0; i < 2; ++i) {
        asio::co_spawn(*first, calling, rethrow);
        asio::co_spawn(second, calling, rethrow);
    }
    std::thread other{[&] { first->run(); }};
    second.run();
    other.join();
    first.reset();
    CHECK(given == 4 * rounds);
}
