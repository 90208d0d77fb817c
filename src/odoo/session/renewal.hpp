// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_SRC_ODOO_SESSION_RENEWAL_HPP
#define ZENOO_RPC_SRC_ODOO_SESSION_RENEWAL_HPP

#include "odoo/session/client_state.hpp"

#include <zenoo_rpc/async/detail/single_flight.hpp>
#include <zenoo_rpc/async/operation.hpp>
#include <zenoo_rpc/core/failure.hpp>

#include <boost/asio/awaitable.hpp>

#include <functional>
#include <memory>
#include <mutex>
#include <utility>

namespace zenoo_rpc::detail {

/// Logs in again when a session has expired: once for all calls that are affected. A login that was rejected is not
/// tried again for the same session.
///
/// Cancellation: a cancelled call does not affect the others; if it was the one logging in, another call logs in.
/// Threads: safe to share.
class Renewal {
public:
    using Session = std::shared_ptr<Credentials const>;
    using LogInAgain = std::function<asio::awaitable<Result<Session>>(Session expired)>;

    explicit Renewal(LogInAgain log_in_again) : log_in_again_{std::move(log_in_again)} {}

    /// Returns the session that replaces `expired`. Lifetime: `state` must outlive it.
    asio::awaitable<Result<Session>> renew(ClientState& state, Session expired);

private:
    using Flight = SingleFlight<Result<Session>>;

    FlightPlace<Result<Session>> join(ClientState const& state, Session const& expired);
    asio::awaitable<Result<Session>> lead(ClientState& state, Session expired, Flight& flight);
    void forget() noexcept;

    LogInAgain const log_in_again_;
    std::mutex mutex_;
    std::shared_ptr<Flight> flight_;
    std::weak_ptr<Credentials const> refused_;  // weak, since it contains a secret
    Failure refusal_;
};

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_SRC_ODOO_SESSION_RENEWAL_HPP
