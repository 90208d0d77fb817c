// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_ASYNC_DETAIL_SINGLE_FLIGHT_HPP
#define ZENOO_RPC_ASYNC_DETAIL_SINGLE_FLIGHT_HPP

#include <zenoo_rpc/async/detail/async_event.hpp>
#include <zenoo_rpc/async/detail/coroutine_warnings.hpp>
#include <zenoo_rpc/async/detail/outcome.hpp>
#include <zenoo_rpc/async/operation.hpp>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/error.hpp>

#include <memory>
#include <optional>
#include <utility>

ZENOO_RPC_COROUTINES_BEGIN
namespace zenoo_rpc::detail {

/// One run whose outcome several callers share: the first caller leads, the others wait.
template <class Outcome>
struct SingleFlight {
    std::optional<Outcome> outcome;  ///< set by the leader before the flight lands; empty if the leader was cancelled
    AsyncEvent landed;
};

/// Place of a caller: the known outcome, a flight that another caller leads, or one that this caller is to lead.
template <class Outcome, class Flight = SingleFlight<Outcome>>
struct FlightPlace {
    std::optional<Outcome> known = std::nullopt;
    std::shared_ptr<Flight> flight = nullptr;
    bool leads = false;
};

/// Wakes the waiting callers, however a flight ends.
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

/// Runs `lead(flight)` once for all callers that join in the meantime, and yields its outcome to each.
///
/// `join()` returns the caller's `FlightPlace`, and `forget(flight)` hides the flight from later callers.
/// Cancellation: a cancelled waiter leaves without affecting the others. If the leader is cancelled, there is no
/// outcome, and the others join again.
template <class Outcome, class Join, class Lead, class Forget>
asio::awaitable<Outcome> share_flight(Join join, Lead lead, Forget forget) {
    for (;;) {
        auto place = join();
        if (place.known) co_return std::move(*place.known);
        auto& flight = *place.flight;
        if (place.leads) {
            // Not within `lead`, which would not even begin if the caller is already cancelled.
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
ZENOO_RPC_COROUTINES_END

#endif  // ZENOO_RPC_ASYNC_DETAIL_SINGLE_FLIGHT_HPP
