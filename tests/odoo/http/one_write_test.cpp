// SPDX-License-Identifier: BSL-1.0
#include "odoo/fixtures/local_server.hpp"
#include "support/catch.hpp"

#include <zenoo_rpc/odoo/http_transport.hpp>

#include <cstddef>
#include <dlfcn.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string>
#include <sys/socket.h>

using namespace zenoo_rpc;
using namespace zenoo_rpc::tests;

namespace {

int writes = 0;
int undelayed = 0;  // sockets

template <class Function>
Function* system_s(char const* name) {
    return reinterpret_cast<Function*>(dlsym(RTLD_NEXT, name));
}

}  // namespace

/// Replaces functions of the C library, to count how often Asio writes, and on how many sockets it sets TCP_NODELAY.
extern "C" ssize_t sendmsg(int socket, msghdr const* message, int flags) {
    static auto* const system = system_s<ssize_t(int, msghdr const*, int)>("sendmsg");
    ++writes;
    return system(socket, message, flags);
}
extern "C" ssize_t send(int socket, void const* bytes, std::size_t size, int flags) {
    static auto* const system = system_s<ssize_t(int, void const*, std::size_t, int)>("send");
    ++writes;
    return system(socket, bytes, size, flags);
}
extern "C" int setsockopt(int socket, int level, int name, void const* value, socklen_t size) noexcept {
    static auto* const system = system_s<int(int, int, int, void const*, socklen_t)>("setsockopt");
    if (level == IPPROTO_TCP && name == TCP_NODELAY && *static_cast<int const*>(value) != 0) ++undelayed;
    return system(socket, level, name, value, size);
}

TEST_CASE("head and body are sent in one write on new and on kept connections") {
    auto const size =
        GENERATE(std::size_t{0}, std::size_t{100}, std::size_t{4096}, std::size_t{4097}, std::size_t{20'000});
    CAPTURE(size);
    int of_request = 0;
    std::string received;
    LocalServer server{[&](Peer& peer, std::string text) -> asio::awaitable<bool> {
        of_request = writes;
        received = text.substr(text.find("\r\n\r\n") + 4);
        co_await peer.respond("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}");
        co_return true;
    }};
    HttpTransport transport{{"127.0.0.1", server.port(), ""}};
    HttpRequest request;
    request.target = "/jsonrpc";
    request.body = std::string(size, 'x');
    for (int i = 0; i < 2; ++i) {
        writes = of_request = 0;
        CHECK(server.run(transport.exchange(request)).value->value().status == 200);
        CHECK(of_request == 1);
        CHECK(received == request.body);
    }
    CHECK(server.connections == 1);
}

TEST_CASE("a new connection sets TCP_NODELAY") {
    LocalServer server{[](Peer& peer, std::string) -> asio::awaitable<bool> {
        co_await peer.respond("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}");
        co_return true;
    }};
    HttpTransport transport{{"127.0.0.1", server.port(), ""}};
    HttpRequest request;
    request.target = "/jsonrpc";
    undelayed = 0;
    CHECK(server.run(transport.exchange(request)).value->value().status == 200);
    CHECK(undelayed == 1);
}
