// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_TESTS_CONTRACT_SEED_WORLD_HPP
#define ZENOO_RPC_TESTS_CONTRACT_SEED_WORLD_HPP

#include "support/delays.hpp"
#include "support/run.hpp"

#include <zenoo_rpc.hpp>
#include <zenoo_rpc/testing/odoo_server_core.hpp>
#include <zenoo_rpc/testing/simulated_transport.hpp>

#include <chrono>
#include <memory>
#include <vector>

namespace zenoo_rpc::tests {

inline constexpr auto no_connection = testing::Fault::refuse_connection(std::chrono::seconds{0});

/// A client and a simulated Odoo, in virtual time.
class SeedWorld {
public:
    /// Scripts faults for the next requests.
    void fail(std::vector<testing::Fault> const& faults) { odoo_.faults().script(faults); }
    TimePoint now() const { return world_.time.now(); }

    template <class Body>
    void run(Body body) {
        auto const out = world_.run(body());
        if (out.failure) out.failure.raise();
    }
    template <class Body>
    void run_as_admin(Body body) {
        run([&]() -> asio::awaitable<void> {
            co_await client.login("odoo19", "admin", "admin");
            co_await body();
        });
    }

private:
    World world_;
    testing::OdooServerCore odoo_;

public:
    ZenooClient client{world_.io.get_executor(), std::make_shared<testing::SimulatedTransport>(odoo_)};
};

}  // namespace zenoo_rpc::tests

#endif  // ZENOO_RPC_TESTS_CONTRACT_SEED_WORLD_HPP
