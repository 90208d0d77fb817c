// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_TESTING_FAULT_HPP
#define ZENOO_RPC_TESTING_FAULT_HPP

#include <zenoo_rpc/core/clock.hpp>

#include <cstddef>
#include <string_view>

namespace zenoo_rpc::testing {

/// The kinds of failure a simulated server can inject. `to_string` returns the enumerator's name.
enum class FaultKind {
    none,
    refuse_connection,      ///< the server does not listen for a while
    close_before_reading,   ///< accepted, then FIN or RST before any byte of the request is read
    drop_response,          ///< executed, then FIN instead of the response
    reset_connection,       ///< executed, then RST instead of the response
    truncate_response,      ///< headers and part of the body, then FIN
    delay_response,         ///< the correct response, late
    bad_gateway,            ///< a 502 page from a proxy
    service_unavailable,    ///< a 503 page from a proxy
    gateway_timeout,        ///< a 504 page from a proxy
    serialization_failure,  ///< conflict error after five attempts of Odoo itself, rolled back
    load_conflict,          ///< `load` returns `ids: false`, rolled back; other methods: serialization_failure
    database_down,          ///< PostgreSQL is down for a while, Odoo responds with errors
    lock_timeout,           ///< the record stays locked during Odoo's five attempts, rolled back
    pool_full,              ///< Odoo has no free connection to PostgreSQL: error object from 16, page from 19
    pool_full_page,         ///< no free connection, and a page from Odoo 16 too, as happens there occasionally
};

inline constexpr std::size_t fault_kinds = static_cast<std::size_t>(FaultKind::pool_full_page) + 1;

std::string_view to_string(FaultKind kind) noexcept;

/// States whether the server executes a call whose response a proxy replaces.
enum class Executed : bool { no, yes };

/// The failure injected into one request: a value, decided before the request is read and applied by the transport.
///
/// A default-constructed `Fault` injects nothing.
struct Fault {
    FaultKind kind = FaultKind::none;
    bool executes = true;  ///< the call is executed and committed nevertheless
    Duration lasting{};    ///< how long the listener or database is down, or how late the response is

    static constexpr Fault refuse_connection(Duration lasting) noexcept {
        return {FaultKind::refuse_connection, false, lasting};
    }
    static constexpr Fault close_before_reading() noexcept {
        return {FaultKind::close_before_reading, false, Duration::zero()};
    }
    static constexpr Fault drop_response() noexcept { return {FaultKind::drop_response, true, Duration::zero()}; }
    static constexpr Fault reset_connection() noexcept { return {FaultKind::reset_connection, true, Duration::zero()}; }
    static constexpr Fault truncate_response() noexcept {
        return {FaultKind::truncate_response, true, Duration::zero()};
    }
    static constexpr Fault delay_response(Duration late) noexcept { return {FaultKind::delay_response, true, late}; }
    static constexpr Fault bad_gateway(Executed executed) noexcept {
        return {FaultKind::bad_gateway, executed == Executed::yes, Duration::zero()};
    }
    static constexpr Fault service_unavailable(Executed executed) noexcept {
        return {FaultKind::service_unavailable, executed == Executed::yes, Duration::zero()};
    }
    static constexpr Fault gateway_timeout(Executed executed) noexcept {
        return {FaultKind::gateway_timeout, executed == Executed::yes, Duration::zero()};
    }
    static constexpr Fault serialization_failure() noexcept {
        return {FaultKind::serialization_failure, false, Duration::zero()};
    }
    static constexpr Fault load_conflict() noexcept { return {FaultKind::load_conflict, false, Duration::zero()}; }
    static constexpr Fault database_down(Duration lasting) noexcept {
        return {FaultKind::database_down, false, lasting};
    }
    static constexpr Fault lock_timeout() noexcept { return {FaultKind::lock_timeout, false, Duration::zero()}; }
    static constexpr Fault pool_full() noexcept { return {FaultKind::pool_full, false, Duration::zero()}; }
    static constexpr Fault pool_full_page() noexcept { return {FaultKind::pool_full_page, false, Duration::zero()}; }

    /// Returns false if the request is lost before the server has read it.
    constexpr bool reaches_server() const noexcept {
        return kind != FaultKind::refuse_connection && kind != FaultKind::close_before_reading;
    }

    friend constexpr bool operator==(Fault const&, Fault const&) = default;
};

}  // namespace zenoo_rpc::testing

#endif  // ZENOO_RPC_TESTING_FAULT_HPP
