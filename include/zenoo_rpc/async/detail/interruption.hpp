// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_ASYNC_DETAIL_INTERRUPTION_HPP
#define ZENOO_RPC_ASYNC_DETAIL_INTERRUPTION_HPP

#include <zenoo_rpc/core/detail/duration_text.hpp>
#include <zenoo_rpc/core/exceptions.hpp>

#include <boost/asio/cancellation_state.hpp>
#include <boost/asio/error.hpp>

#include <string>
#include <utility>

namespace zenoo_rpc::detail {

/// For a coroutine: `is_cancelled(co_await asio::this_coro::cancellation_state)`.
inline bool is_cancelled(boost::asio::cancellation_state const& state) noexcept {
    return state.cancelled() != boost::asio::cancellation_type::none;
}

/// What there is to tell of something that was cut off: not that it was, but what is behind that, or what a bulk has
/// come to.
[[gnu::noinline]] inline Failure behind(Failure const& cut_off) {
    return cut_off.cancelled() && !cut_off.is<BulkRetryError>() ? cut_off.cause() : cut_off;
}

/// `ending` in place of `cut_off`, with its delivery, wish and cause.
template <class E>
Failure taking_over(E ending, Failure const& cut_off) {
    auto const cause = behind(cut_off);
    ending.delivery(cut_off ? cut_off.delivery() : Delivery::not_sent);
    ending.retry_after(cut_off.retry_after());
    return Failure{nesting(std::move(ending), cause)};
}

/// What a cancelled caller gets. What may have happened is more important than that it was cancelled.
[[gnu::noinline]] inline Failure cancelled_with(Failure const& failure) {
    if (failure.cancelled() || failure.is<OutcomeUnknownError>()) return failure;
    return taking_over(ZenooError{make_error_code(boost::asio::error::operation_aborted), "cancelled"}, failure);
}

/// What an operation gets that took longer than `limit`. An error of its own stands.
[[gnu::noinline]] inline Failure timed_out_with(Failure const& failure, Duration limit) {
    if (!failure.cancelled()) return failure;
    return taking_over(TimeoutError{"no result within " + in_seconds(limit)}, failure);
}

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_ASYNC_DETAIL_INTERRUPTION_HPP
