// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_TESTING_FAULT_HPP
#define ZENOO_RPC_TESTING_FAULT_HPP

#include <zenoo_rpc/core/clock.hpp>

#include <cstddef>
#include <string_view>

namespace zenoo_rpc::testing {

/// In what way a request goes wrong. `to_string` gives the enumerator's own name.
enum class FaultKind {
    none,
    refuse_connection,      ///< nobody listens for a while
    close_before_reading,   ///< connected, then FIN or RST before a byte of the request was read
    drop_answer,            ///< FIN where the answer should begin
    reset_connection,       ///< RST where the answer should begin
    truncate_answer,        ///< headers and a part of the body, then FIN
    delay_answer,           ///< the right answer, late
    bad_gateway,            ///< a proxy's 502 page
    service_unavailable,    ///< a proxy's 503 page
    gateway_timeout,        ///< a proxy's 504 page
    serialization_failure,  ///< Odoo's error object after its own five tries, rolled back
    load_conflict,          ///< `load` answers `ids: false`, rolled back; other methods: serialization_failure
    database_down,          ///< PostgreSQL is away for a while, Odoo answers with errors
    lock_timeout,           ///< somebody held the record until Odoo had tried five times, rolled back
    pool_full,              ///< Odoo has no connection to PostgreSQL left: 16's error object, 19's page
    pool_full_page,         ///< the same, with a page from 16 too, as it happens there now and then
};

inline constexpr std::size_t fault_kinds = static_cast<std::size_t>(FaultKind::pool_full_page) + 1;

std::string_view to_string(FaultKind kind) noexcept;

/// Whether the server carries a call out whose answer a proxy replaces.
enum class Executed : bool { no, yes };

/// What befalls one request: a value, decided before the request is read and carried out by whoever transports it.
///
/// Default-constructed, nothing does.
struct Fault {
    FaultKind kind = FaultKind::none;
    bool executes = true;  ///< the call is carried out and committed all the same
    Duration lasting{};    ///< how long listener or database are away, or how late the answer is

    static constexpr Fault refuse_connection(Duration lasting) noexcept {
        return {FaultKind::refuse_connection, false, lasting};
    }
    static constexpr Fault close_before_reading() noexcept {
        return {FaultKind::close_before_reading, false, Duration::zero()};
    }
    static constexpr Fault drop_answer() noexcept { return {FaultKind::drop_answer, true, Duration::zero()}; }
    static constexpr Fault reset_connection() noexcept { return {FaultKind::reset_connection, true, Duration::zero()}; }
    static constexpr Fault truncate_answer() noexcept { return {FaultKind::truncate_answer, true, Duration::zero()}; }
    static constexpr Fault delay_answer(Duration late) noexcept { return {FaultKind::delay_answer, true, late}; }
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

    /// False if the request is lost before the server has read it.
    constexpr bool reaches_server() const noexcept {
        return kind != FaultKind::refuse_connection && kind != FaultKind::close_before_reading;
    }

    friend constexpr bool operator==(Fault const&, Fault const&) = default;
};

}  // namespace zenoo_rpc::testing

#endif  // ZENOO_RPC_TESTING_FAULT_HPP
