// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_ASYNC_DETAIL_OUTCOME_HPP
#define ZENOO_RPC_ASYNC_DETAIL_OUTCOME_HPP

#include <zenoo_rpc/breaker/circuit_breaker_open_error.hpp>
#include <zenoo_rpc/core/detail/config.hpp>
#include <zenoo_rpc/core/detail/failure_access.hpp>
#include <zenoo_rpc/core/errors.hpp>

#include <boost/system/result.hpp>

#include <concepts>
#include <utility>

namespace zenoo_rpc::detail {

template <class T>
inline constexpr bool is_result = false;
template <class T, class E>
inline constexpr bool is_result<boost::system::result<T, E>> = std::same_as<E, Failure> || std::same_as<E, error_code>;

/// Returns the failure in a value that an attempt returned; empty unless it is a failed result.
template <class T>
Failure failure_in(T const& value) {
    if constexpr (is_result<T>) {
        if (value.has_error()) return Failure{value.error()};
    }
    return {};
}

/// Returns the code that represents a failure. If the failure is never retried, the code says so as well where
/// possible.
[[gnu::cold]] ZENOO_RPC_DECL error_code code_of(Failure const& failure) noexcept;

/// Reports a failure to the caller in the way of the operation: returns it in a result, or throws it.
template <class T>
T deliver(Failure failure) {
    if constexpr (is_result<T>) {
        if (failure.is<CircuitBreakerOpenError>()) FailureAccess::set_code(failure, Errc::circuit_open);
        if constexpr (std::same_as<typename T::error_type, Failure>) {
            return T{boost::system::in_place_error, std::move(failure)};
        } else {
            return T{boost::system::in_place_error, code_of(failure)};
        }
    } else {
        failure.raise();
    }
}

}  // namespace zenoo_rpc::detail

#ifdef ZENOO_RPC_HEADER_ONLY
#include <zenoo_rpc/async/detail/impl/outcome.ipp>
#endif

#endif  // ZENOO_RPC_ASYNC_DETAIL_OUTCOME_HPP
