// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"
#include "support/run.hpp"

#include <zenoo_rpc/async/async_sleep.hpp>
#include <zenoo_rpc/async/time_service.hpp>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_future.hpp>

#include <chrono>
#include <memory>
#include <optional>
#include <vector>

using namespace std::chrono_literals;
using namespace zenoo_rpc;
using tests::World;

namespace {

class Alarm final : public detail::WaitNode {
public:
    explicit Alarm(std::vector<int>& log, int number) : log_{log}, number_{number} {}
    void expired() noexcept override { log_.push_back(number_); }
    void abandoned() noexcept override { log_.push_back(-number_); }

private:
    std::vector<int>& log_;
    int number_;
};

}  // namespace

TEST_CASE("all executors of a context share one service") {
    asio::io_context io;
    auto& service = TimeService::of(io.get_executor());
    CHECK(&service == &TimeService::of(asio::make_strand(io)));
    CHECK(&service == &TimeService::of(asio::any_io_executor{asio::make_strand(io)}));
    asio::io_context other;
    CHECK(&service != &TimeService::of(other.get_executor()));
}

TEST_CASE("virtual time stands still until it is advanced") {
    World world;
    auto const start = world.time.now();
    world.io.poll();
    CHECK(world.time.now() == start);
    world.time.advance(1h);
    CHECK(world.time.now() == start + 1h);
    world.time.run();
    CHECK(world.time.now() == start + 1h);
}

TEST_CASE("advancing runs everything due within the interval, including its end points") {
    World world;
    std::vector<int> log;
    auto& service = TimeService::of(world.io.get_executor());
    auto const start = world.time.now();
    Alarm first{log, 1};
    Alarm second{log, 2};
    Alarm third{log, 3};
    detail::waits_of(service).add(third, start + 10s + 1ns, world.io.get_executor());
    detail::waits_of(service).add(second, start + 10s, world.io.get_executor());
    detail::waits_of(service).add(first, start, world.io.get_executor());
    world.time.advance(10s);
    CHECK(log == std::vector{1, 2});
    CHECK(world.time.now() == start + 10s);
    world.time.run();
    CHECK(log == std::vector{1, 2, 3});
    CHECK(world.time.now() == start + 10s + 1ns);
}

TEST_CASE("a node is removed once, and only while it waits") {
    World world;
    std::vector<int> log;
    auto& service = TimeService::of(world.io.get_executor());
    Alarm one{log, 1};
    auto const wait = detail::waits_of(service).add(one, world.time.now() + 1s, world.io.get_executor());
    CHECK(detail::waits_of(service).remove(wait) == &one);
    CHECK_FALSE(detail::waits_of(service).remove(wait));
    auto const again = detail::waits_of(service).add(one, world.time.now() + 1s, world.io.get_executor());
    CHECK(again != wait);
    CHECK_FALSE(detail::waits_of(service).remove(wait));  // an old handle is never reused for a new wait
    world.time.run();
    CHECK_FALSE(detail::waits_of(service).remove(again));
    CHECK(log == std::vector{1});
}

TEST_CASE("waiting nodes are abandoned once each when their context is destroyed") {
    std::vector<int> log;
    Alarm one{log, 1};
    Alarm endless{log, 2};
    {
        World world;
        auto& service = TimeService::of(world.io.get_executor());
        detail::waits_of(service).add(one, world.time.now() + 1s, world.io.get_executor());
        detail::waits_of(service).add(endless, TimePoint::max(), world.io.get_executor());
    }
    CHECK(log == std::vector{-1, -2});
}

TEST_CASE("the clock of a context outlives the context") {
    std::shared_ptr<TimeSource const> clock;
    {
        World world;
        clock = TimeService::of(world.io.get_executor()).clock();
    }
    CHECK(clock->now() == TimePoint{} + 1h);
}

TEST_CASE("real time: sleepers wake in order, never early, and the context runs out of work") {
    asio::io_context io;
    std::vector<int> woken;
    auto const start = Clock::now();
    for (int const ms : {3, 1, 2}) {
        async_sleep(io.get_executor(), std::chrono::milliseconds{ms}, [&, ms](boost::system::error_code error) {
            CHECK_FALSE(error.failed());
            CHECK(Clock::now() - start >= std::chrono::milliseconds{ms});
            woken.push_back(ms);
        });
    }
    io.run();
    CHECK(woken == std::vector{1, 2, 3});
}

TEST_CASE("real time: an earlier sleeper rearms the timer, and a cancelled one lets the context end") {
    asio::io_context io;
    asio::cancellation_signal signal;
    std::optional<boost::system::error_code> late;
    async_sleep(io.get_executor(), 1h,
                asio::bind_cancellation_slot(signal.slot(), [&](boost::system::error_code error) { late = error; }));
    async_sleep(io.get_executor(), 1ms,
                [&](boost::system::error_code) { signal.emit(asio::cancellation_type::total); });
    io.run();
    REQUIRE(late);
    CHECK(*late == asio::error::operation_aborted);
}

TEST_CASE("real time: the last sleeper is cancelled although nothing else keeps the context running") {
    asio::io_context io;
    asio::cancellation_signal signal;
    std::optional<boost::system::error_code> ended;
    async_sleep(io.get_executor(), 1h,
                asio::bind_cancellation_slot(signal.slot(), [&](boost::system::error_code error) { ended = error; }));
    io.poll();
    signal.emit(asio::cancellation_type::total);
    io.run();
    REQUIRE(ended);
    CHECK(*ended == asio::error::operation_aborted);
}

TEST_CASE("real time: an unlimited sleep keeps the context running and is destroyed with it") {
    auto const witness = std::make_shared<int>();
    {
        asio::io_context io;
        async_sleep(io.get_executor(), unlimited, [witness](boost::system::error_code) {});
        async_sleep(io.get_executor(), 1h, [witness](boost::system::error_code) {});
        bool passed = false;
        async_sleep(io.get_executor(), 1ms, [&](boost::system::error_code) { passed = true; });
        while (!passed) io.run_one();
        CHECK_FALSE(io.stopped());
    }
    CHECK(witness.use_count() == 1);
}

TEST_CASE("real time: a pool and its strands share a service") {
    asio::thread_pool pool{2};
    auto first = async_sleep(pool.get_executor(), 1ms, asio::use_future);
    auto second = async_sleep(asio::make_strand(pool), 2ms, asio::use_future);
    first.get();
    second.get();
    pool.join();
    SUCCEED();
}
