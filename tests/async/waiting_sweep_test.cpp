// SPDX-License-Identifier: BSL-1.0
// Calls in the queue of a circuit breaker are cancelled at every point of their wait and of their trial.
#include "support/cancellation_sweep.hpp"
#include "support/catch.hpp"

#include <zenoo_rpc/async/async_retry.hpp>
#include <zenoo_rpc/async/async_sleep.hpp>
#include <zenoo_rpc/async/circuit_breaker_layer.hpp>
#include <zenoo_rpc/async/metrics_layer.hpp>
#include <zenoo_rpc/async/timeout.hpp>
#include <zenoo_rpc/exceptions.hpp>
#include <zenoo_rpc/retry/fixed_delay.hpp>

#include <boost/asio/error.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

using namespace std::chrono_literals;
using namespace zenoo_rpc;
using tests::World;
using enum asio::cancellation_type;

namespace {

struct Plan {
    int needed = 1;                ///< successes that close the circuit
    int trials = 1;                ///< allowed at the same time
    int failing_calls = 0;         ///< the first ones, of all callers together
    int who = 0;                   ///< index of the cancelled caller, or `every_caller`
    bool behind_a_strand = false;  ///< where a signal arrives after already queued handlers
    asio::cancellation_type type = terminal;
    int cancel_at = -1;  ///< the point; the first is 0
};
constexpr int callers = 3;
constexpr int every_caller = -1;

/// Three calls that wait for an open circuit, of which one or all are cancelled.
class Queue {
public:
    using Work = std::function<asio::awaitable<int>(Queue&, int caller)>;

    Queue(Plan plan, Work const& work) : plan_{plan} {
        world_.run(circuit_breaker(breaker_), [] { return failing(); });
        began_ = world_.time.now();
        for (int i = 0; i < callers; ++i) running_.push_back(world_.start(work(*this, i)));
        tests::run_stepwise(world_, [this] { before_step(); });
        ended_at_ = world_.time.now();
    }

    int points() const noexcept { return point_; }
    std::shared_ptr<CircuitBreaker> const& breaker() const noexcept { return breaker_; }

    asio::awaitable<int> operation(int caller) {
        called_[index(caller)] = true;
        return run_operation(caller, ++calls_ <= plan_.failing_calls);
    }

    std::string problem() {
        TimePoint last_end;
        for (int i = 0; i < callers; ++i) {
            auto& one = running_[index(i)];
            if (!one.ended()) return "no result";
            auto const& out = one.outcome();
            last_end = std::max(last_end, began_ + out.elapsed);
            if (!is_cancelled(i) || arrived_[index(i)]) {
                if (out.value != i) return "the value is lost: " + out.failure.what();
            } else {
                if (out.failure.code() != asio::error::operation_aborted) return "not cancelled";
                if (failed_last_[index(i)] && !out.failure.caused_by<NetworkError>()) return "the cause is lost";
                if (began_ + out.elapsed != cancelled_at_) return "not at once";
                if (called_[index(i)] && !called_before_[index(i)]) return "called after the cancellation";
            }
        }
        if (ended_at_ != last_end) return "something ran on after the last call";
        if (!world_.idle()) return "a call is still waiting";
        if (!breaker_->is_closed()) world_.time.advance(31s);
        auto const clock = asio::use_service<TimeService>(world_.io).clock();
        std::vector<CircuitBreaker::Permit> permits;
        for (int i = 0; i < plan_.trials; ++i) {
            auto permit = breaker_->try_acquire(*clock);
            if (!permit) return "a trial is lost";
            permits.push_back(std::move(*permit));
        }
        return {};
    }

private:
    static asio::awaitable<void> failing() {
        throw NetworkError{"down"};
        co_return;
    }
    static std::size_t index(int caller) { return static_cast<std::size_t>(caller); }
    bool is_cancelled(int caller) const {
        return cancelled_[index(caller)] && (plan_.who == caller || plan_.who == every_caller);
    }

    asio::awaitable<int> run_operation(int caller, bool fails) {
        failed_last_[index(caller)] = false;
        point();
        co_await asio::post(asio::use_awaitable);
        point();
        co_await async_sleep(10s);
        failed_last_[index(caller)] = fails;
        if (fails) throw NetworkError{"down"};
        arrived_[index(caller)] = true;
        co_return caller;
    }

    void before_step() {
        if (queued_-- > 0) called_before_ = called_;
        point();
    }
    void point() {
        if (point_++ != plan_.cancel_at) return;
        called_before_ = called_;
        cancelled_at_ = world_.time.now();
        queued_ = plan_.behind_a_strand ? callers : 0;  // one handler for each caller
        for (int i = 0; i < callers; ++i) {
            if (plan_.who != i && plan_.who != every_caller) continue;
            cancelled_[index(i)] = !running_[index(i)].ended();
            running_[index(i)].cancel(plan_.type);
        }
    }

    Plan plan_;
    std::shared_ptr<CircuitBreaker> breaker_ =
        std::make_shared<CircuitBreaker>(CircuitBreakerOptions{.failure_threshold = 1,
                                                               .recovery_timeout = 30s,
                                                               .half_open_max_calls = plan_.trials,
                                                               .success_threshold = plan_.needed,
                                                               .on_open = OnOpen::wait});
    int point_ = 0;
    int calls_ = 0;
    int queued_ = 0;
    TimePoint began_;
    TimePoint cancelled_at_;
    TimePoint ended_at_;
    std::array<bool, callers> called_ = {};
    std::array<bool, callers> called_before_ = {};
    std::array<bool, callers> failed_last_ = {};
    std::array<bool, callers> arrived_ = {};
    std::array<bool, callers> cancelled_ = {};
    World world_;
    std::vector<tests::Running<int>> running_;
};

int sweep(Queue::Work const& work, Plan plan) {
    plan.cancel_at = -1;
    int const points = Queue{plan, work}.points();
    int tried = 0;
    for (plan.cancel_at = 0; plan.cancel_at <= points; ++plan.cancel_at) {
        for (plan.who = every_caller; plan.who < callers; ++plan.who) {
            for (auto const type : {terminal, partial, total}) {
                plan.type = type;
                INFO(plan.trials << " trials, " << plan.failing_calls << " failures, caller " << plan.who << ", type "
                                 << static_cast<int>(type) << ", point " << plan.cancel_at << " of " << points);
                Queue queue{plan, work};
                auto const problem = queue.problem();
                CHECK(problem == "");
                ++tried;
            }
        }
    }
    return tried;
}

void sweep_all(Queue::Work const& work, int max_failures, bool behind_a_strand = false) {
    int tried = 0;
    for (int const trials : {1, 2, 3}) {
        for (int failures = 0; failures <= max_failures; ++failures) {
            for (int const needed : {1, 2}) {
                tried += sweep(work, {.needed = needed,
                                      .trials = trials,
                                      .failing_calls = failures,
                                      .behind_a_strand = behind_a_strand});
            }
        }
    }
    CHECK(tried > 0);
}

auto operation_of(Queue& queue, int caller) {
    return [&queue, caller] { return queue.operation(caller); };
}

}  // namespace

TEST_CASE("a call cancelled in the queue or as a trial takes no place of another call") {
    auto const work = [](Queue& queue, int caller) {
        auto const layer = circuit_breaker(queue.breaker());
        return layer(operation_of(queue, caller));
    };
    sweep_all(work, 0);
}

TEST_CASE("a retry cancelled in the queue or as a trial takes no place of another call") {
    auto const total = GENERATE(Duration{unlimited}, Duration{1h});
    auto const policy =
        RetryPolicy{.strategy = FixedDelayStrategy{.max_attempts = 9, .delay = 1s}, .total_timeout = total};
    auto const work = [&](Queue& queue, int caller) {
        auto const layers = retry(policy) | circuit_breaker(queue.breaker());
        return layers(operation_of(queue, caller));
    };
    sweep_all(work, 2);
}

TEST_CASE("a cancelled call that waited under a timeout takes no place of another call") {
    auto const work = [](Queue& queue, int caller) {
        auto const layers = timeout(1h) | circuit_breaker(queue.breaker());
        return layers(operation_of(queue, caller));
    };
    sweep_all(work, 0, true);
}
