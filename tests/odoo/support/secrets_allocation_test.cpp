// SPDX-License-Identifier: BSL-1.0
// No freed memory contains a password or key, whatever the outcome of the calls that carried it.
#include "odoo/fixtures/local_server.hpp"
#include "support/catch.hpp"
#include "support/own_allocator.hpp"

#include <zenoo_rpc/exceptions.hpp>
#include <zenoo_rpc/odoo/client.hpp>

#include <cstring>
#include <memory>
#include <string>

#if ZENOO_RPC_OWN_ALLOCATOR

#include "odoo/support/secret.hpp"
#include "support/allocation_counts.hpp"

using namespace zenoo_rpc;
using namespace zenoo_rpc::tests;
using namespace std::chrono_literals;
using nlohmann::json;

namespace {

// The first fits into a std::string itself, the second is stored on the heap. They are constants here, so that any copy
// that is found is the library's.
constexpr char const* short_secret = "sesame-7f3a";
constexpr char const* long_secret = "sesame-7f3a9c0e2b4d6f8a1c3e5b7d9f0a2c4e6b8d0f1a";

int found = 0;

void look_for_secret(void const* memory, std::size_t size) noexcept {
    if (memmem(memory, size, short_secret, std::strlen(short_secret))) ++found;
}

/// Counts the freed memory blocks that contain the secret during its lifetime.
struct Search {
    Search() {
        found = 0;
        on_release = look_for_secret;
    }
    ~Search() { on_release = nullptr; }
};

/// A server that wipes its memory of each request. Responds with `response`, or not at all if that is empty.
class Forgetful {
public:
    std::string response;
    int heard = 0;

    explicit Forgetful(World& world) : world_{world} { asio::co_spawn(world_.io, accept(), asio::detached); }
    std::uint16_t port() const { return acceptor_.local_endpoint().port(); }
    void close() { acceptor_.close(); }

private:
    asio::awaitable<void> accept() {
        for (;;) {
            tcp::socket socket = co_await acceptor_.async_accept(asio::use_awaitable);
            asio::co_spawn(world_.io, serve(std::move(socket)), asio::detached);
        }
    }
    asio::awaitable<void> serve(tcp::socket socket) {
        static char read[1 << 16];
        for (;;) {
            co_await socket.async_read_some(asio::buffer(read), asio::use_awaitable);
            std::memset(read, 0, sizeof read);
            ++heard;
            if (!response.empty()) co_await asio::async_write(socket, asio::buffer(response), asio::use_awaitable);
        }
    }

    World& world_;
    tcp::acceptor acceptor_{world_.io, tcp::endpoint{asio::ip::address_v4::loopback(), 0}};
};

struct At {
    explicit At(Protocol protocol) {
        client.emplace(world.io.get_executor(), "127.0.0.1",
                       ClientOptions{.port = server.port(), .protocol = protocol, .user_context = false});
    }
    ~At() { world.io.stop(); }

    /// Returns the failure of `work` if the server responds with `status` and `body`.
    template <class Work>
    Failure failure_of(Work work, std::string const& status, std::string const& body) {
        server.response = "HTTP/1.1 " + status + "\r\nContent-Type: application/json\r\nContent-Length: "
                          + std::to_string(body.size()) + "\r\n\r\n" + body;
        auto running = world.start(work());
        while (!running.ended()) {
            world.io.restart();
            world.io.run_one();
        }
        return running.outcome().failure;
    }
    void settle() {
        for (int i = 0; i < 50; ++i) {
            world.io.restart();
            world.io.poll();
        }
    }

    World world;
    Forgetful server{world};
    std::optional<ZenooClient> client;
};

/// Makes calls with all kinds of outcomes.
void end_in_all_ways(At& at) {
    auto const read = [&] { return at.client->results().read("res.partner", 7); };
    auto const create = [&] { return at.client->create("res.partner", values("name", "Ada")); };
    for (auto const* status : {"200 OK", "302 Found", "401 Unauthorized", "500 Internal Server Error"}) {
        at.failure_of(read, status, "[]");
        at.failure_of(create, status, R"({"name": "odoo.exceptions.UserError", "message": "no"})");
    }
    at.server.response.clear();
    auto running = at.world.start(read());
    at.settle();
    running.cancel();
    at.settle();
    CHECK(running.ended());
    auto at_once = at.world.start(read());
    at_once.cancel();
    at.settle();
    CHECK(at_once.ended());
    at.server.close();
    CHECK(at.failure_of(create, "200 OK", "[]").is<NetworkError>());
}

}  // namespace

TEST_CASE("a secret that is freed without wiping is found") {
    for (auto const* secret : {short_secret, long_secret}) {
        Search const search;
        std::make_unique<std::string>(secret).reset();
        CHECK(found == 1);
    }
}

TEST_CASE("memory that contained a password is overwritten") {
    auto const* secret = GENERATE(short_secret, long_secret);
    Search const search;
    {
        At at{Protocol::json_rpc};
        auto const login = [&] { return at.client->login("shop", "admin", secret); };
        CHECK(at.failure_of(login, "200 OK", R"({"id": 1, "result": false})").is<AuthenticationError>());
        CHECK_FALSE(at.failure_of(login, "200 OK", R"({"id": 2, "result": 2})"));
        auto const expired = R"({"id": 3, "error": {"code": 100, "message": "Odoo Session Expired"}})";
        auto const read = [&] { return at.client->read("res.partner", 7); };
        CHECK(at.failure_of(read, "200 OK", expired));
        end_in_all_ways(at);
        at.client->logout();
        CHECK(at.server.heard > 10);
    }
    CHECK(found == 0);
}

TEST_CASE("memory that contained an API key is overwritten") {
    auto const* secret = GENERATE(short_secret, long_secret);
    Search const search;
    {
        At at{Protocol::json2};
        auto const login = [&] { return at.client->login_with_api_key("shop", secret); };
        CHECK(at.failure_of(login, "401 Unauthorized", R"({"name": "werkzeug.exceptions.Unauthorized"})")
                  .is<AuthenticationError>());
        CHECK_FALSE(at.failure_of(login, "200 OK", R"({"uid": 2})"));
        end_in_all_ways(at);
        CHECK(at.server.heard > 10);
    }
    CHECK(found == 0);
}

TEST_CASE("API keys of all lengths are overwritten") {
    for (std::size_t length = std::strlen(short_secret); length < 300; length += 7) {
        CAPTURE(length);
        std::string key = short_secret;
        key.resize(length, 'x');
        Search const search;
        {
            At at{Protocol::json2};
            auto const login = [&] { return at.client->login_with_api_key("shop", std::move(key)); };
            CHECK_FALSE(at.failure_of(login, "200 OK", R"({"uid": 2})"));
        }
        CHECK(found == 0);
    }
}

TEST_CASE("wipe overwrites the unused capacity of a text") {
    Search const search;
    {
        std::string text = std::string{"password: "} + long_secret;
        text.resize(8);
        detail::wipe(text);
    }
    CHECK(found == 0);
}

TEST_CASE("a request that cannot be sent is overwritten") {
    World world;
    HttpTransport transport{{"127.0.0.1", 80, ""}};
    Search const search;
    {
        HttpRequest request;
        request.target = "has spaces in it";
        request.headers.add("Authorization", long_secret);
        request.body = long_secret;
        CHECK(world.run(transport.exchange(std::move(request))).value->has_error());
    }
    CHECK(found == 0);
}

TEST_CASE("a secret that is rejected before it is sent is overwritten") {
    auto const* secret = GENERATE(short_secret, long_secret);
    Search const search;
    {
        At at{Protocol::json2};
        auto const fails = [&](auto work) {
            return at.failure_of(work, "200 OK", "").template is<std::invalid_argument>();
        };
        CHECK(fails([&] { return at.client->login("shop", "admin", secret); }));
        CHECK(fails([&] { return at.client->login_with_api_key("sh\nop", secret); }));
        CHECK(at.server.heard == 0);
    }
    CHECK(found == 0);
}

#endif
