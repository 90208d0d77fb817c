// SPDX-License-Identifier: BSL-1.0
// odoo_calls KIND PORT CALLS: makes calls through a client with 32 connections. Prints calls per second, and
// microseconds of processor time per call.
#include "support/customers.hpp"

#include <zenoo_rpc/odoo/client.hpp>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

#include <array>
#include <charconv>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <exception>
#include <functional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <sys/resource.h>
#include <utility>

namespace asio = boost::asio;
using asio::ip::tcp;
using namespace zenoo_rpc;

namespace {

constexpr int connections = 32;
constexpr std::size_t piece = std::size_t{64} << 10;

/// Number of remaining calls, shared by all connections.
struct Work {
    int left;
    bool take() { return left-- > 0; }
};

/// A baseline without a library: sends the bytes of the request and receives those of the response without parsing
/// them.
class RawCaller {
public:
    RawCaller(asio::io_context& io, std::uint16_t port, std::string_view body)
        : socket_{io}, server_{asio::ip::address_v4::loopback(), port} {
        request_ = "POST /jsonrpc HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(port)
                   + "\r\nContent-Length: " + std::to_string(body.size())
                   + "\r\nAccept: application/json\r\nContent-Type: application/json\r\n\r\n";
        request_ += body;
    }

    asio::awaitable<void> connect() {
        socket_ = tcp::socket{socket_.get_executor()};
        co_await socket_.async_connect(server_, asio::use_awaitable);
        socket_.set_option(tcp::no_delay{true});
    }

    asio::awaitable<void> call() {
        co_await asio::async_write(socket_, asio::buffer(request_), asio::use_awaitable);
        std::size_t size = 0;
        do {
            size += co_await socket_.async_read_some(asio::buffer(response_) + size, asio::use_awaitable);
        } while (size < expected(size));
    }

private:
    /// Returns the size of the response; more than `size` as long as its head is not complete.
    std::size_t expected(std::size_t size) const {
        constexpr std::string_view length = "Content-Length: ";
        std::string_view const text{response_.data(), size};
        auto const end_of_head = text.find("\r\n\r\n");
        if (end_of_head == std::string_view::npos) return size + 1;
        auto const digits = text.substr(text.find(length) + length.size());
        std::size_t body = 0;
        std::from_chars(digits.data(), digits.data() + digits.size(), body);
        return end_of_head + 4 + body;
    }

    tcp::socket socket_;
    tcp::endpoint server_;
    std::string request_;
    std::array<char, piece> response_{};
};

constexpr std::string_view raw_create =
    R"({"jsonrpc":"2.0","method":"call","id":1,"params":{"service":"object","method":"execute_kw","args":["odoo",2,)"
    R"("admin","res.partner","create",[{"email":"ada@example.com","is_company":false,"name":"Ada Lovelace"}],{}]}})";
constexpr std::string_view raw_search_read =
    R"({"jsonrpc":"2.0","method":"call","id":1,"params":{"service":"object","method":"execute_kw","args":["odoo",2,)"
    R"("admin","res.partner","search_read",[[["is_company","=",true]]],{"fields":["id","name","email","phone",)"
    R"("is_company","color","credit_limit","country_id","category_id","write_date"],"limit":80}]}})";

asio::awaitable<void> raw_calls(asio::io_context& io, std::uint16_t port, std::string_view body, bool each_connects,
                                Work& work) {
    auto const caller = std::make_unique<RawCaller>(io, port, body);
    if (!each_connects) co_await caller->connect();
    while (work.take()) {
        if (each_connects) co_await caller->connect();
        co_await caller->call();
    }
}

asio::awaitable<void> creates(ZenooClient& client, Work& work) {
    while (work.take()) {
        RecordId const id = co_await client.create(
            "res.partner", values("name", "Ada Lovelace", "email", "ada@example.com", "is_company", false));
        if (id != 42) throw std::runtime_error{"unexpected id"};
    }
}

asio::awaitable<void> searches(ZenooClient& client, Work& work) {
    while (work.take()) {
        auto const page = co_await client.search_read<bench::Contact>("res.partner", field("is_company") == true,
                                                                      SearchOptions().limit(80));
        if (page.size() != 80) throw std::runtime_error{"unexpected page"};
    }
}

/// Returns the processor time of this process in seconds.
double processor_time() {
    rusage used{};
    getrusage(RUSAGE_SELF, &used);
    auto const seconds = [](timeval const& time) {
        return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) * 1e-6;
    };
    return seconds(used.ru_utime) + seconds(used.ru_stime);
}

void run(asio::io_context& io, std::function<asio::awaitable<void>(Work&)> const& caller, int calls) {
    Work work{calls};
    auto const rethrow = [](std::exception_ptr error) {
        if (error) std::rethrow_exception(error);
    };
    for (int i = 0; i < connections; ++i) asio::co_spawn(io, caller(work), rethrow);
    io.restart();
    io.run();
}

int measure(std::string_view kind, std::uint16_t port, int calls) {
    asio::io_context io{1};
    ZenooClient client{io.get_executor(), "127.0.0.1", {.port = port, .protocol = Protocol::json_rpc}};
    asio::co_spawn(io, client.login("odoo", "admin", "admin"), [](std::exception_ptr error, RecordId) {
        if (error) std::rethrow_exception(error);
    });
    io.run();

    std::function<asio::awaitable<void>(Work&)> caller;
    if (kind == "create") caller = [&](Work& work) { return creates(client, work); };
    if (kind == "search_read") caller = [&](Work& work) { return searches(client, work); };
    if (kind == "raw_create") caller = [&](Work& work) { return raw_calls(io, port, raw_create, false, work); };
    if (kind == "raw_search_read") {
        caller = [&](Work& work) { return raw_calls(io, port, raw_search_read, false, work); };
    }
    if (kind == "raw_connecting") caller = [&](Work& work) { return raw_calls(io, port, raw_create, true, work); };
    if (!caller) throw std::invalid_argument{"unknown kind of calls"};

    run(io, caller, calls / 10);  // warm-up: opens all connections
    auto const began = std::chrono::steady_clock::now();
    auto const processor_time_before = processor_time();
    run(io, caller, calls);
    std::chrono::duration<double> const took = std::chrono::steady_clock::now() - began;
    std::printf("%.0f %.3f\n", calls / took.count(), (processor_time() - processor_time_before) / calls * 1e6);
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    try {
        if (argc != 4) throw std::invalid_argument{"usage: odoo_calls KIND PORT CALLS"};
        return measure(argv[1], static_cast<std::uint16_t>(std::stoi(argv[2])), std::stoi(argv[3]));
    } catch (std::exception const& error) {
        std::fprintf(stderr, "odoo_calls: %s\n", error.what());
        return 1;
    }
}
