// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_SRC_ODOO_SESSION_RENEWAL_HPP
#define ZENOO_RPC_SRC_ODOO_SESSION_RENEWAL_HPP

#include "odoo/support/credentials.hpp"

#include <zenoo_rpc/async/detail/single_flight.hpp>
#include <zenoo_rpc/async/operation.hpp>
#include <zenoo_rpc/core/failure.hpp>

#include <boost/asio/awaitable.hpp>

#include <memory>
#include <mutex>

namespace zenoo_rpc::detail {

class ClientCore;

/// Logs in again when a session has expired: once for all calls that find out. A login that was refused is not tried
/// again for the same session.
///
/// Cancellation: whoever is cancelled leaves alone; if it was the one that logs in, another call does.
/// Threads: safe to share.
class Renewal {
public:
    using Session = std::shared_ptr<Credentials const>;

    /// What takes the place of `expired`. `core` must outlive it.
    asio::awaitable<Result<Session>> of(ClientCore& core, Session expired);

private:
    using Flight = SingleFlight<Result<Session>>;

    FlightPlace<Result<Session>> join(ClientCore const& core, Session const& expired);
    asio::awaitable<Result<Session>> lead(ClientCore& core, Session expired, Flight& flight);
    void forget() noexcept;

    std::mutex mutex_;
    std::shared_ptr<Flight> flight_;
    std::weak_ptr<Credentials const> refused_;  // weak: there is a secret in it
    Failure refusal_;
};

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_SRC_ODOO_SESSION_RENEWAL_HPP
