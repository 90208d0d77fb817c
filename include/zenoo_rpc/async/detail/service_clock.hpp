// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_ASYNC_DETAIL_SERVICE_CLOCK_HPP
#define ZENOO_RPC_ASYNC_DETAIL_SERVICE_CLOCK_HPP

#include <zenoo_rpc/core/clock.hpp>

#include <atomic>
#include <memory>

namespace zenoo_rpc::detail {

/// The clock of a time service: the steady clock, or a virtual one that tests move.
class ServiceClock final : public TimeSource, public std::enable_shared_from_this<ServiceClock> {
public:
    TimePoint now() const override { return is_virtual() ? virtual_now_.load() : Clock::now(); }
    TimePoint coarse_now() const override { return is_virtual() ? virtual_now_.load() : coarse_steady_now(); }
    std::shared_ptr<TimeSource const> shared() const override { return shared_from_this(); }
    bool is_virtual() const noexcept { return virtual_.load(std::memory_order_relaxed); }
    void make_virtual() noexcept { virtual_ = true; }
    void skip_to(TimePoint time) noexcept {
        if (time > virtual_now_.load()) virtual_now_ = time;
    }

private:
    std::atomic<bool> virtual_ = false;
    std::atomic<TimePoint> virtual_now_ = TimePoint{};
};

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_ASYNC_DETAIL_SERVICE_CLOCK_HPP
