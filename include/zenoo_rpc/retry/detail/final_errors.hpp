// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_RETRY_DETAIL_FINAL_ERRORS_HPP
#define ZENOO_RPC_RETRY_DETAIL_FINAL_ERRORS_HPP

#include <zenoo_rpc/core/detail/config.hpp>
#include <zenoo_rpc/core/retry_timeline.hpp>
#include <zenoo_rpc/retry/retry_context.hpp>

namespace zenoo_rpc::detail {

/// Returns the final error of an execution that has no attempts left.
[[gnu::cold]] ZENOO_RPC_DECL Failure exhausted(RetryContext const& context, RetryTimeline const* timeline = nullptr);

/// Returns the final error, with `code`, of an execution that has no time left.
[[gnu::cold]] ZENOO_RPC_DECL Failure out_of_time(RetryContext const& context, error_code code, Delivery delivery,
                                                 RetryTimeline const* timeline = nullptr);

}  // namespace zenoo_rpc::detail

#ifdef ZENOO_RPC_HEADER_ONLY
#include <zenoo_rpc/retry/detail/impl/final_errors.ipp>
#endif

#endif  // ZENOO_RPC_RETRY_DETAIL_FINAL_ERRORS_HPP
