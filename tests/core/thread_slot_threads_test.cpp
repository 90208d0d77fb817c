// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"

#include <zenoo_rpc/core/detail/sharded_counter.hpp>
#include <zenoo_rpc/core/detail/thread_slot.hpp>

#include <barrier>
#include <cstdint>
#include <functional>
#include <mutex>
#include <set>
#include <thread>
#include <vector>

using zenoo_rpc::detail::ShardedCounter;
using zenoo_rpc::detail::ThreadSlots;

namespace {

/// Runs `work` on `number` threads, all of which live until the last one is done.
void on_threads(int number, std::function<void()> const& work) {
    std::barrier done{number};
    std::vector<std::thread> threads;
    for (int i = 0; i < number; ++i) {
        threads.emplace_back([&] {
            work();
            done.arrive_and_wait();
        });
    }
    for (auto& thread : threads) thread.join();
}

std::multiset<int> slots_of_threads(int number) {
    std::mutex mutex;
    std::multiset<int> slots;
    on_threads(number, [&] {
        std::scoped_lock lock{mutex};
        slots.insert(ThreadSlots::mine());
    });
    return slots;
}

}  // namespace

TEST_CASE("no two living threads share a slot, and a thread keeps its slot", "[threads]") {
    auto const here = ThreadSlots::mine();
    auto slots = slots_of_threads(ThreadSlots::count - 1);
    slots.insert(here);
    CHECK(std::set<int>(slots.begin(), slots.end()).size() == ThreadSlots::count);
    CHECK(slots.count(ThreadSlots::none) == 0);
    CHECK(ThreadSlots::mine() == here);
}

TEST_CASE("threads release their slots, and threads without a slot share a number", "[threads]") {
    for (int i = 0; i < 3; ++i) {
        auto const slots = slots_of_threads(ThreadSlots::count + 9);
        CHECK(slots.count(ThreadSlots::none) >= 9);
        CHECK(slots.count(ThreadSlots::none) <= 10);  // one more if this thread has a slot
    }
}

TEST_CASE("more threads than slots count together without losing anything", "[threads]") {
    constexpr int threads = ThreadSlots::count + 8;
    constexpr std::uint64_t times = 10'000;
    ShardedCounter<2> counter;
    for (int i = 0; i < 2; ++i) {  // the second time in slots of finished threads
        on_threads(threads, [&] {
            for (std::uint64_t n = 0; n < times; ++n) {
                counter.count<0>();
                if (n % 2 == 0) counter.count<1>();
            }
        });
    }
    CHECK(counter.sum<0>() == 2 * threads * times);
    CHECK(counter.sum<1>() == threads * times);
}
