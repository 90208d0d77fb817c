// SPDX-License-Identifier: BSL-1.0
#include "odoo/session/renewal.hpp"

#include "odoo/support/complaint.hpp"

#include <boost/asio/error.hpp>
#include <boost/asio/experimental/channel_error.hpp>
#include <boost/asio/experimental/concurrent_channel.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <utility>

namespace zenoo_rpc::detail {

/// One login, and those who wait for it.
struct Renewal::Flight {
    explicit Flight(asio::any_io_executor const& executor) : ended{executor} {}

    asio::experimental::concurrent_channel<void(error_code)> ended;  // closed, never sent to
    std::optional<Result<Session>> outcome;                          // none if the one who logged in was cancelled
};

/// Lets those who wait go on, however the login ends.
class Renewal::Landing {
public:
    Landing(Renewal& renewal, Flight& flight) noexcept : renewal_{renewal}, flight_{flight} {}
    Landing(Landing const&) = delete;
    Landing& operator=(Landing const&) = delete;
    ~Landing() { renewal_.land(flight_); }

private:
    Renewal& renewal_;
    Flight& flight_;
};

asio::awaitable<Result<Renewal::Session>> Renewal::of(ClientState& state, Session expired) {
    for (;;) {
        auto place = join(state, expired);
        if (place.known) co_return *place.known;
        if (place.leads) {
            // Not within `lead`: what is cancelled by now would not even begin it.
            Landing const landing{*this, *place.flight};
            Result<Session> fresh = co_await lead(state, expired, place.flight);
            co_return fresh;
        }
        error_code ended;
        co_await place.flight->ended.async_receive(asio::redirect_error(asio::use_awaitable, ended));
        if (ended != asio::experimental::error::channel_closed) {
            co_return Failure{make_error_code(asio::error::operation_aborted)};
        }
        std::scoped_lock lock{mutex_};
        if (place.flight->outcome) co_return *place.flight->outcome;
    }
}

/// A renewed session has the secret of the one before; another secret is somebody else's.
Renewal::Place Renewal::join(ClientState const& state, Session const& expired) {
    std::scoped_lock lock{mutex_};
    auto const current = state.credentials();
    Place place;
    if (!current || current->secret != expired->secret) {
        place.known = as_failure({.code = Errc::session_expired,
                                  .what = "the session has expired, and is not the client's any more",
                                  .delivery = Delivery::rejected});
    } else if (current != expired) {
        place.known = current;
    } else if (refused_.lock() == expired) {
        place.known = refusal_;
    } else {
        place.leads = !flight_;
        if (!flight_) flight_ = std::make_shared<Flight>(state.executor());
        place.flight = flight_;
    }
    return place;
}

asio::awaitable<Result<Renewal::Session>> Renewal::lead(ClientState& state, Session expired,
                                                        std::shared_ptr<Flight> flight) {
    Result<Session> fresh = co_await log_in_again_(expired);
    if (fresh) state.replace_credentials(expired, *fresh);
    std::scoped_lock lock{mutex_};
    if (!fresh && fresh.error().is<AuthenticationError>()) {
        refused_ = expired;
        refusal_ = fresh.error();
    }
    if (fresh || !fresh.error().cancelled()) flight->outcome = fresh;
    co_return fresh;
}

void Renewal::land(Flight& flight) noexcept {
    {
        std::scoped_lock lock{mutex_};
        flight_.reset();
    }
    flight.ended.close();
}

}  // namespace zenoo_rpc::detail
