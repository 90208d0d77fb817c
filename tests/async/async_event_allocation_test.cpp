// SPDX-License-Identifier: BSL-1.0
#include "support/allocation_counts.hpp"
#include "support/catch.hpp"
#include "support/own_allocator.hpp"

#include <zenoo_rpc/async/detail/async_event.hpp>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>

#include <optional>

// Asio recycles the memory of small coroutine frames; frames of unoptimised code are larger.
#if ZENOO_RPC_OWN_ALLOCATOR && defined(__OPTIMIZE__)

using namespace zenoo_rpc;

TEST_CASE("waiting for an event allocates nothing after a warm-up") {
    asio::io_context io;
    int woken = 0;
    long counted = -1;
    auto const program = [&]() -> asio::awaitable<void> {
        std::optional<detail::AsyncEvent> event;
        auto const set = [&] { event->set(); };
        auto before = tests::allocations;
        for (int i = 0; i < 200; ++i) {
            if (i == 100) before = tests::allocations;
            event.emplace();
            asio::post(io, set);
            woken += co_await event->wait();
        }
        counted = tests::allocations - before;
    };
    asio::co_spawn(io, program, asio::detached);
    io.run();
    CHECK(woken == 200);
    CHECK(counted == 0);
}

#endif
