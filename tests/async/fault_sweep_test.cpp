// SPDX-License-Identifier: BSL-1.0
// Every kind of exception is thrown at every place where user code is called, in every layer.
#include "support/fault_sweep.hpp"

#include "support/catch.hpp"

#include <zenoo_rpc/async/ambient.hpp>
#include <zenoo_rpc/async/async_retry.hpp>
#include <zenoo_rpc/async/async_sleep.hpp>
#include <zenoo_rpc/async/circuit_breaker_layer.hpp>
#include <zenoo_rpc/async/decorate.hpp>
#include <zenoo_rpc/async/fallback.hpp>
#include <zenoo_rpc/async/metrics_layer.hpp>
#include <zenoo_rpc/async/timeout.hpp>
#include <zenoo_rpc/exceptions.hpp>
#include <zenoo_rpc/retry/any_strategy.hpp>
#include <zenoo_rpc/retry/exponential_backoff.hpp>
#include <zenoo_rpc/retry/fixed_delay.hpp>

#include <chrono>
#include <optional>
#include <utility>
#include <vector>

using namespace std::chrono_literals;
using namespace zenoo_rpc;
using tests::Fault;
using tests::is_unchanged;
using tests::Place;
using tests::Rig;
using tests::sweep;

namespace {

auto policy_of() { return RetryPolicy{.strategy = FixedDelayStrategy{.max_attempts = 5, .delay = 1s}}; }
auto limited_policy_of() {
    auto policy = policy_of();
    policy.total_timeout = 1h;
    return policy;
}

/// Retries a failing operation.
template <class Policy>
asio::awaitable<int> retrying(Rig& rig, Policy const& policy) {
    return async_retry(policy, [&rig] { return rig.failing(); });
}

template <class Op>
std::vector<Place> layers_around(Op operation) {
    auto const bind = [operation](Rig& rig) { return [&rig, operation] { return operation(rig); }; };
    auto const through = [bind](auto make_layers) {
        return [bind, make_layers](Rig& rig) {
            auto const layers = make_layers(rig);
            return layers(bind(rig));
        };
    };
    return {
        {"retry", through([](Rig&) { return retry(policy_of()); })},
        {"retry with limits", through([](Rig&) { return retry(limited_policy_of()); })},
        {"retry|retry", through([](Rig&) { return retry(policy_of()) | retry(policy_of()); })},
        {"timeout|retry", through([](Rig&) { return timeout(1h) | retry(policy_of()); })},
        {"retry|timeout", through([](Rig&) { return retry(policy_of()) | timeout(1h); })},
        {"fallback|retry", through([](Rig&) { return fallback(7) | retry(policy_of()); })},
        {"retry|breaker|metrics",
         through([](Rig& rig) { return retry(policy_of()) | circuit_breaker(rig.breaker) | metrics(rig.recorder); })},
        {"breaker|retry", through([](Rig& rig) { return circuit_breaker(rig.breaker) | retry(policy_of()); })},
        {"ambient", [bind](Rig& rig) { return async_retry(policy_of(), ambient(bind(rig))); }},
    };
}

void passes_unchanged(Rig& rig, Fault fault, int at) {
    CHECK_FALSE(rig.out.value);
    CHECK(is_unchanged(rig.out.failure, fault));
    CHECK(rig.calls == at);
}

}  // namespace

TEST_CASE("an exception of an operation passes all layers unchanged, or is retried if transient") {
    auto const check = [](Rig& rig, Fault fault, int at) {
        if (fault != Fault::transient) return passes_unchanged(rig, fault, at);
        CHECK(rig.out.value == 42);
        CHECK(rig.calls == at + 1);
    };
    sweep(layers_around([](Rig& rig) { return rig.throwing_at_once(); }), check);
    sweep(layers_around([](Rig& rig) { return rig.faulty(false); }), check);
    sweep(layers_around([](Rig& rig) { return rig.faulty(true); }), check);
}

TEST_CASE("an exception of an operation that returns results becomes a result unchanged, or is retried if transient") {
    auto const work = [](Rig& rig) -> asio::awaitable<int> {
        auto const operation = [&rig]() -> asio::awaitable<Result<int>> { co_return co_await rig.faulty(true); };
        auto const layers = retry(limited_policy_of()) | circuit_breaker(rig.breaker);
        Result<int> const result = co_await layers(operation);
        co_return result.value();
    };
    sweep({{"results", work}}, [](Rig& rig, Fault fault, int at) {
        if (fault == Fault::transient) CHECK(rig.out.value == 42);
        if (fault != Fault::transient) passes_unchanged(rig, fault, at);
    });
}

namespace {

struct FaultyShould final : RetryStrategy {
    explicit FaultyShould(Rig& r) : rig{&r} {}
    bool should_retry(int, Failure const&) override {
        rig->here();
        return true;
    }
    Duration get_delay(int) override { return 1s; }
    Rig* rig;
};
struct FaultyDelay final : RetryStrategy {
    explicit FaultyDelay(Rig& r) : rig{&r} {}
    bool should_retry(int, Failure const&) override { return true; }
    Duration get_delay(int) override {
        rig->here();
        return 1s;
    }
    Rig* rig;
};
struct FaultyNext {
    Rig* rig;
    std::optional<Duration> next_delay(RetryContext const&) const {
        rig->here();
        return 1s;
    }
};
struct FaultyRandom {
    Rig* rig;
    double operator()() const {
        rig->here();
        return 0.5;
    }
};
struct FaultyPredicate {
    Rig* rig;
    bool operator()(Failure const&) const {
        rig->here();
        return true;
    }
};
struct FaultyCopy {
    Rig* rig;
    explicit FaultyCopy(Rig& r) : rig{&r} {}
    FaultyCopy(FaultyCopy const& other) : rig{other.rig} { rig->here(); }
    FaultyCopy& operator=(FaultyCopy const&) = default;
    ~FaultyCopy() = default;
    asio::awaitable<int> operator()() const { return rig->working(); }
    bool operator()(Failure const&) const { return true; }
};

}  // namespace

TEST_CASE("an exception of a strategy or a predicate ends the retry and reaches the caller unchanged") {
    auto const with = [](auto make_strategy) {
        return [make_strategy](Rig& rig) { return retrying(rig, RetryPolicy{.strategy = make_strategy(rig)}); };
    };
    auto const unwanted = [](Rig& rig) {
        auto const ask = [&rig](int) {
            rig.here();
            return true;
        };
        auto const operation = [&rig]() -> asio::awaitable<int> { co_return ++rig.calls; };
        return async_retry(RetryPolicy{.strategy = FixedDelayStrategy{.delay = 1s}, .retry_if_result = ask}, operation);
    };
    auto const breaker = [](Rig& rig) {
        rig.breaker_is_faulty = true;
        auto const layers = retry(policy_of()) | metrics(rig.recorder) | circuit_breaker(rig.breaker);
        return layers([&rig] { return rig.failing(); });
    };
    sweep({{"should_retry", with([](Rig& rig) { return FaultyShould{rig}; })},
           {"get_delay", with([](Rig& rig) { return FaultyDelay{rig}; })},
           {"get_delay of any", with([](Rig& rig) { return AnyStrategy{FaultyDelay{rig}}; })},
           {"next_delay", with([](Rig& rig) { return FaultyNext{&rig}; })},
           {"random", with([](Rig& rig) {
                return ExponentialBackoffStrategy<FullJitter<FaultyRandom>>{.max_attempts = 5, .jitter = {{&rig}}};
            })},
           {"retry_if",
            [](Rig& rig) {
                return retrying(rig, RetryPolicy{.strategy = FixedDelayStrategy{.max_attempts = 5},
                                                 .retry_if = FaultyPredicate{&rig},
                                                 .total_timeout = 1h});
            }},
           {"retry_if_result", unwanted},
           {"expected", breaker}},
          passes_unchanged);
}

TEST_CASE("an observer that throws does not affect a retry") {
    auto const observed = [](Rig& rig) {
        auto const note = [&rig](RetryEvent const&) { rig.here(); };
        auto policy = RetryPolicy{.strategy = FixedDelayStrategy{.max_attempts = 5, .delay = 1s},
                                  .on_event = observers(note, note)};
        auto const layers = retry(policy) | metrics(rig.recorder);
        return layers([&rig] { return rig.failing(); });
    };
    sweep({{"on_event", observed}}, [](Rig& rig, Fault, int) {
        CHECK(rig.out.failure.is<RetryExhaustedError>());
        CHECK(rig.calls == 5);
        CHECK(rig.recorder->snapshot().retries == 4);
        CHECK(rig.recorder->snapshot().failed_retries == 1);
    });
}

TEST_CASE("an exception of a fallback's factory or predicate reaches the caller unchanged") {
    auto const around = [](auto make_layer) {
        return [make_layer](Rig& rig) -> asio::awaitable<int> {
            for (;;) {  // until the call that throws
                auto const layers = make_layer(rig) | retry(RetryPolicy{.strategy = FixedDelayStrategy{.delay = 1s}});
                co_await layers([&rig] { return rig.failing(); });
            }
        };
    };
    auto const factory = [](Rig& rig) {
        return [&rig] {
            rig.here();
            return 7;
        };
    };
    auto const awaited = [](Rig& rig) {
        return [&rig]() -> asio::awaitable<int> {
            co_await async_sleep(1s);
            rig.here();
            co_return 7;
        };
    };
    auto const suspicious = [](Rig& rig) { return fallback(7, [&rig](Failure const&) { return rig.here(), true; }); };
    sweep({{"factory", around([&](Rig& rig) { return fallback(factory(rig)); })},
           {"awaited factory", around([&](Rig& rig) { return fallback(awaited(rig)); })},
           {"predicate",
            [&](Rig& rig) -> asio::awaitable<int> {
                auto const layer = suspicious(rig);
                for (;;)
                    co_await layer([]() -> asio::awaitable<int> {
                        throw AccessError{"no"};
                        co_return 0;
                    });
            }}},
          [](Rig& rig, Fault fault, int) { CHECK(is_unchanged(rig.out.failure, fault)); });
}

TEST_CASE("an exception from copying an operation or a policy reaches the caller before any call") {
    auto const policy = [](Rig& rig) {
        return retrying(rig, RetryPolicy{.strategy = FixedDelayStrategy{}, .retry_if = FaultyCopy{rig}});
    };
    auto const operation = [](Rig& rig) {
        FaultyCopy const copied{rig};
        return async_retry(policy_of(), copied);
    };
    auto const layered = [](Rig& rig) {
        FaultyCopy const copied{rig};
        auto const layers = timeout(1h) | retry(policy_of()) | circuit_breaker(rig.breaker) | metrics(rig.recorder);
        return layers(copied);
    };
    for (auto const& [name, work] :
         {Place{"policy", policy}, Place{"operation", operation}, Place{"layers", layered}}) {
        bool fired = true;
        for (int at = 1; fired; ++at) {
            INFO(name << ", copy " << at);
            Rig rig{Fault::runtime_error, at};
            rig.run(work);
            fired = rig.fired;
            CHECK((!fired || is_unchanged(rig.out.failure, Fault::runtime_error)));
            CHECK((!fired || rig.calls == 0));
        }
    }
}
