// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_CORE_DETAIL_THREAD_SLOT_HPP
#define ZENOO_RPC_CORE_DETAIL_THREAD_SLOT_HPP

#include <array>
#include <mutex>

namespace zenoo_rpc::detail {

/// Assigns small numbers to the threads of a process, for memory that only one of them writes.
class ThreadSlots {
public:
    static constexpr int count = 16;
    static constexpr int none = count;  ///< shared by all threads beyond that number

    /// Returns the slot of the calling thread, which keeps it as long as it lives. A later thread that gets the slot
    /// sees everything written before.
    static int mine() noexcept {
        if (slot_ == unassigned) [[unlikely]]
            assign();
        return slot_;
    }

private:
    static constexpr int unassigned = -1;

    struct Taken {
        std::mutex mutex;
        std::array<bool, count> slots{};
    };
    /// Never destroyed: threads may outlive static objects.
    static Taken& taken() {
        static auto& slots = *new Taken;
        return slots;
    }

    struct ReleasesSlot {
        ~ReleasesSlot() {
            std::scoped_lock lock{taken().mutex};
            if (slot_ != none) taken().slots[static_cast<unsigned>(slot_)] = false;
            slot_ = none;  // for code that the thread still runs at its end
        }
    };

    [[gnu::noinline, gnu::cold]] static void assign() noexcept {
        std::scoped_lock lock{taken().mutex};
        slot_ = none;
        for (int slot = count - 1; slot >= 0; --slot) {
            if (!taken().slots[static_cast<unsigned>(slot)]) slot_ = slot;
        }
        if (slot_ == none) return;
        taken().slots[static_cast<unsigned>(slot_)] = true;
        thread_local ReleasesSlot const at_the_end_of_the_thread;
    }

    static constinit inline thread_local int slot_ = unassigned;
};

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_CORE_DETAIL_THREAD_SLOT_HPP
