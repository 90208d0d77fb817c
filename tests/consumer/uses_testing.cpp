// SPDX-License-Identifier: BSL-1.0
#include <zenoo_rpc.hpp>
#include <zenoo_rpc/testing/odoo_simulator.hpp>

#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>

using namespace zenoo_rpc;

int main() {
    testing::OdooSimulator odoo;
    asio::io_context io;
    ZenooClient client{io.get_executor(), odoo.url()};
    auto response = asio::co_spawn(io, client.login("odoo19", "admin", "admin"), asio::use_future);
    io.run();
    response.get();
}
