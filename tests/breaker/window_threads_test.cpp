// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"
#include "support/failures.hpp"
#include "support/manual_clock.hpp"
#include "support/on_all_threads.hpp"

#include <zenoo_rpc/breaker/advanced_circuit_breaker.hpp>
#include <zenoo_rpc/core/detail/thread_slot.hpp>

#include <chrono>
#include <random>

using namespace std::chrono_literals;
using namespace zenoo_rpc;
using tests::network;
using tests::on_all_threads;

TEST_CASE("a window contains the successes of every thread, including those without a slot", "[threads]") {
    auto const options =
        GENERATE(AdvancedCircuitBreakerOptions{.failure_rate_threshold = 1.0, .window_size = 1'000'000},
                 AdvancedCircuitBreakerOptions{.failure_rate_threshold = 1.0, .window_duration = 1h});
    constexpr int crowd = detail::ThreadSlots::count + 8;
    constexpr int calls = 1000;
    tests::ManualClock clock;
    AdvancedCircuitBreaker breaker{options};
    on_all_threads(
        [&](std::minstd_rand&) {
            for (int i = 0; i < calls; ++i) breaker.try_acquire(clock)->settle();
        },
        crowd);
    breaker.try_acquire(clock)->settle(network);
    CHECK(breaker.statistics().failure_rate == 1.0 / (crowd * calls + 1));
    breaker.close();
    breaker.try_acquire(clock)->settle(network);
    CHECK(breaker.statistics().failure_rate == 1.0);
}
