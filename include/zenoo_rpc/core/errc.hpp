// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_CORE_ERRC_HPP
#define ZENOO_RPC_CORE_ERRC_HPP

#include <zenoo_rpc/core/detail/config.hpp>

#include <boost/system/error_category.hpp>
#include <boost/system/error_code.hpp>

#include <cstddef>
#include <string>
#include <type_traits>

namespace zenoo_rpc {

using boost::system::error_code;

/// Error codes of this library.
enum class Errc {
    unclassified = 1,       ///< an exception that carries no error code
    network_error,          ///< the connection failed; transient
    timed_out,              ///< an attempt exceeded its time limit; transient
    server_error,           ///< the server failed in a way that a retry does not cure
    bad_gateway,            ///< HTTP 502 from a proxy in front of the server; transient
    service_unavailable,    ///< HTTP 503; transient
    gateway_timeout,        ///< HTTP 504; transient
    concurrency_conflict,   ///< conflict with another transaction; rolled back, transient
    database_unavailable,   ///< the server cannot reach its database; transient
    rate_limited,           ///< HTTP 429; transient
    query_canceled,         ///< the database canceled the statement; rolled back, transient
    user_error,             ///< rejected by a business rule
    validation_failed,      ///< violates a constraint of the database or the model
    access_denied,          ///< the user lacks the access rights
    authentication_failed,  ///< wrong password or API key, or no such user
    session_expired,        ///< the server no longer knows the session
    record_missing,         ///< a record does not exist or has been deleted
    method_not_found,       ///< no such model, method or service
    protocol_error,         ///< a request or response that the other side cannot interpret
    unwanted_result,        ///< the policy's `retry_if_result` rejected the result; transient
    outcome_unknown,        ///< sent without a response, and must not be sent again
    retry_exhausted,        ///< all attempts failed
    retry_timeout,          ///< the total time limit ended the execution
    circuit_open,           ///< the circuit breaker rejected the call
    bulk_failed,            ///< too few operations of a bulk succeeded
};

namespace detail {

class ErrorCategory final : public boost::system::error_category {
public:
    constexpr ErrorCategory() noexcept : error_category{0x7a656e6f6f727063} {}  // one identity in all shared objects
    char const* name() const noexcept override { return "zenoo_rpc"; }
    ZENOO_RPC_DECL std::string message(int value) const override;
    ZENOO_RPC_DECL char const* message(int value, char*, std::size_t) const noexcept override;

private:
    ZENOO_RPC_DECL static char const* text(Errc code) noexcept;
};

inline constexpr ErrorCategory error_category_instance;

}  // namespace detail

inline boost::system::error_category const& error_category() noexcept { return detail::error_category_instance; }

inline error_code make_error_code(Errc code) noexcept { return {static_cast<int>(code), error_category()}; }

}  // namespace zenoo_rpc

template <>
struct boost::system::is_error_code_enum<zenoo_rpc::Errc> : std::true_type {};

#ifdef ZENOO_RPC_HEADER_ONLY
#include <zenoo_rpc/core/detail/impl/errc.ipp>
#endif

#endif  // ZENOO_RPC_CORE_ERRC_HPP
