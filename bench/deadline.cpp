// SPDX-License-Identifier: BSL-1.0
// Measures the cost that a deadline adds to an operation that goes once through the scheduler, with 32 of them in
// flight: around any operation, and in an exchange of the client.
#include "odoo/http/time_limit.hpp"
#include "support/allocations.hpp"
#include "support/calls.hpp"
#include "support/gate.hpp"
#include "support/in_flight.hpp"
#include "support/times.hpp"

#include <zenoo_rpc/retry.hpp>

#include <benchmark/benchmark.h>
#include <chrono>

using namespace zenoo_rpc;
using namespace zenoo_rpc::bench;

namespace {

auto const limited = timeout(std::chrono::seconds{30});
constexpr int calls_each = 100;

template <class Call>
void measure_in_flight(benchmark::State& state, Call const& call) {
    InFlight calls;
    while (state.KeepRunningBatch(InFlight::callers * calls_each)) calls.await(calls_each, call);
}

void bare_operation(benchmark::State& state) { measure_in_flight(state, hopping); }
BENCHMARK(bare_operation);

void timeout_layer(benchmark::State& state) {
    measure_in_flight(state, [] { return limited(hopping); });
}
BENCHMARK(timeout_layer);

/// An exchange whose request only goes once through the scheduler.
asio::awaitable<int> exchange_within(Duration limit, detail::OpenExchanges& exchanges) {
    auto const executor = co_await asio::this_coro::executor;
    auto& time = TimeService::of(executor);
    auto const deadline = limit == unlimited ? TimePoint::max() : saturating_add(time.now(), limit);
    detail::OpenExchange exchange{exchanges};
    detail::TimeLimit time_limit{exchange};
    time_limit.begin(time, deadline, executor);
    exchange.begin();
    int const value = co_await hopping();
    co_return value;
}

detail::OpenExchanges exchanges{InFlight::callers, 0};
asio::awaitable<int> exchange_at_leisure() { return exchange_within(unlimited, exchanges); }
asio::awaitable<int> exchange_in_time() { return exchange_within(std::chrono::seconds{150}, exchanges); }

void exchange_without_limit(benchmark::State& state) { measure_in_flight(state, exchange_at_leisure); }
BENCHMARK(exchange_without_limit);

void exchange_with_limit(benchmark::State& state) { measure_in_flight(state, exchange_in_time); }
BENCHMARK(exchange_with_limit);

/// Returns the number of allocations per call, after a warm-up, with other calls in flight.
template <class Call>
double allocations_of(Call const& call) {
    InFlight calls;
    calls.await(calls_each, call);
    auto const made_by = [&](int times) {
        auto const before = allocations();
        calls.await(times, call);
        return allocations() - before;
    };
    auto const few = made_by(calls_each);
    return static_cast<double>(made_by(2 * calls_each) - few) / (InFlight::callers * calls_each);
}

}  // namespace

int main(int argc, char** argv) {
    auto times = measure(argc, argv);
    auto const added = times["timeout_layer"] - times["bare_operation"];
    gate(20, added / 1000, 0.6, "added by the timeout layer, us");
    gate(20, allocations_of([] { return limited(hopping); }) - allocations_of(hopping), 4,
         "added by the timeout layer, allocations");
    auto const added_to_exchange = times["exchange_with_limit"] - times["exchange_without_limit"];
    gate(20, added_to_exchange / 1000, 0.3, "added to an exchange of the client, us");
    gate(20, allocations_of(exchange_in_time) - allocations_of(exchange_at_leisure), 0,
         "added to an exchange of the client, allocations");
}
