// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_ASYNC_EXECUTOR_CLOCK_HPP
#define ZENOO_RPC_ASYNC_EXECUTOR_CLOCK_HPP

#include <zenoo_rpc/async/time_service.hpp>

#include <boost/asio/any_io_executor.hpp>

#include <memory>
#include <utility>

namespace zenoo_rpc::detail {

/// The clock of an executor's context, looked up only when somebody asks for the time. The steady clock if there is no
/// executor.
class ExecutorClock final : public TimeSource {
public:
    explicit ExecutorClock(asio::any_io_executor executor) : executor_{std::move(executor)} {}

    asio::any_io_executor const& executor() const noexcept { return executor_; }
    TimePoint now() const override { return executor_ ? TimeService::of(executor_).now() : Clock::now(); }
    std::shared_ptr<TimeSource const> shared() const override {
        return executor_ ? TimeService::of(executor_).clock() : nullptr;
    }

private:
    asio::any_io_executor executor_;
};

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_ASYNC_EXECUTOR_CLOCK_HPP
