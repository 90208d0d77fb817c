// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"

#include <zenoo_rpc/async/detail/async_event.hpp>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/thread_pool.hpp>

#include <atomic>
#include <chrono>
#include <exception>
#include <memory>
#include <random>

using namespace std::chrono_literals;
using namespace zenoo_rpc;
using detail::AsyncEvent;

namespace {

/// Keeps the event alive only while it waits.
asio::awaitable<bool> wait_for(std::shared_ptr<AsyncEvent> event, TimePoint limit) {
    bool const is_woken = co_await event->wait(limit);
    co_return is_woken;
}

}  // namespace

TEST_CASE("each wait completes once, whether event, limit or cancellation comes first") {
    constexpr int rounds = 2000;
    constexpr int waits_each = 3;
    struct Call {
        explicit Call(asio::any_io_executor const& executor) : strand{asio::make_strand(executor)} {}
        asio::strand<asio::any_io_executor> strand;
        asio::cancellation_signal signal;
    };
    asio::thread_pool pool{4};
    asio::thread_pool others{4};
    std::atomic<int> ended = 0;
    std::atomic<int> woken = 0;
    std::atomic<int> thrown = 0;
    std::minstd_rand random{7};
    for (int round = 0; round < rounds; ++round) {
        auto event = std::make_shared<AsyncEvent>();
        for (int i = 0; i < waits_each; ++i) {
            auto const executor = random() % 2 == 0 ? pool.get_executor() : others.get_executor();
            auto const call = std::make_shared<Call>(executor);
            auto const soon = Clock::now() + 1us * static_cast<int>(random() % 200);
            auto const limit = random() % 2 == 0 ? TimePoint::max() : soon;
            auto const done = [&, call](std::exception_ptr error, bool is_woken) {
                ++ended;
                woken += is_woken;
                thrown += error != nullptr;
            };
            asio::co_spawn(call->strand, wait_for(event, limit),
                           asio::bind_cancellation_slot(call->signal.slot(), done));
            if (random() % 3 == 0) {
                asio::post(call->strand, [call] { call->signal.emit(asio::cancellation_type::terminal); });
            }
        }
        asio::post(random() % 2 == 0 ? pool : others, [event = std::move(event)] { event->set(); });
    }
    pool.join();
    others.join();
    CHECK(ended == rounds * waits_each);
    CHECK(woken > 0);
    CHECK(woken < rounds * waits_each);
    INFO(thrown << " were cancelled before or after they waited");
    CHECK(thrown <= rounds * waits_each);
}
