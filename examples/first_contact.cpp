// SPDX-License-Identifier: BSL-1.0
// One contact into Odoo, exactly once, although the first two answers are lost after the server has done its work.
#include <zenoo_rpc.hpp>
#include <zenoo_rpc/testing/odoo_simulator.hpp>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include <exception>
#include <iostream>
#include <vector>

namespace asio = boost::asio;
using namespace zenoo_rpc;
using namespace std::chrono_literals;

asio::awaitable<void> add_contact(ZenooClient& client) {
    client.setup_retry_manager({.strategy = ExponentialBackoff{.max_attempts = 5, .base_delay = 50ms}});
    co_await client.login("odoo19", "admin", "admin");

    ExternalId const customer{"shop", "customer_42"};
    RecordId const id = co_await client.create_once("res.partner", customer, values("name", "Ada Lovelace"));

    auto const domain = field("name") == "Ada Lovelace";
    std::vector<RecordId> const found = co_await client.search("res.partner", domain);
    std::cout << "partner " << id << ", found " << found.size() << " time\n";
}

int main() {
    testing::OdooSimulator odoo;
    testing::Fault const none;
    odoo.script({none, none, testing::Fault::drop_answer(), testing::Fault::reset_connection()});

    asio::io_context io;
    ZenooClient client{io.get_executor(), odoo.url()};
    asio::co_spawn(io, add_contact(client), [](std::exception_ptr failure) {
        if (failure) std::rethrow_exception(failure);
    });
    io.run();
}
