// SPDX-License-Identifier: BSL-1.0
// Measures the cost of getting records through a client, from the query to the structs: by a query, and by execute_kw
// and a JSON tree.
#include "support/customers.hpp"
#include "support/gate.hpp"
#include "support/rows_from.hpp"
#include "support/table_server.hpp"
#include "support/times.hpp"

#include <nlohmann/json.hpp>

#include <benchmark/benchmark.h>
#include <cstdio>
#include <cstdlib>

using namespace zenoo_rpc;
using namespace zenoo_rpc::bench;
using nlohmann::json;

namespace {

constexpr int many = 10'000;
constexpr int page_size = 1000;

TableClient& page() {
    static TableClient client{80, contact_fields};
    return client;
}
TableClient& table() {
    static TableClient client{many, customer_fields};
    return client;
}

template <class T>
Fields all_fields() {
    std::vector<std::string> names;
    for (auto const& column : detail::row_table<T>.columns) names.emplace_back(column.name);
    return names;
}

/// Reads a table in each iteration.
template <class Read>
void read_each(benchmark::State& state, TableClient& client, Read read) {
    client.run([&]() -> asio::awaitable<void> {
        for (auto _ : state) {
            auto reading = read(client.client());
            std::size_t const rows = co_await std::move(reading);
            benchmark::DoNotOptimize(rows);
        }
    });
}

template <class T>
asio::awaitable<std::size_t> by_all(ZenooClient& client) {
    std::vector<T> const rows = co_await client.model<T>().all();
    co_return rows.size();
}
template <class T>
asio::awaitable<std::size_t> by_execute_kw(ZenooClient& client) {
    auto kwargs = json::object();
    kwargs["fields"] = all_fields<T>().names();
    auto const domain = json::array({json::array()});
    json const response = co_await client.execute_kw("res.partner", "search_read", domain, kwargs);
    co_return rows_from<T>(response).size();
}
template <class T>
asio::awaitable<std::size_t> by_stream(ZenooClient& client) {
    std::size_t rows = 0;
    auto stream = client.model<T>().stream(page_size);
    while (auto const page = co_await stream.next()) rows += page->size();
    co_return rows;
}
template <class T>
asio::awaitable<std::size_t> by_stream_of_json(ZenooClient& client) {
    std::size_t rows = 0;
    auto const wanted = all_fields<T>();
    auto stream = client.stream("res.partner", Domain{}, wanted, page_size);
    while (auto const page = co_await stream.next()) rows += rows_from<T>(*page).size();
    co_return rows;
}

void page_by_all(benchmark::State& state) { read_each(state, page(), by_all<Contact>); }
BENCHMARK(page_by_all);
void page_by_execute_kw(benchmark::State& state) { read_each(state, page(), by_execute_kw<Contact>); }
BENCHMARK(page_by_execute_kw);
void table_by_all(benchmark::State& state) { read_each(state, table(), by_all<Customer>); }
BENCHMARK(table_by_all);
void table_by_execute_kw(benchmark::State& state) { read_each(state, table(), by_execute_kw<Customer>); }
BENCHMARK(table_by_execute_kw);
void table_by_stream(benchmark::State& state) { read_each(state, table(), by_stream<Customer>); }
BENCHMARK(table_by_stream);
void table_by_stream_of_json(benchmark::State& state) { read_each(state, table(), by_stream_of_json<Customer>); }
BENCHMARK(table_by_stream_of_json);

/// Aborts unless all records are read: otherwise the times could not be compared.
void require_all(TableClient& client, std::size_t records, asio::awaitable<std::size_t> (*read)(ZenooClient&)) {
    client.run([&]() -> asio::awaitable<void> {
        std::size_t const rows = co_await read(client.client());
        if (rows != records) std::abort();
    });
}

}  // namespace

int main(int argc, char** argv) {
    require_all(page(), 80, by_all<Contact>);
    require_all(page(), 80, by_execute_kw<Contact>);
    require_all(table(), many, by_all<Customer>);
    require_all(table(), many, by_stream<Customer>);
    require_all(table(), many, by_stream_of_json<Customer>);
    auto times = measure(argc, argv);
    gate(16, times["page_by_all"] / times["page_by_execute_kw"], 1 / 5.0,
         "80 x 10 by all() / execute_kw and a JSON tree, time");
    gate(16, times["table_by_all"] / times["table_by_execute_kw"], 1 / 8.0,
         "10 000 x 20 by all() / execute_kw and a JSON tree, time");
    gate(16, times["table_by_stream"] / times["table_by_execute_kw"], 1 / 8.0,
         "10 000 x 20 by stream() / execute_kw and a JSON tree, time");
    std::printf("%-44.4g %s\n", times["table_by_stream"] / times["table_by_stream_of_json"],
                "10 000 x 20 by stream() / a stream of JSON with a tree per page, time");
}
