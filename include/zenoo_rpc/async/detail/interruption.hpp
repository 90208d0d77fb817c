// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_ASYNC_DETAIL_INTERRUPTION_HPP
#define ZENOO_RPC_ASYNC_DETAIL_INTERRUPTION_HPP

#include <zenoo_rpc/core/detail/config.hpp>
#include <zenoo_rpc/core/failure.hpp>

#include <boost/asio/cancellation_state.hpp>
#include <boost/asio/error.hpp>

namespace zenoo_rpc::detail {

/// Returns true if a coroutine was cancelled: `is_cancelled(co_await asio::this_coro::cancellation_state)`.
inline bool is_cancelled(boost::asio::cancellation_state const& state) noexcept {
    return state.cancelled() != boost::asio::cancellation_type::none;
}

/// Returns the relevant failure of an interrupted operation: the cause of its cancellation, or the failure itself if it
/// is no cancellation, or the error of a bulk.
[[gnu::cold]] ZENOO_RPC_DECL Failure relevant_failure(Failure const& interrupted);

/// Returns the error for a cancelled caller. An unknown outcome takes precedence over the cancellation.
[[gnu::cold]] ZENOO_RPC_DECL Failure cancelled_with(Failure const& failure);

/// Returns the error for an operation that took longer than `limit`. An error of its own takes precedence.
[[gnu::cold]] ZENOO_RPC_DECL Failure timed_out_with(Failure const& failure, Duration limit);

}  // namespace zenoo_rpc::detail

#ifdef ZENOO_RPC_HEADER_ONLY
#include <zenoo_rpc/async/detail/impl/interruption.ipp>
#endif

#endif  // ZENOO_RPC_ASYNC_DETAIL_INTERRUPTION_HPP
