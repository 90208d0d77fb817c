// SPDX-License-Identifier: BSL-1.0
#include <boost/asio.hpp>

#include <chrono>
#include <optional>

namespace asio = boost::asio;

asio::awaitable<int> operation();

asio::awaitable<void> caller() {
    std::optional<asio::steady_timer> timer;
    for (int attempt = 1;; ++attempt) {
        try {
            co_await operation();
            co_return;
        } catch (boost::system::system_error const&) {
            if (attempt >= 3) throw;
        }
        if (!timer) timer.emplace(co_await asio::this_coro::executor);
        timer->expires_after(std::chrono::seconds{1} * attempt);
        co_await timer->async_wait(asio::use_awaitable);
    }
}

int main() {
    asio::io_context io;
    asio::co_spawn(io, caller(), asio::detached);
    io.run();
}
