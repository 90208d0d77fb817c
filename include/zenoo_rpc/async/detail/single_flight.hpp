// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_ASYNC_DETAIL_SINGLE_FLIGHT_HPP
#define ZENOO_RPC_ASYNC_DETAIL_SINGLE_FLIGHT_HPP

#include <zenoo_rpc/async/detail/async_event.hpp>
#include <zenoo_rpc/async/operation.hpp>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/error.hpp>

#include <memory>
#include <optional>
#include <utility>

namespace zenoo_rpc::detail {

/// One run whose outcome several callers share: the first of them leads, the others wait.
template <class Outcome>
struct SingleFlight {
    std::optional<Outcome> outcome;  ///< left by the leader before it lands; none if it was cancelled
    AsyncEvent landed;
};

/// What a caller finds: the outcome itself, a flight that somebody else leads, or one that it is to lead.
template <class Outcome, class Flight = SingleFlight<Outcome>>
struct FlightPlace {
    std::optional<Outcome> known = std::nullopt;
    std::shared_ptr<Flight> flight = nullptr;
    bool leads = false;
};

/// Lets those who wait go on, however a flight ends.
template <class Flight, class Forget>
class Landing {
public:
    Landing(Flight& flight, Forget& forget) noexcept : flight_{flight}, forget_{forget} {}
    Landing(Landing const&) = delete;
    Landing& operator=(Landing const&) = delete;
    ~Landing() {
        forget_(flight_);
        flight_.landed.set();
    }

private:
    Flight& flight_;
    Forget& forget_;
};

/// Runs `lead(flight)` once for all callers that are here meanwhile, and yields its outcome to each.
///
/// `join()` gives the caller its `FlightPlace`, and `forget(flight)` has later callers not find the flight any more.
/// Cancellation: whoever waits leaves alone. If it is the leader, it leaves no outcome, and the others join anew.
template <class Outcome, class Join, class Lead, class Forget>
asio::awaitable<Outcome> share_flight(Join join, Lead lead, Forget forget) {
    for (;;) {
        auto place = join();
        if (place.known) co_return std::move(*place.known);
        auto& flight = *place.flight;
        if (place.leads) {
            // Not within `lead`: what is cancelled by now would not even begin it.
            Landing const landing{flight, forget};
            Outcome outcome = co_await lead(flight);
            co_return outcome;
        }
        bool const has_landed = co_await flight.landed.wait();
        if (!has_landed) co_return deliver<Outcome>(Failure{make_error_code(asio::error::operation_aborted)});
        if (flight.outcome) co_return *flight.outcome;
    }
}

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_ASYNC_DETAIL_SINGLE_FLIGHT_HPP
