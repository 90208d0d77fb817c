// SPDX-License-Identifier: BSL-1.0
// Loads through a cache are cancelled at every point, and exceptions of every kind are thrown in them.
#include "support/cancelled_compositions.hpp"
#include "support/fault_sweep.hpp"

#include <zenoo_rpc/async/async_retry.hpp>
#include <zenoo_rpc/async/async_sleep.hpp>
#include <zenoo_rpc/async/circuit_breaker_layer.hpp>
#include <zenoo_rpc/async/timeout.hpp>
#include <zenoo_rpc/cache.hpp>
#include <zenoo_rpc/exceptions.hpp>
#include <zenoo_rpc/retry/fixed_delay.hpp>

#include <boost/asio/this_coro.hpp>

#include <array>
#include <chrono>
#include <cstddef>
#include <vector>

using namespace std::chrono_literals;
using namespace zenoo_rpc;
using tests::CancelledRun;
using tests::Fault;
using tests::Rig;
using tests::World;

namespace {

auto retries() { return retry(RetryPolicy{.strategy = FixedDelayStrategy{.max_attempts = 5, .delay = 1s}}); }

/// Runs an operation through layers with their own cache.
template <class Run, class MakeLayers>
asio::awaitable<int> through(Run& run, MakeLayers make_layers, auto make_operation) {
    CacheManager const cache{co_await asio::this_coro::executor};
    auto const layers = make_layers(cache.cached("key"), run);
    auto const operation = make_operation(run);
    co_return co_await layers(operation);
}

template <class MakeLayers>
tests::Composition cancelled(char const* name, MakeLayers make_layers) {
    return {name, [make_layers](CancelledRun& run) {
                return through(run, make_layers, [](CancelledRun& r) { return [&r] { return r.operation(); }; });
            }};
}

template <class MakeLayers>
tests::Place faulty(char const* name, MakeLayers make_layers) {
    return {name, [make_layers](Rig& rig) {
                return through(rig, make_layers, [](Rig& r) { return [&r] { return r.faulty(true); }; });
            }};
}

}  // namespace

TEST_CASE("a load cancelled at any point ends at that point") {
    tests::sweep_all({
        cancelled("cached", [](auto cached, CancelledRun&) { return cached; }),
        cancelled("cached|retry", [](auto cached, CancelledRun&) { return cached | retries(); }),
        cancelled("retry|cached", [](auto cached, CancelledRun&) { return retries() | cached; }),
        cancelled("cached|timeout", [](auto cached, CancelledRun&) { return cached | timeout(1h); }),
        cancelled("cached|breaker",
                  [](auto cached, CancelledRun& run) { return cached | circuit_breaker(run.breaker()); }),
    });
    tests::sweep_all({cancelled("timeout|cached", [](auto cached, CancelledRun&) { return timeout(1h) | cached; })},
                     {.behind_a_strand = true});
}

TEST_CASE("an exception in a load reaches the caller unchanged, or is retried if it is transient") {
    tests::sweep(
        {
            faulty("cached|retry", [](auto cached, Rig&) { return cached | retries(); }),
            faulty("retry|cached", [](auto cached, Rig&) { return retries() | cached; }),
            faulty("retry|cached|breaker",
                   [](auto cached, Rig& rig) { return retries() | cached | circuit_breaker(rig.breaker); }),
        },
        [](Rig& rig, Fault fault, int at) {
            if (fault == Fault::transient) {
                CHECK(rig.out.value == 42);
                CHECK(rig.calls == at + 1);
            } else {
                CHECK_FALSE(rig.out.value);
                CHECK(tests::is_unchanged(rig.out.failure, fault));
                CHECK(rig.calls == at);
            }
        });
}

namespace {

constexpr int callers = 3;
constexpr int everyone = -1;

struct Plan {
    int failing_calls = 0;  ///< number of first calls that fail, of all callers together
    int who = 0;            ///< index of the caller to cancel, or `everyone`
    asio::cancellation_type type = asio::cancellation_type::terminal;
    int cancel_at = -1;  ///< index of the point of cancellation
};

/// Three callers of one key, one or all of which are cancelled.
class Crowd {
public:
    explicit Crowd(Plan plan) : plan_{plan} {
        auto const layer = cache_.cached("key");
        for (int i = 0; i < callers; ++i) running_.push_back(world_.start(layer([this, i] { return load(i); })));
        began_ = world_.time.now();
        tests::run_stepwise(world_, [this] {
            all_have_begun_ = true;  // earlier cancellation would keep Asio from starting them
            landed_ = arrived_;
            point();
        });
    }

    int points() const noexcept { return point_; }

    std::string problem() {
        int cancelled = 0;
        for (std::size_t i = 0; i < callers; ++i) {
            if (!running_[i].ended()) return "no result";
            auto const& out = running_[i].outcome();
            if (out.value && *out.value != 42) return "another value";
            if (out.value) continue;
            if (!cancelled_[i]) {
                if (plan_.failing_calls == 0 || !out.failure.is<NetworkError>()) return "lost: " + out.failure.what();
                continue;
            }
            ++cancelled;
            if (had_value_[i]) return "the value is lost";
            if (out.failure.code() != asio::error::operation_aborted) return "not cancelled: " + out.failure.what();
            if (began_ + out.elapsed != cancelled_at_) return "did not end at once";
        }
        if (calls_ > 1 + cancelled) return "called too often";
        if (!world_.idle()) return "a caller is still waiting";
        auto const again = world_.run(cache_.cached("key"), []() -> asio::awaitable<int> { co_return 42; });
        return again.value == 42 ? "" : "later loads fail";
    }

private:
    asio::awaitable<int> load(int caller) {
        bool const fails = ++calls_ <= plan_.failing_calls;
        loading_ = caller;
        if (cancelled_[static_cast<std::size_t>(caller)]) throw std::logic_error{"called after the cancellation"};
        point();
        co_await asio::post(asio::use_awaitable);
        point();
        co_await async_sleep(10s);
        if (fails) throw NetworkError{"down"};
        arrived_ = true;
        point();
        co_return 42;
    }

    void point() {
        if (!all_have_begun_) return;
        if (point_++ != plan_.cancel_at) return;
        cancelled_at_ = world_.time.now();
        for (int i = 0; i < callers; ++i) {
            auto const caller = static_cast<std::size_t>(i);
            if (plan_.who != i && plan_.who != everyone) continue;
            cancelled_[caller] = !running_[caller].ended();
            had_value_[caller] = landed_ || (arrived_ && i == loading_);
            running_[caller].cancel(plan_.type);
        }
    }

    Plan plan_;
    int point_ = 0;
    int calls_ = 0;
    bool all_have_begun_ = false;
    int loading_ = 0;
    bool arrived_ = false;  // the loading caller has a value
    bool landed_ = false;   // all callers have a value
    TimePoint began_;
    TimePoint cancelled_at_;
    std::array<bool, callers> cancelled_ = {};
    std::array<bool, callers> had_value_ = {};  // at the time of its cancellation
    World world_;
    CacheManager cache_{world_.io.get_executor()};
    std::vector<tests::Running<int>> running_;
};

}  // namespace

TEST_CASE("the cancellation of one caller of a shared load does not affect the others") {
    using enum asio::cancellation_type;
    for (int const failures : {0, 1}) {
        int const points = Crowd{{.failing_calls = failures}}.points();
        CHECK(points > 5);
        for (int point = 0; point <= points; ++point) {
            for (int who = everyone; who < callers; ++who) {
                for (auto const type : {terminal, partial, total}) {
                    INFO(failures << " failures, caller " << who << ", type " << static_cast<int>(type) << ", point "
                                  << point << " of " << points);
                    Crowd crowd{{.failing_calls = failures, .who = who, .type = type, .cancel_at = point}};
                    auto const problem = crowd.problem();
                    CHECK(problem == "");
                }
            }
        }
    }
}

namespace {

/// Value whose copy constructor throws if `broken` is set.
struct Fragile {
    bool* broken = nullptr;
    explicit Fragile(bool& b) : broken{&b} {}
    Fragile(Fragile&&) = default;
    Fragile(Fragile const& other) : broken{other.broken} {
        if (*broken) throw std::runtime_error{"cannot be copied"};
    }
};

}  // namespace

TEST_CASE("a value that could not be copied for one caller is cached all the same") {
    World world;
    CacheManager const cache{world.io.get_executor()};
    bool broken = true;
    auto const load = [&]() -> asio::awaitable<Fragile> { co_return Fragile{broken}; };
    auto const out = world.run(cache.cached("key"), load);
    CHECK(out.failure.is<std::runtime_error>());
    broken = false;
    CHECK(cache.get<Fragile>("key"));
}
