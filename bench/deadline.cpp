// SPDX-License-Identifier: BSL-1.0
// What a deadline adds to an operation that goes once through the scheduler, with 32 of them in flight.
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

/// How many allocations one of the calls in flight makes, once everything is warm.
template <class Call>
double allocations_of(Call const& call) {
    InFlight calls;
    calls.await(calls_each, call);
    auto const before = allocations();
    calls.await(calls_each, call);
    return static_cast<double>(allocations() - before) / (InFlight::callers * calls_each);
}

}  // namespace

int main(int argc, char** argv) {
    auto times = measure(argc, argv);
    auto const added = times["timeout_layer"] - times["bare_operation"];
    gate(20, added / 1000, 0.6, "added by the timeout layer, us");
    gate(20, allocations_of([] { return limited(hopping); }) - allocations_of(hopping), 4,
         "added by the timeout layer, allocations");
}
