// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_CORE_EXCEPTIONS_HPP
#define ZENOO_RPC_CORE_EXCEPTIONS_HPP

#include <zenoo_rpc/core/bulk_results.hpp>
#include <zenoo_rpc/core/failure.hpp>
#include <zenoo_rpc/core/retry_timeline.hpp>

#include <chrono>
#include <exception>
#include <memory>
#include <string>
#include <utility>

namespace zenoo_rpc {

namespace detail {

/// A class of exceptions: its base, its bit, and the code it has when it is made from text alone.
template <class Base, ErrorClass Own, Errc Default>
class ErrorKind : public Base {
public:
    explicit ErrorKind(std::string const& what) : ErrorKind{error_code{Default}, what, ErrorText::as_given} {}
    ErrorKind(error_code code, std::string const& what, ErrorText text = ErrorText::with_code)
        : Base{code, what, text} {
        ZenooError& base = *this;
        base.classes_ = base.classes_ | Own;
    }
};

}  // namespace detail

/// The connection, or the way to the server, is at fault.
class NetworkError : public detail::ErrorKind<ZenooError, ErrorClass::network, Errc::network_error> {
    using ErrorKind::ErrorKind;
};
using ConnectionError = NetworkError;

/// Something took longer than its limit.
class TimeoutError : public detail::ErrorKind<ZenooError, ErrorClass::timeout, Errc::timed_out> {
    using ErrorKind::ErrorKind;
};

/// The server failed. Permanent when made from text; its transient kinds have codes or classes of their own.
class ServerError : public detail::ErrorKind<ZenooError, ErrorClass::server, Errc::server_error> {
    using ErrorKind::ErrorKind;
};
using InternalError = ServerError;

/// Another transaction was in the way, and this one was rolled back. Asks for a second of rest: the server has tried
/// again already.
class ConcurrencyError : public detail::ErrorKind<ServerError, ErrorClass::concurrency, Errc::concurrency_conflict> {
public:
    explicit ConcurrencyError(std::string const& what) : ErrorKind{what} { retry_after(detail::rest_after_conflict); }
    ConcurrencyError(error_code code, std::string const& what, ErrorText text = ErrorText::with_code)
        : ErrorKind{code, what, text} {
        retry_after(detail::rest_after_conflict);
    }
};

/// The server cannot reach its database.
class DatabaseUnavailableError
    : public detail::ErrorKind<ServerError, ErrorClass::database_unavailable, Errc::database_unavailable> {
    using ErrorKind::ErrorKind;
};

/// Too many requests; `retry_after()` if the server named a time.
class RateLimitedError : public detail::ErrorKind<ServerError, ErrorClass::rate_limited, Errc::rate_limited> {
    using ErrorKind::ErrorKind;
};

/// A business rule of the server said no.
class UserError : public detail::ErrorKind<ZenooError, ErrorClass::user, Errc::user_error> {
    using ErrorKind::ErrorKind;
};

/// A constraint of the model or the database said no.
class ValidationError : public detail::ErrorKind<UserError, ErrorClass::validation, Errc::validation_failed> {
    using ErrorKind::ErrorKind;
};

/// The user may not do this.
class AccessError : public detail::ErrorKind<ZenooError, ErrorClass::access, Errc::access_denied> {
    using ErrorKind::ErrorKind;
};

/// Wrong password or key, or no such user. Never retried: servers lock out who insists.
class AuthenticationError
    : public detail::ErrorKind<ZenooError, ErrorClass::authentication, Errc::authentication_failed> {
    using ErrorKind::ErrorKind;
};

/// The server has forgotten the session.
class SessionExpiredError : public detail::ErrorKind<ZenooError, ErrorClass::session_expired, Errc::session_expired> {
    using ErrorKind::ErrorKind;
};

/// A record does not exist, or not any more.
class MissingError : public detail::ErrorKind<ZenooError, ErrorClass::missing, Errc::record_missing> {
    using ErrorKind::ErrorKind;
};

/// No such model, method or service.
class MethodNotFoundError : public detail::ErrorKind<ZenooError, ErrorClass::method_not_found, Errc::method_not_found> {
    using ErrorKind::ErrorKind;
};

/// An answer, or a request, that makes no sense to the other side.
class ProtocolError : public detail::ErrorKind<ZenooError, ErrorClass::protocol, Errc::protocol_error> {
    using ErrorKind::ErrorKind;
};

/// It was sent, nobody knows whether it happened, and it may not be repeated. Nests what went wrong.
class OutcomeUnknownError : public detail::ErrorKind<ZenooError, ErrorClass::outcome_unknown, Errc::outcome_unknown> {
    using ErrorKind::ErrorKind;
};

/// What an execution had behind it when it was ended.
class RetryReport {
public:
    RetryReport() = default;
    RetryReport(int attempts, Duration elapsed, Failure last_failure,
                std::shared_ptr<RetryTimeline const> timeline = nullptr)
        : attempts_{attempts},
          elapsed_{elapsed},
          last_failure_{std::move(last_failure)},
          timeline_{std::move(timeline)} {}

    int attempts() const noexcept { return attempts_; }
    /// Since the execution began; since its first failure where nothing else needed the clock.
    Duration elapsed() const noexcept { return elapsed_; }
    Failure const& last_failure() const noexcept { return last_failure_; }
    /// What the last attempt threw; null if it did not throw.
    std::exception_ptr const& last_exception() const noexcept { return last_failure_.exception(); }
    /// All attempts; empty unless the policy says `keep_timeline`.
    RetryTimeline const& timeline() const noexcept {
        static RetryTimeline const none;
        return timeline_ ? *timeline_ : none;
    }

private:
    int attempts_ = 0;
    Duration elapsed_ = Duration::zero();
    Failure last_failure_;
    std::shared_ptr<RetryTimeline const> timeline_;
};

/// All attempts failed. `code()` is that of the last failure, which is nested.
class RetryExhaustedError : public detail::ErrorKind<ZenooError, ErrorClass::retry_exhausted, Errc::retry_exhausted>,
                            public RetryReport {
public:
    using ErrorKind::ErrorKind;
    RetryExhaustedError(error_code code, std::string const& what, RetryReport report)
        : ErrorKind{code, what, ErrorText::as_given}, RetryReport{std::move(report)} {}
};

/// The total time limit ended the execution. `code()` is that of the last failure if there was one; it is nested.
class RetryTimeoutError : public detail::ErrorKind<TimeoutError, ErrorClass::retry_timeout, Errc::retry_timeout>,
                          public RetryReport {
public:
    using ErrorKind::ErrorKind;
    RetryTimeoutError(error_code code, std::string const& what, RetryReport report)
        : ErrorKind{code, what, ErrorText::as_given}, RetryReport{std::move(report)} {}
};

/// The circuit breaker refused the call; `retry_after()` says when the next one may be let in. `code()` is that of
/// the last failure if there was one.
class CircuitBreakerOpenError : public detail::ErrorKind<ZenooError, ErrorClass::circuit_open, Errc::circuit_open> {
public:
    using ErrorKind::ErrorKind;

    std::string const& breaker() const noexcept { return breaker_; }
    void breaker(std::string name) { breaker_ = std::move(name); }
    /// What opened the circuit, or failed last; empty if it was opened by hand.
    Failure const& last_failure() const noexcept { return last_failure_; }
    void last_failure(Failure failure) noexcept { last_failure_ = std::move(failure); }

private:
    std::string breaker_;
    Failure last_failure_;
};

/// Too few operations of a bulk succeeded, or it was ended early. `code()` is that of the last failure, which is
/// nested; `operation_aborted` if the bulk was cancelled. An unknown outcome goes before other failures.
class BulkRetryError : public detail::ErrorKind<ZenooError, ErrorClass::bulk_failed, Errc::bulk_failed>,
                       public BulkReport {
public:
    using ErrorKind::ErrorKind;
    BulkRetryError(error_code code, std::string const& what, BulkReport report)
        : ErrorKind{code, what, ErrorText::as_given}, BulkReport{std::move(report)} {}
};

template <>
inline constexpr ErrorClass class_bit<NetworkError> = ErrorClass::network;
template <>
inline constexpr ErrorClass class_bit<TimeoutError> = ErrorClass::timeout;
template <>
inline constexpr ErrorClass class_bit<ServerError> = ErrorClass::server;
template <>
inline constexpr ErrorClass class_bit<ConcurrencyError> = ErrorClass::concurrency;
template <>
inline constexpr ErrorClass class_bit<DatabaseUnavailableError> = ErrorClass::database_unavailable;
template <>
inline constexpr ErrorClass class_bit<RateLimitedError> = ErrorClass::rate_limited;
template <>
inline constexpr ErrorClass class_bit<UserError> = ErrorClass::user;
template <>
inline constexpr ErrorClass class_bit<ValidationError> = ErrorClass::validation;
template <>
inline constexpr ErrorClass class_bit<AccessError> = ErrorClass::access;
template <>
inline constexpr ErrorClass class_bit<AuthenticationError> = ErrorClass::authentication;
template <>
inline constexpr ErrorClass class_bit<SessionExpiredError> = ErrorClass::session_expired;
template <>
inline constexpr ErrorClass class_bit<MissingError> = ErrorClass::missing;
template <>
inline constexpr ErrorClass class_bit<MethodNotFoundError> = ErrorClass::method_not_found;
template <>
inline constexpr ErrorClass class_bit<ProtocolError> = ErrorClass::protocol;
template <>
inline constexpr ErrorClass class_bit<OutcomeUnknownError> = ErrorClass::outcome_unknown;
template <>
inline constexpr ErrorClass class_bit<RetryExhaustedError> = ErrorClass::retry_exhausted;
template <>
inline constexpr ErrorClass class_bit<RetryTimeoutError> = ErrorClass::retry_timeout;
template <>
inline constexpr ErrorClass class_bit<CircuitBreakerOpenError> = ErrorClass::circuit_open;
template <>
inline constexpr ErrorClass class_bit<BulkRetryError> = ErrorClass::bulk_failed;

namespace detail {

template <class E>
struct Nested final : E, std::nested_exception {
    explicit Nested(E error) : E{std::move(error)} {}
};

/// `error` as a pointer, with the exception of `cause` nested in it if there is one.
template <class E>
std::exception_ptr nesting(E error, Failure const& cause) {
    if (!cause) return std::make_exception_ptr(std::move(error));
    try {
        cause.raise();
    } catch (...) {
        return std::make_exception_ptr(Nested<E>{std::move(error)});  // picks up the exception being handled
    }
}

}  // namespace detail
}  // namespace zenoo_rpc

#endif  // ZENOO_RPC_CORE_EXCEPTIONS_HPP
