// SPDX-License-Identifier: BSL-1.0
// Measures the cost of decoding the records of a response into structs: directly, and through a JSON tree.
#include "support/customers.hpp"
#include "support/gate.hpp"
#include "support/rows_from.hpp"
#include "support/times.hpp"

#include <boost/mp11/algorithm.hpp>
#include <nlohmann/json.hpp>

#include <benchmark/benchmark.h>
#include <cstdio>
#include <cstdlib>

using namespace zenoo_rpc;
using namespace zenoo_rpc::bench;

namespace {

template <class T>
std::vector<T> by_tree(std::string const& body) {
    return rows_from<T>(nlohmann::json::parse(body).at("result"));
}

auto const page = response_of(80, contact_fields);
auto const table = response_of(10'000, customer_fields);

template <class Decode>
void decode_each(benchmark::State& state, Decode decode) {
    for (auto _ : state) {
        auto const rows = decode();
        benchmark::DoNotOptimize(rows.data());
    }
}

void page_by_tree(benchmark::State& state) {
    decode_each(state, [] { return by_tree<Contact>(page.body); });
}
BENCHMARK(page_by_tree);

void page_typed(benchmark::State& state) {
    decode_each(state, [] { return decoded<Contact>(page); });
}
BENCHMARK(page_typed);

void table_by_tree(benchmark::State& state) {
    decode_each(state, [] { return by_tree<Customer>(table.body); });
}
BENCHMARK(table_by_tree);

void table_typed(benchmark::State& state) {
    decode_each(state, [] { return decoded<Customer>(table); });
}
BENCHMARK(table_typed);

/// Aborts unless both decoders return equal rows: otherwise the times could not be compared.
template <class T>
void require_same(HttpResponse const& response) {
    auto const one = decoded<T>(response);
    auto const other = by_tree<T>(response.body);
    bool const are_same = std::ranges::equal(one, other, [](T const& left, T const& right) {
        bool same = true;
        boost::mp11::mp_for_each<boost::describe::describe_members<T, detail::row_members>>(
            [&](auto member) { same = same && left.*member.pointer == right.*member.pointer; });
        return same;
    });
    if (!are_same) std::abort();
}

void print_speed(char const* what, std::string const& body, double nanoseconds) {
    auto const size = static_cast<double>(body.size());
    std::printf("%-40s %12.0f bytes %8.0f MB/s\n", what, size, size / nanoseconds * 1000);
}

}  // namespace

int main(int argc, char** argv) {
    require_same<Contact>(page);
    require_same<Customer>(table);
    auto times = measure(argc, argv);
    print_speed("80 records of 10 fields", page.body, times["page_typed"]);
    print_speed("10 000 records of 20 fields", table.body, times["table_typed"]);
    gate(16, times["page_typed"] / times["page_by_tree"], 1 / 5.0, "80 x 10 into structs / by nlohmann's tree, time");
    gate(16, times["table_typed"] / times["table_by_tree"], 1 / 8.0,
         "10 000 x 20 into structs / by nlohmann's tree, time");
}
