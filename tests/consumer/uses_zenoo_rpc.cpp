// SPDX-License-Identifier: BSL-1.0
#include <zenoo_rpc.hpp>

#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>

#include <exception>

using namespace zenoo_rpc;

// Nothing listens on port 1: a refused connection is enough to run through the whole library.
int main() {
    asio::io_context io;
    ZenooClient client{io.get_executor(), "http://127.0.0.1:1"};
    auto response = asio::co_spawn(io, client.login("database", "user", "password"), asio::use_future);
    io.run();
    try {
        response.get();
    } catch (NetworkError const&) {
        return 0;
    }
    return 1;
}
