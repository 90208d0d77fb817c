// SPDX-License-Identifier: BSL-1.0
#include "plugin.hpp"

#include <zenoo_rpc.hpp>

#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>

using namespace zenoo_rpc;

void log_in_at(char const* url) {
    asio::io_context io;
    ZenooClient client{io.get_executor(), url};
    auto response = asio::co_spawn(io, client.login("database", "user", "password"), asio::use_future);
    io.run();
    response.get();
}
