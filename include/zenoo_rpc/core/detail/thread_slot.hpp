// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_CORE_DETAIL_THREAD_SLOT_HPP
#define ZENOO_RPC_CORE_DETAIL_THREAD_SLOT_HPP

#include <array>
#include <mutex>

namespace zenoo_rpc::detail {

/// Gives the threads of a process small numbers, for memory that only one of them writes.
class ThreadSlots {
public:
    static constexpr int count = 16;
    static constexpr int none = count;  ///< of threads beyond that, all of them

    /// That of the calling thread as long as it lives; another thread may have it after that, and sees what it wrote.
    static int mine() noexcept {
        if (slot_ == unasked) [[unlikely]]
            ask();
        return slot_;
    }

private:
    static constexpr int unasked = -1;

    struct Taken {
        std::mutex mutex;
        std::array<bool, count> slots{};
    };
    /// Never destroyed: threads may end after everything else.
    static Taken& taken() {
        static auto& slots = *new Taken;
        return slots;
    }

    struct GivesBack {
        ~GivesBack() {
            std::scoped_lock lock{taken().mutex};
            if (slot_ != none) taken().slots[static_cast<unsigned>(slot_)] = false;
            slot_ = none;  // for what the thread still does at its end
        }
    };

    [[gnu::noinline, gnu::cold]] static void ask() noexcept {
        std::scoped_lock lock{taken().mutex};
        slot_ = none;
        for (int slot = count - 1; slot >= 0; --slot) {
            if (!taken().slots[static_cast<unsigned>(slot)]) slot_ = slot;
        }
        if (slot_ == none) return;
        taken().slots[static_cast<unsigned>(slot_)] = true;
        thread_local GivesBack const at_the_end_of_the_thread;
    }

    static constinit inline thread_local int slot_ = unasked;
};

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_CORE_DETAIL_THREAD_SLOT_HPP
