// SPDX-License-Identifier: BSL-1.0
#include "odoo/session/renewal.hpp"

#include "odoo/support/error_info.hpp"

#include <zenoo_rpc/core/errors.hpp>

#include <utility>

namespace zenoo_rpc::detail {

asio::awaitable<Result<Renewal::Session>> Renewal::renew(ClientState& state, Session expired) {
    auto join_others = [&] { return join(state, expired); };
    auto log_in = [&](Flight& flight) { return lead(state, expired, flight); };
    auto forget_flight = [&](Flight&) noexcept { forget(); };
    Result<Session> fresh = co_await share_flight<Result<Session>>(join_others, log_in, forget_flight);
    co_return fresh;
}

/// Compares secrets: a renewed session keeps the secret of the one before, another login has its own.
FlightPlace<Result<Renewal::Session>> Renewal::join(ClientState const& state, Session const& expired) {
    std::scoped_lock lock{mutex_};
    auto const current = state.credentials();
    if (!current || current->secret != expired->secret) {
        return {.known =
                    make_failure({.code = Errc::session_expired,
                                  .what = "the session has expired, and the client has logged out or in again since",
                                  .delivery = Delivery::rejected})};
    }
    if (current != expired) return {.known = current};
    if (refused_.lock() == expired) return {.known = refusal_};
    bool const leads = !flight_;
    if (leads) flight_ = std::make_shared<Flight>();
    return {.flight = flight_, .leads = leads};
}

asio::awaitable<Result<Renewal::Session>> Renewal::lead(ClientState& state, Session expired, Flight& flight) {
    Result<Session> fresh = co_await log_in_again_(expired);
    if (fresh) state.replace_credentials(expired, *fresh);
    std::scoped_lock lock{mutex_};
    if (!fresh && fresh.error().is<AuthenticationError>()) {
        refused_ = expired;
        refusal_ = fresh.error();
    }
    if (fresh || !fresh.error().cancelled()) flight.outcome = fresh;
    co_return fresh;
}

void Renewal::forget() noexcept {
    std::scoped_lock lock{mutex_};
    flight_.reset();
}

}  // namespace zenoo_rpc::detail
