// SPDX-License-Identifier: BSL-1.0
#include <zenoo_rpc/odoo/client.hpp>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>

namespace asio = boost::asio;

asio::awaitable<nlohmann::json> companies(zenoo_rpc::ZenooClient& client) {
    auto const args = nlohmann::json::parse(R"([[["is_company", "=", true], ["name", "ilike", "a%"]]])");
    auto const kwargs = nlohmann::json::parse(R"({"fields": ["name", "email"]})");
    co_return co_await client.execute_kw("res.partner", "search_read", args, kwargs);
}

int main() {
    asio::io_context io;
    zenoo_rpc::ZenooClient client{io.get_executor(), "localhost"};
    asio::co_spawn(io, companies(client), asio::detached);
    io.run();
}
