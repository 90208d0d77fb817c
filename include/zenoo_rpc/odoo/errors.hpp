// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_ODOO_ERRORS_HPP
#define ZENOO_RPC_ODOO_ERRORS_HPP

#include <zenoo_rpc/core/errors.hpp>

#include <string>

namespace zenoo_rpc {

/// Another transaction conflicted with this one, which was rolled back. Requests a backoff of one second, since the
/// server has already retried it.
class ConcurrencyError : public detail::ErrorKind<ServerError, ErrorClass::concurrency, Errc::concurrency_conflict> {
public:
    explicit ConcurrencyError(std::string const& what) : ErrorKind{what} {
        retry_after(detail::backoff_after_conflict);
    }
    ConcurrencyError(error_code code, std::string const& what, ErrorText text = ErrorText::with_code)
        : ErrorKind{code, what, text} {
        retry_after(detail::backoff_after_conflict);
    }
};

/// The server cannot reach its database.
class DatabaseUnavailableError
    : public detail::ErrorKind<ServerError, ErrorClass::database_unavailable, Errc::database_unavailable> {
    using ErrorKind::ErrorKind;
};

/// A business rule of the server rejected the call.
class UserError : public detail::ErrorKind<ZenooError, ErrorClass::user, Errc::user_error> {
    using ErrorKind::ErrorKind;
};

/// A constraint of the model or the database rejected the values.
class ValidationError : public detail::ErrorKind<UserError, ErrorClass::validation, Errc::validation_failed> {
    using ErrorKind::ErrorKind;
};

/// The user lacks the access rights for the call.
class AccessError : public detail::ErrorKind<ZenooError, ErrorClass::access, Errc::access_denied> {
    using ErrorKind::ErrorKind;
};

/// The session has expired on the server.
class SessionExpiredError : public detail::ErrorKind<ZenooError, ErrorClass::session_expired, Errc::session_expired> {
    using ErrorKind::ErrorKind;
};

/// A record does not exist, or no longer exists.
class MissingError : public detail::ErrorKind<ZenooError, ErrorClass::missing, Errc::record_missing> {
    using ErrorKind::ErrorKind;
};

/// The model, method or service does not exist.
class MethodNotFoundError : public detail::ErrorKind<ZenooError, ErrorClass::method_not_found, Errc::method_not_found> {
    using ErrorKind::ErrorKind;
};

template <>
inline constexpr ErrorClass class_bit<ConcurrencyError> = ErrorClass::concurrency;
template <>
inline constexpr ErrorClass class_bit<DatabaseUnavailableError> = ErrorClass::database_unavailable;
template <>
inline constexpr ErrorClass class_bit<UserError> = ErrorClass::user;
template <>
inline constexpr ErrorClass class_bit<ValidationError> = ErrorClass::validation;
template <>
inline constexpr ErrorClass class_bit<AccessError> = ErrorClass::access;
template <>
inline constexpr ErrorClass class_bit<SessionExpiredError> = ErrorClass::session_expired;
template <>
inline constexpr ErrorClass class_bit<MissingError> = ErrorClass::missing;
template <>
inline constexpr ErrorClass class_bit<MethodNotFoundError> = ErrorClass::method_not_found;

}  // namespace zenoo_rpc

#endif  // ZENOO_RPC_ODOO_ERRORS_HPP
