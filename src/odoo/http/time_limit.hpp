// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_SRC_ODOO_HTTP_TIME_LIMIT_HPP
#define ZENOO_RPC_SRC_ODOO_HTTP_TIME_LIMIT_HPP

#include "odoo/http/open_exchanges.hpp"

#include <zenoo_rpc/async/time_service.hpp>

#include <boost/asio/any_io_executor.hpp>

#include <atomic>
#include <optional>
#include <thread>

namespace zenoo_rpc::detail {

/// Interrupts an exchange at its deadline. Allocates nothing. The exchange must outlive it.
class TimeLimit final : public WaitNode {
public:
    explicit TimeLimit(OpenExchange& exchange) noexcept : exchange_{exchange} {}
    ~TimeLimit() {
        if (!wait_ || waits_of(*time_).remove(*wait_)) return;
        // Another thread is running `expired` or `abandoned`.
        while (!is_over_.load(std::memory_order_acquire)) std::this_thread::yield();
    }

    /// Starts the limit; must be called at most once.
    void begin(TimeService& time, TimePoint deadline, boost::asio::any_io_executor const& executor) {
        if (deadline == TimePoint::max()) return;
        time_ = &time;
        wait_ = waits_of(time).next_id(deadline);
        waits_of(time).add(*this, *wait_, executor);
    }

    void expired() noexcept override {
        exchange_.interrupt(Interruption::out_of_time);
        is_over_.store(true, std::memory_order_release);
    }
    void abandoned() noexcept override { is_over_.store(true, std::memory_order_release); }

private:
    OpenExchange& exchange_;
    TimeService* time_ = nullptr;
    std::optional<WaitId> wait_;
    std::atomic<bool> is_over_ = false;
};

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_SRC_ODOO_HTTP_TIME_LIMIT_HPP
