// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_CORE_DETAIL_SHARDED_COUNTER_HPP
#define ZENOO_RPC_CORE_DETAIL_SHARDED_COUNTER_HPP

#include <zenoo_rpc/core/detail/thread_slot.hpp>

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>

namespace zenoo_rpc::detail {

/// A few counters that threads increment without contention: each thread writes to a cache line of its own. A thread
/// that sees an increment in a sum also sees what happened before it.
template <std::size_t Counters>
class ShardedCounter {
public:
    template <std::size_t Which>
    void count() noexcept {
        auto const slot = ThreadSlots::mine();
        auto& counter = std::get<Which>(shards_[static_cast<std::size_t>(slot)].counters);
        if (slot == ThreadSlots::none) [[unlikely]] {
            counter.fetch_add(1, std::memory_order_release);
        } else {
            counter.store(counter.load(std::memory_order_relaxed) + 1, std::memory_order_release);
        }
    }

    template <std::size_t Which>
    std::uint64_t sum() const noexcept {
        std::uint64_t sum = 0;
        for (auto const& shard : shards_) sum += std::get<Which>(shard.counters).load(std::memory_order_acquire);
        return sum;
    }

private:
    static constexpr std::size_t cache_line = 64;
    struct alignas(cache_line) Shard {
        std::array<std::atomic<std::uint64_t>, Counters> counters{};
    };

    std::array<Shard, ThreadSlots::count + 1> shards_;  // the last is for threads without a slot
};

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_CORE_DETAIL_SHARDED_COUNTER_HPP
