// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_ASYNC_RETRY_WITH_HPP
#define ZENOO_RPC_ASYNC_RETRY_WITH_HPP

#include <zenoo_rpc/async/async_retry.hpp>
#include <zenoo_rpc/async/fallback.hpp>
#include <zenoo_rpc/retry/retry_options.hpp>

#include <stdexcept>
#include <utility>

namespace zenoo_rpc {

/// Retries transient failures, and yields a value instead of giving up; see `fallback`.
template <class Source>
auto retry_with_fallback(RetryOptions options, Source value_or_factory) {
    return fallback(std::move(value_or_factory)) | retry(detail::policy_of(options));
}

/// Retries transient failures until `total_timeout`, which must be given: then `RetryTimeoutError`.
inline auto retry_with_timeout(RetryOptions options) {
    if (options.total_timeout == unlimited) {
        throw std::invalid_argument{"retry_with_timeout needs a RetryOptions::total_timeout, but it is unlimited"};
    }
    return retry(detail::policy_of(options));
}

}  // namespace zenoo_rpc

#endif  // ZENOO_RPC_ASYNC_RETRY_WITH_HPP
