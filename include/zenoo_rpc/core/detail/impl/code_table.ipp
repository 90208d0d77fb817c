// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_CORE_DETAIL_IMPL_CODE_TABLE_IPP
#define ZENOO_RPC_CORE_DETAIL_IMPL_CODE_TABLE_IPP

// Meanings of the codes of this library, the operating system, Asio and Beast.

#include <zenoo_rpc/core/code_table.hpp>

#include <boost/system/generic_category.hpp>
#include <boost/system/system_category.hpp>

#include <cerrno>
#include <string_view>

namespace zenoo_rpc {

CodeRegistration::CodeRegistration(boost::system::error_category const& category, Lookup lookup) noexcept
    : category_{category}, lookup_{lookup}, next_{head().load()} {
    while (!head().compare_exchange_weak(next_, this)) {
    }
}

namespace detail {

inline constexpr CodeMeaning transient_network_error{ErrorClass::network, true};
inline constexpr CodeMeaning permanent_network_error{ErrorClass::network, false};
inline constexpr CodeMeaning no_connection{ErrorClass::network, true, Delivery::not_sent};
inline constexpr CodeMeaning no_address{ErrorClass::network, false, Delivery::not_sent};
inline constexpr CodeMeaning malformed_response{ErrorClass::protocol, false};

constexpr CodeMeaning meaning_of_errno(int value) noexcept {
    switch (value) {
        case ECONNREFUSED:
        case EADDRNOTAVAIL: return no_connection;  // the latter: no local port is free
        case ECONNRESET:
        case ECONNABORTED:
        case EHOSTUNREACH:
        case ENETUNREACH:
        case ENETDOWN:
        case ENETRESET:
        case EPIPE:
        case ENOTCONN:
        case ENOBUFS: return transient_network_error;
        case ETIMEDOUT: return {ErrorClass::network | ErrorClass::timeout, true};
        case EAGAIN: return {ErrorClass::none, true};
        case ECANCELED: return {ErrorClass::cancelled, false};
        case ENOMEM: return {ErrorClass::out_of_memory, false};
        default: return {};
    }
}

constexpr CodeMeaning meaning_of_errc(Errc code) noexcept {
    using enum ErrorClass;
    switch (code) {
        case Errc::unclassified: return {};
        case Errc::network_error: return {zenoo | network, true};
        case Errc::timed_out: return {zenoo | timeout, true};
        case Errc::server_error: return {zenoo | server, false};
        case Errc::bad_gateway:
        case Errc::service_unavailable:
        case Errc::gateway_timeout: return {zenoo | server, true};
        case Errc::concurrency_conflict: return {zenoo | server | concurrency, true};
        case Errc::database_unavailable: return {zenoo | server | ErrorClass::database_unavailable, true};
        case Errc::rate_limited: return {zenoo | server | ErrorClass::rate_limited, true};
        case Errc::query_canceled: return {zenoo | timeout, true};
        case Errc::user_error: return {zenoo | user, false};
        case Errc::validation_failed: return {zenoo | user | validation, false};
        case Errc::access_denied: return {zenoo | access, false};
        case Errc::authentication_failed: return {zenoo | authentication, false};
        case Errc::session_expired: return {zenoo | ErrorClass::session_expired, false};
        case Errc::record_missing: return {zenoo | missing, false};
        case Errc::method_not_found: return {zenoo | ErrorClass::method_not_found, false};
        case Errc::protocol_error: return {zenoo | protocol, false};
        case Errc::unwanted_result: return {zenoo, true};
        case Errc::outcome_unknown: return {zenoo | ErrorClass::outcome_unknown, false};
        case Errc::retry_exhausted: return {zenoo | ErrorClass::retry_exhausted, false};
        case Errc::retry_timeout: return {zenoo | timeout | ErrorClass::retry_timeout, false};
        case Errc::circuit_open: return {zenoo | ErrorClass::circuit_open, false, Delivery::not_sent};
        case Errc::bulk_failed: return {zenoo | ErrorClass::bulk_failed, false};
    }
    return {};
}

/// Looks up codes of Asio, its TLS and Beast by category name and value, because core includes none of them.
ZENOO_RPC_DECL CodeMeaning meaning_by_name(std::string_view category, int value) noexcept {
    if (category == "asio.netdb") {
        constexpr int try_again = 2;
        return value == try_again ? no_connection : no_address;
    }
    if (category == "asio.addrinfo") return no_address;
    if (category == "asio.misc") {
        constexpr int end_of_file = 2;
        return value == end_of_file ? transient_network_error : CodeMeaning{};
    }
    if (category == "asio.ssl") return permanent_network_error;  // an invalid certificate stays invalid
    if (category == "asio.ssl.stream") {
        constexpr int stream_truncated = 1;
        return value == stream_truncated ? transient_network_error : permanent_network_error;
    }
    if (category == "boost.beast") {
        constexpr int timeout = 1;
        return value == timeout ? CodeMeaning{ErrorClass::timeout, true} : CodeMeaning{};
    }
    if (category == "beast.http") {
        constexpr int end_of_stream = 1;
        constexpr int partial_message = 2;
        return value == end_of_stream || value == partial_message ? transient_network_error : malformed_response;
    }
    return {};
}

}  // namespace detail

CodeMeaning meaning_of(error_code const& code) noexcept {
    if (!code.failed()) return {};
    auto const& category = code.category();
    if (category == error_category()) return detail::meaning_of_errc(static_cast<Errc>(code.value()));
    if (category == boost::system::system_category() || category == boost::system::generic_category()) {
        return detail::meaning_of_errno(code.value());
    }
    for (auto const* known = CodeRegistration::head().load(); known; known = known->next_) {
        if (known->category_ == category) return known->lookup_(code.value());
    }
    return detail::meaning_by_name(category.name(), code.value());
}

}  // namespace zenoo_rpc

#endif  // ZENOO_RPC_CORE_DETAIL_IMPL_CODE_TABLE_IPP
