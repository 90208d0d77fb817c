// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_ASYNC_DETAIL_INTERRUPTION_HPP
#define ZENOO_RPC_ASYNC_DETAIL_INTERRUPTION_HPP

#include <zenoo_rpc/async/bulk_retry_error.hpp>
#include <zenoo_rpc/core/detail/duration_text.hpp>
#include <zenoo_rpc/core/detail/nesting.hpp>
#include <zenoo_rpc/core/errors.hpp>

#include <boost/asio/cancellation_state.hpp>
#include <boost/asio/error.hpp>

#include <string>
#include <utility>

namespace zenoo_rpc::detail {

/// Returns true if a coroutine was cancelled: `is_cancelled(co_await asio::this_coro::cancellation_state)`.
inline bool is_cancelled(boost::asio::cancellation_state const& state) noexcept {
    return state.cancelled() != boost::asio::cancellation_type::none;
}

/// Returns the relevant failure of an interrupted operation: the cause of its cancellation, or the failure itself if it
/// is no cancellation, or the error of a bulk.
[[gnu::noinline]] inline Failure relevant_failure(Failure const& interrupted) {
    return interrupted.cancelled() && !interrupted.is<BulkRetryError>() ? interrupted.cause() : interrupted;
}

/// Returns `error` in place of `interrupted`, with the latter's delivery, requested delay and cause.
template <class E>
Failure replacing(E error, Failure const& interrupted) {
    auto const cause = relevant_failure(interrupted);
    error.delivery(interrupted ? interrupted.delivery() : Delivery::not_sent);
    error.retry_after(interrupted.retry_after());
    return Failure{nesting(std::move(error), cause)};
}

/// Returns the error for a cancelled caller. An unknown outcome takes precedence over the cancellation.
[[gnu::noinline]] inline Failure cancelled_with(Failure const& failure) {
    if (failure.cancelled() || failure.is<OutcomeUnknownError>()) return failure;
    return replacing(ZenooError{make_error_code(boost::asio::error::operation_aborted), "cancelled"}, failure);
}

/// Returns the error for an operation that took longer than `limit`. An error of its own takes precedence.
[[gnu::noinline]] inline Failure timed_out_with(Failure const& failure, Duration limit) {
    if (!failure.cancelled()) return failure;
    return replacing(TimeoutError{"no result within " + in_seconds(limit)}, failure);
}

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_ASYNC_DETAIL_INTERRUPTION_HPP
