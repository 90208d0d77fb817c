// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_ASYNC_DETAIL_IMPL_DEADLINE_IPP
#define ZENOO_RPC_ASYNC_DETAIL_IMPL_DEADLINE_IPP

#include <zenoo_rpc/async/detail/deadline.hpp>
#include <zenoo_rpc/async/detail/serial_executor.hpp>

#include <boost/asio/dispatch.hpp>
#include <boost/asio/recycling_allocator.hpp>

#include <memory>
#include <utility>

namespace zenoo_rpc::detail {

void Deadline::begin(TimePoint when) {
    if (when == TimePoint::max()) return;
    waiting_ = shared_from_this();
    wait_ = waits_of(time_).add(*this, when, executor_);
}

void Deadline::end() {
    if (wait_ && waits_of(time_).remove(*wait_)) waiting_.reset();
}

void Deadline::cancel(asio::cancellation_type type) {
    asio::dispatch(executor_, [self = shared_from_this(), type] { self->emit(type); });
}

void Deadline::expired() noexcept {
    auto const self = std::exchange(waiting_, nullptr);
    asio::dispatch(executor_, [self] {
        self->timed_out_ = true;
        self->emit(asio::cancellation_type::terminal);
    });
}

void Deadline::abandoned() noexcept { auto const self = std::exchange(waiting_, nullptr); }

LimitedCall::LimitedCall(asio::any_io_executor const& executor, asio::cancellation_state const& outer)
    : limit_{std::allocate_shared<Deadline>(asio::recycling_allocator<Deadline>{}, serial(executor),
                                            TimeService::of(executor))},
      outer_{outer.slot()} {}

LimitedCall::Running LimitedCall::run(asio::awaitable<void> body) {
    if (outer_.is_connected()) {
        outer_.assign([limit = limit_](asio::cancellation_type type) { limit->cancel(type); });
    }
    return {*this, std::move(body)};
}

std::exception_ptr LimitedCall::end_run() {
    if (outer_.is_connected()) outer_.clear();
    limit_->end();
    return std::move(thrown_);
}

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_ASYNC_DETAIL_IMPL_DEADLINE_IPP
