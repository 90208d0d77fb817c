// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_ASYNC_DETAIL_IMPL_INTERRUPTION_IPP
#define ZENOO_RPC_ASYNC_DETAIL_IMPL_INTERRUPTION_IPP

#include <zenoo_rpc/async/bulk_retry_error.hpp>
#include <zenoo_rpc/async/detail/interruption.hpp>
#include <zenoo_rpc/core/detail/duration_text.hpp>
#include <zenoo_rpc/core/detail/nesting.hpp>
#include <zenoo_rpc/core/errors.hpp>

#include <boost/asio/error.hpp>

#include <utility>

namespace zenoo_rpc::detail {

Failure relevant_failure(Failure const& interrupted) {
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

Failure cancelled_with(Failure const& failure) {
    if (failure.cancelled() || failure.is<OutcomeUnknownError>()) return failure;
    return replacing(ZenooError{make_error_code(boost::asio::error::operation_aborted), "cancelled"}, failure);
}

Failure timed_out_with(Failure const& failure, Duration limit) {
    if (!failure.cancelled()) return failure;
    return replacing(TimeoutError{"no result within " + in_seconds(limit)}, failure);
}

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_ASYNC_DETAIL_IMPL_INTERRUPTION_IPP
