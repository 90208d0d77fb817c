// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_CORE_DETAIL_IMPL_ERRC_IPP
#define ZENOO_RPC_CORE_DETAIL_IMPL_ERRC_IPP

#include <zenoo_rpc/core/errc.hpp>

namespace zenoo_rpc::detail {

std::string ErrorCategory::message(int value) const { return text(static_cast<Errc>(value)); }

char const* ErrorCategory::message(int value, char*, std::size_t) const noexcept {
    return text(static_cast<Errc>(value));
}

char const* ErrorCategory::text(Errc code) noexcept {
    switch (code) {
        case Errc::unclassified: return "exception without an error code";
        case Errc::network_error: return "network error";
        case Errc::timed_out: return "timed out";
        case Errc::server_error: return "server error";
        case Errc::bad_gateway: return "bad gateway";
        case Errc::service_unavailable: return "service unavailable";
        case Errc::gateway_timeout: return "gateway timeout";
        case Errc::concurrency_conflict: return "conflict with another transaction";
        case Errc::database_unavailable: return "database unavailable";
        case Errc::rate_limited: return "too many requests";
        case Errc::query_canceled: return "the database canceled the statement";
        case Errc::user_error: return "rejected by a business rule";
        case Errc::validation_failed: return "validation failed";
        case Errc::access_denied: return "access denied";
        case Errc::authentication_failed: return "authentication failed";
        case Errc::session_expired: return "session expired";
        case Errc::record_missing: return "record missing";
        case Errc::method_not_found: return "no such model, method or service";
        case Errc::protocol_error: return "protocol error";
        case Errc::unwanted_result: return "result rejected by retry_if_result";
        case Errc::outcome_unknown: return "sent, but the outcome is unknown";
        case Errc::retry_exhausted: return "all attempts failed";
        case Errc::retry_timeout: return "total time limit exceeded";
        case Errc::circuit_open: return "the circuit is open";
        case Errc::bulk_failed: return "too many operations of the bulk failed";
    }
    return "unknown error";
}

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_CORE_DETAIL_IMPL_ERRC_IPP
