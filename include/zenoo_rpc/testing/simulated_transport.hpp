// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_TESTING_SIMULATED_TRANSPORT_HPP
#define ZENOO_RPC_TESTING_SIMULATED_TRANSPORT_HPP

#include <zenoo_rpc/core/clock.hpp>
#include <zenoo_rpc/odoo/transport.hpp>
#include <zenoo_rpc/testing/odoo_server_core.hpp>

namespace zenoo_rpc::testing {

/// A transport to a simulated Odoo without sockets, for tests in virtual time. Faults have the same effects as over a
/// network.
///
/// A request that is cancelled after it was written is executed nevertheless, as by a real server.
/// Lifetime: `core` must outlive the transport. Threads: not thread-safe.
class SimulatedTransport final : public Transport {
public:
    /// Creates a transport. Connecting, sending and receiving take half of `latency` each.
    explicit SimulatedTransport(OdooServerCore& core, Duration latency = Duration::zero())
        : core_{core}, leg_{latency / 2} {}

    asio::awaitable<Result<HttpResponse>> exchange(HttpRequest request) override;

private:
    OdooServerCore& core_;
    Duration leg_;
    TimePoint refuses_until_ = TimePoint::min();
    TimePoint database_down_until_ = TimePoint::min();
};

}  // namespace zenoo_rpc::testing

#endif  // ZENOO_RPC_TESTING_SIMULATED_TRANSPORT_HPP
