// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_BREAKER_DETAIL_TIME_WINDOW_HPP
#define ZENOO_RPC_BREAKER_DETAIL_TIME_WINDOW_HPP

#include <zenoo_rpc/breaker/detail/call_outcome.hpp>
#include <zenoo_rpc/core/clock.hpp>
#include <zenoo_rpc/core/detail/thread_slot.hpp>

#include <algorithm>
#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <mutex>

namespace zenoo_rpc::detail {

/// The calls of a period of time, in ten slices: the current one and the nine before it.
///
/// Each thread counts its successes in slices of its own; failed or slow calls are counted under the breaker's lock,
/// which guards everything but `add_success`.
class TimeWindow {
public:
    static constexpr int slices = 10;

    explicit TimeWindow(Duration duration) : slice_{std::max(Duration{1}, duration / slices)} {}

    void add_success(TimePoint now) noexcept {
        auto const slot = ThreadSlots::mine();
        auto& shard = shards_[static_cast<std::size_t>(slot)];
        auto const tag = tag_of(slice_of(now));
        if (slot != ThreadSlots::none) [[likely]] {
            return shard.count(tag);
        }
        std::scoped_lock lock{shared_shard_mutex_};
        shard.count(tag);
    }

    void add_failure(CallOutcome outcome, TimePoint now) noexcept {
        auto const tag = tag_of(slice_of(now));
        auto& slice = failed_or_slow_[index_of(tag)];
        if (slice.tag != tag) slice = {tag, {}};
        ++slice.counts.calls;
        slice.counts.failures += is_failed(outcome);
        slice.counts.slow += is_slow(outcome);
    }
    CallCounts counts(TimePoint now) const noexcept {
        CallCounts counts;
        auto const newest = slice_of(now);
        for (std::uint64_t age = 0; age < slices; ++age) {
            auto const tag = tag_of(newest - age);
            for (auto const& shard : shards_) counts.calls += shard.successes(tag);
            auto const& slice = failed_or_slow_[index_of(tag)];
            if (slice.tag != tag) continue;
            counts.calls += slice.counts.calls;
            counts.failures += slice.counts.failures;
            counts.slow += slice.counts.slow;
        }
        return counts;
    }
    void clear() noexcept { epoch_.fetch_add(1, std::memory_order_release); }

private:
    // Larger than the window, so that a thread which begins a slice does not overwrite one that another still reads.
    static constexpr std::size_t ring_size = 16;
    static constexpr std::size_t cache_line = 64;
    static constexpr int slice_bits = 40;

    struct alignas(cache_line) Shard {
        struct Slice {
            std::atomic<std::uint64_t> tag = 0;
            std::atomic<std::uint64_t> successes = 0;
        };
        std::array<Slice, ring_size> slices;

        void count(std::uint64_t tag) noexcept {
            auto& slice = slices[index_of(tag)];
            bool const begins = slice.tag.load(std::memory_order_relaxed) != tag;
            auto const before = begins ? 0 : slice.successes.load(std::memory_order_relaxed);
            slice.successes.store(before + 1, std::memory_order_release);
            if (begins) slice.tag.store(tag, std::memory_order_release);
        }
        std::uint64_t successes(std::uint64_t tag) const noexcept {
            auto const& slice = slices[index_of(tag)];
            if (slice.tag.load(std::memory_order_acquire) != tag) return 0;
            return slice.successes.load(std::memory_order_acquire);
        }
    };
    struct LockedSlice {
        std::uint64_t tag = 0;
        CallCounts counts;
    };

    std::uint64_t slice_of(TimePoint time) const noexcept {
        return static_cast<std::uint64_t>(time.time_since_epoch() / slice_);
    }
    /// Returns the tag of a slice: never zero, and different after `clear`.
    std::uint64_t tag_of(std::uint64_t slice) const noexcept {
        constexpr auto slice_mask = (std::uint64_t{1} << slice_bits) - 1;
        return epoch_.load(std::memory_order_acquire) << slice_bits | (slice & slice_mask);
    }
    static std::size_t index_of(std::uint64_t tag) noexcept { return tag % ring_size; }

    Duration const slice_;
    std::atomic<std::uint64_t> epoch_ = 1;
    std::array<LockedSlice, ring_size> failed_or_slow_;
    std::mutex shared_shard_mutex_;  // for the threads without a slot, which share the last shard
    std::array<Shard, ThreadSlots::count + 1> shards_{};
};

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_BREAKER_DETAIL_TIME_WINDOW_HPP
