// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_BREAKER_DETAIL_TIME_WINDOW_HPP
#define ZENOO_RPC_BREAKER_DETAIL_TIME_WINDOW_HPP

#include <zenoo_rpc/breaker/detail/call_verdict.hpp>
#include <zenoo_rpc/core/clock.hpp>
#include <zenoo_rpc/core/detail/thread_slot.hpp>

#include <algorithm>
#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <mutex>

namespace zenoo_rpc::detail {

/// The calls of the last while, in ten slices: the one that is running and the nine before it.
///
/// Each thread counts its good calls in slices of its own; bad ones are counted under the breaker's lock, which guards
/// all but `add_good`.
class TimeWindow {
public:
    static constexpr int slices = 10;

    explicit TimeWindow(Duration duration) : slice_{std::max(Duration{1}, duration / slices)} {}

    void add_good(TimePoint now) noexcept {
        auto const slot = ThreadSlots::mine();
        auto& shard = shards_[static_cast<std::size_t>(slot)];
        auto const tag = tag_of(slice_of(now));
        if (slot != ThreadSlots::none) [[likely]] {
            return shard.count(tag);
        }
        std::scoped_lock lock{crowd_};
        shard.count(tag);
    }

    void add_bad(CallVerdict verdict, TimePoint now) noexcept {
        auto const tag = tag_of(slice_of(now));
        auto& slice = bad_[place_of(tag)];
        if (slice.tag != tag) slice = {tag, {}};
        ++slice.counts.calls;
        slice.counts.failures += is_failed(verdict);
        slice.counts.slow += is_slow(verdict);
    }
    CallCounts counts(TimePoint now) const noexcept {
        CallCounts counts;
        auto const newest = slice_of(now);
        for (std::uint64_t age = 0; age < slices; ++age) {
            auto const tag = tag_of(newest - age);
            for (auto const& shard : shards_) counts.calls += shard.good(tag);
            auto const& slice = bad_[place_of(tag)];
            if (slice.tag != tag) continue;
            counts.calls += slice.counts.calls;
            counts.failures += slice.counts.failures;
            counts.slow += slice.counts.slow;
        }
        return counts;
    }
    void clear() noexcept { epoch_.fetch_add(1, std::memory_order_release); }

private:
    // More than are in the window, so that a thread which begins a slice spoils none that another thread still reads.
    static constexpr std::size_t places = 16;
    static constexpr std::size_t cache_line = 64;
    static constexpr int slice_bits = 40;

    struct alignas(cache_line) Shard {
        struct Slice {
            std::atomic<std::uint64_t> tag = 0;
            std::atomic<std::uint64_t> good = 0;
        };
        std::array<Slice, places> slices;

        void count(std::uint64_t tag) noexcept {
            auto& slice = slices[place_of(tag)];
            bool const begins = slice.tag.load(std::memory_order_relaxed) != tag;
            auto const before = begins ? 0 : slice.good.load(std::memory_order_relaxed);
            slice.good.store(before + 1, std::memory_order_release);
            if (begins) slice.tag.store(tag, std::memory_order_release);
        }
        std::uint64_t good(std::uint64_t tag) const noexcept {
            auto const& slice = slices[place_of(tag)];
            if (slice.tag.load(std::memory_order_acquire) != tag) return 0;
            return slice.good.load(std::memory_order_acquire);
        }
    };
    struct BadSlice {
        std::uint64_t tag = 0;
        CallCounts counts;
    };

    std::uint64_t slice_of(TimePoint time) const noexcept {
        return static_cast<std::uint64_t>(time.time_since_epoch() / slice_);
    }
    /// Never zero, and another one after `clear`.
    std::uint64_t tag_of(std::uint64_t slice) const noexcept {
        constexpr auto slice_mask = (std::uint64_t{1} << slice_bits) - 1;
        return epoch_.load(std::memory_order_acquire) << slice_bits | (slice & slice_mask);
    }
    static std::size_t place_of(std::uint64_t tag) noexcept { return tag % places; }

    Duration const slice_;
    std::atomic<std::uint64_t> epoch_ = 1;
    std::array<BadSlice, places> bad_;
    std::mutex crowd_;  // of the threads without a slot, which share the last shard
    std::array<Shard, ThreadSlots::count + 1> shards_{};
};

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_BREAKER_DETAIL_TIME_WINDOW_HPP
