// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_ASYNC_DETAIL_IMPL_DEADLINE_IPP
#define ZENOO_RPC_ASYNC_DETAIL_IMPL_DEADLINE_IPP

#include <zenoo_rpc/async/detail/deadline.hpp>

#include <boost/asio/dispatch.hpp>

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

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_ASYNC_DETAIL_IMPL_DEADLINE_IPP
