// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_ASYNC_RETRY_ON_HPP
#define ZENOO_RPC_ASYNC_RETRY_ON_HPP

#include <zenoo_rpc/async/async_retry.hpp>
#include <zenoo_rpc/retry/retry_options.hpp>

namespace zenoo_rpc {

/// What cannot get better: the request itself is at fault.
inline constexpr auto is_hopeless =
    failure_is<UserError, ValidationError, AccessError, MissingError, MethodNotFoundError, ProtocolError>;

/// What has been retried already, or was not let in.
inline constexpr auto has_ended =
    failure_is<RetryExhaustedError, RetryTimeoutError, CircuitBreakerOpenError, BulkRetryError>;

/// Retries failures that are one of the `E`, transient or not, and nothing else.
template <class... E>
    requires(sizeof...(E) > 0)
auto retry_on_exceptions(RetryOptions options = {}) {
    return retry(detail::policy_of(options, failure_is<E...>));
}

/// Retries everything that may get better, transient or not, but what has been retried already.
inline auto retry_on_failure(RetryOptions options = {}) {
    return retry(detail::policy_of(options, !(is_hopeless || has_ended)));
}

}  // namespace zenoo_rpc

#endif  // ZENOO_RPC_ASYNC_RETRY_ON_HPP
