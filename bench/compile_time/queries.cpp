// SPDX-License-Identifier: BSL-1.0
#include <zenoo_rpc/odoo/client.hpp>
#include <zenoo_rpc/odoo/models/res_country.hpp>
#include <zenoo_rpc/odoo/models/res_partner.hpp>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>

namespace asio = boost::asio;
using zenoo_rpc::field;
using zenoo_rpc::ResCountry;
using zenoo_rpc::ResPartner;

asio::awaitable<std::vector<ResPartner>> companies(zenoo_rpc::ZenooClient& client) {
    co_return co_await client.model<ResPartner>()
        .filter(field("is_company") == true && field("name").ilike("a%"))
        .all();
}

asio::awaitable<std::optional<ResCountry>> france(zenoo_rpc::ZenooClient& client) {
    co_return co_await client.model<ResCountry>().filter(field(&ResCountry::code) == "FR").first();
}

int main() {
    asio::io_context io;
    zenoo_rpc::ZenooClient client{io.get_executor(), "localhost"};
    asio::co_spawn(io, companies(client), asio::detached);
    asio::co_spawn(io, france(client), asio::detached);
    io.run();
}
