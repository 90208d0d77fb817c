// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_CORE_ERROR_CLASS_HPP
#define ZENOO_RPC_CORE_ERROR_CLASS_HPP

#include <cstdint>

namespace zenoo_rpc {

/// The exception classes of this library as a set of bits. With them a failure knows its class even when its exception
/// no longer exists, or when there never was one.
enum class ErrorClass : std::uint32_t {
    none = 0,
    zenoo = 1u << 0,
    network = 1u << 1,
    timeout = 1u << 2,
    server = 1u << 3,
    concurrency = 1u << 4,
    database_unavailable = 1u << 5,
    rate_limited = 1u << 6,
    user = 1u << 7,
    validation = 1u << 8,
    access = 1u << 9,
    authentication = 1u << 10,
    session_expired = 1u << 11,
    missing = 1u << 12,
    method_not_found = 1u << 13,
    protocol = 1u << 14,
    outcome_unknown = 1u << 15,
    retry_exhausted = 1u << 16,
    retry_timeout = 1u << 17,
    circuit_open = 1u << 18,
    bulk_failed = 1u << 19,
    cancelled = 1u << 20,
    logic_error = 1u << 21,
    out_of_memory = 1u << 22,
};

constexpr ErrorClass operator|(ErrorClass left, ErrorClass right) noexcept {
    return static_cast<ErrorClass>(static_cast<std::uint32_t>(left) | static_cast<std::uint32_t>(right));
}
constexpr ErrorClass operator&(ErrorClass left, ErrorClass right) noexcept {
    return static_cast<ErrorClass>(static_cast<std::uint32_t>(left) & static_cast<std::uint32_t>(right));
}
constexpr bool overlap(ErrorClass left, ErrorClass right) noexcept { return (left & right) != ErrorClass::none; }

/// Classes of the errors with which this library ends an execution. Never transient, so that nested retries do not
/// multiply.
inline constexpr ErrorClass library_outcomes =
    ErrorClass::retry_exhausted | ErrorClass::retry_timeout | ErrorClass::circuit_open | ErrorClass::bulk_failed;

/// Classes that are never retried, whatever a policy, predicate or strategy says.
inline constexpr ErrorClass never_retried = ErrorClass::cancelled | ErrorClass::outcome_unknown
                                            | ErrorClass::authentication | ErrorClass::logic_error
                                            | ErrorClass::out_of_memory;

}  // namespace zenoo_rpc

#endif  // ZENOO_RPC_CORE_ERROR_CLASS_HPP
