// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_BREAKER_DETAIL_SERVICE_FAILURE_HPP
#define ZENOO_RPC_BREAKER_DETAIL_SERVICE_FAILURE_HPP

#include <zenoo_rpc/breaker/circuit_breaker_open_error.hpp>
#include <zenoo_rpc/core/errors.hpp>
#include <zenoo_rpc/retry/failure_predicate.hpp>
#include <zenoo_rpc/retry/retry_errors.hpp>

namespace zenoo_rpc::detail {

/// Returns true if a failure is `expected` and so counts against the service. An error that ended an execution, or that
/// left its outcome unknown, is judged by its cause; a cancellation never counts.
inline bool counts_against_service(Failure const& failure, AnyPredicate const& expected) {
    if (failure.cancelled()) return false;
    if (failure.is<CircuitBreakerOpenError>()) return expected(failure);
    bool const wraps =
        failure.is<OutcomeUnknownError>() || failure.is<RetryExhaustedError>() || failure.is<RetryTimeoutError>();
    if (!wraps) return expected(failure);
    if (auto const cause = failure.cause()) return counts_against_service(cause, expected);
    bool const first_attempt_cut_off = failure.code() == Errc::retry_timeout;
    return expected(first_attempt_cut_off ? Failure{Errc::timed_out} : Failure{failure.code()});
}

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_BREAKER_DETAIL_SERVICE_FAILURE_HPP
