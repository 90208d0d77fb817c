// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_BREAKER_CIRCUIT_BREAKER_OPEN_ERROR_HPP
#define ZENOO_RPC_BREAKER_CIRCUIT_BREAKER_OPEN_ERROR_HPP

#include <zenoo_rpc/core/detail/error_kind.hpp>

#include <string>
#include <utility>

namespace zenoo_rpc {

/// The circuit breaker rejected the call. `retry_after()` is the time until a call may be admitted again; `code()` is
/// the code of the last failure if there was one.
class CircuitBreakerOpenError : public detail::ErrorKind<ZenooError, ErrorClass::circuit_open, Errc::circuit_open> {
public:
    using ErrorKind::ErrorKind;

    /// Returns the name of the circuit breaker.
    std::string const& breaker() const noexcept { return breaker_; }
    void breaker(std::string name) { breaker_ = std::move(name); }
    /// Returns the failure that opened the circuit, or the last one since; empty if it was opened by `open()` or only
    /// by slow calls.
    Failure const& last_failure() const noexcept { return last_failure_; }
    void last_failure(Failure failure) noexcept { last_failure_ = std::move(failure); }

private:
    std::string breaker_;
    Failure last_failure_;
};

template <>
inline constexpr ErrorClass class_bit<CircuitBreakerOpenError> = ErrorClass::circuit_open;

}  // namespace zenoo_rpc

#endif  // ZENOO_RPC_BREAKER_CIRCUIT_BREAKER_OPEN_ERROR_HPP
