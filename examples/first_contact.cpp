// SPDX-License-Identifier: BSL-1.0
// Creates one contact in Odoo, exactly once, although the first two responses are lost.
#include <zenoo_rpc.hpp>
#include <zenoo_rpc/testing/odoo_simulator.hpp>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include <exception>
#include <iostream>

namespace asio = boost::asio;
using namespace zenoo_rpc;
using namespace std::chrono_literals;

asio::awaitable<void> add_contact(ZenooClient& client) {
    client.setup_retry_manager({.strategy = ExponentialBackoff{.max_attempts = 5, .base_delay = 50ms}});
    co_await client.login("odoo19", "admin", "admin");

    auto const partners = client.model<ResPartner>();
    ExternalId const customer{"shop", "customer_42"};
    RecordId const id = co_await partners.create_once(customer, values("name", "Ada Lovelace"));

    auto const found = co_await partners.filter(field(&ResPartner::name) == "Ada Lovelace").all();
    std::cout << "partner " << id << ", found " << found.size() << " time\n";
}

int main() {
    testing::OdooSimulator odoo;
    testing::Fault const none;  // login, context and field types get their responses; the next two are lost
    odoo.script({none, none, none, testing::Fault::drop_response(), testing::Fault::reset_connection()});

    asio::io_context io;
    ZenooClient client{io.get_executor(), odoo.url()};
    asio::co_spawn(io, add_contact(client), [](std::exception_ptr failure) {
        if (failure) std::rethrow_exception(failure);
    });
    io.run();

    auto const counts = odoo.stats().external_ids.at("shop.customer_42");
    std::cout << "sent " << counts.sent << " times, created " << counts.committed << " time\n";
    return counts.sent == 3 && counts.committed == 1 ? 0 : 1;
}
