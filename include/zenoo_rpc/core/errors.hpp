// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_CORE_ERRORS_HPP
#define ZENOO_RPC_CORE_ERRORS_HPP

#include <zenoo_rpc/core/detail/error_kind.hpp>

namespace zenoo_rpc {

/// The connection or the network failed.
class NetworkError : public detail::ErrorKind<ZenooError, ErrorClass::network, Errc::network_error> {
    using ErrorKind::ErrorKind;
};
using ConnectionError = NetworkError;

/// A time limit was exceeded.
class TimeoutError : public detail::ErrorKind<ZenooError, ErrorClass::timeout, Errc::timed_out> {
    using ErrorKind::ErrorKind;
};

/// The server failed. Permanent if constructed from text; transient server errors have codes or classes of their own.
class ServerError : public detail::ErrorKind<ZenooError, ErrorClass::server, Errc::server_error> {
    using ErrorKind::ErrorKind;
};
using InternalError = ServerError;

/// The server received too many requests; `retry_after()` is the delay it requested, zero if none.
class RateLimitedError : public detail::ErrorKind<ServerError, ErrorClass::rate_limited, Errc::rate_limited> {
    using ErrorKind::ErrorKind;
};

/// Wrong password or API key, or no such user. Never retried: servers lock out clients that keep failing.
class AuthenticationError
    : public detail::ErrorKind<ZenooError, ErrorClass::authentication, Errc::authentication_failed> {
    using ErrorKind::ErrorKind;
};

/// A request or response that the other side cannot interpret.
class ProtocolError : public detail::ErrorKind<ZenooError, ErrorClass::protocol, Errc::protocol_error> {
    using ErrorKind::ErrorKind;
};

/// A request was sent, its outcome is unknown, and it must not be sent again. Nests the underlying error.
class OutcomeUnknownError : public detail::ErrorKind<ZenooError, ErrorClass::outcome_unknown, Errc::outcome_unknown> {
    using ErrorKind::ErrorKind;
};

template <>
inline constexpr ErrorClass class_bit<NetworkError> = ErrorClass::network;
template <>
inline constexpr ErrorClass class_bit<TimeoutError> = ErrorClass::timeout;
template <>
inline constexpr ErrorClass class_bit<ServerError> = ErrorClass::server;
template <>
inline constexpr ErrorClass class_bit<RateLimitedError> = ErrorClass::rate_limited;
template <>
inline constexpr ErrorClass class_bit<AuthenticationError> = ErrorClass::authentication;
template <>
inline constexpr ErrorClass class_bit<ProtocolError> = ErrorClass::protocol;
template <>
inline constexpr ErrorClass class_bit<OutcomeUnknownError> = ErrorClass::outcome_unknown;

}  // namespace zenoo_rpc

#endif  // ZENOO_RPC_CORE_ERRORS_HPP
