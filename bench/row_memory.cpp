// SPDX-License-Identifier: BSL-1.0
// Measures the memory for decoding records into structs: the response, the decoder and the rows.
#include "support/allocations.hpp"
#include "support/customers.hpp"
#include "support/gate.hpp"
#include "support/table_server.hpp"

#include <cstdio>
#include <cstdlib>

using namespace zenoo_rpc;
using namespace zenoo_rpc::bench;

namespace {

constexpr int records = 10'000;
constexpr int page_size = 1000;

/// Returns the peak growth of the heap while `read` runs, including everything that the client does.
template <class Read>
long held_while(TableClient& client, Read read) {
    auto const before = live_bytes();
    forget_most_live_bytes();
    client.run([&] { return read(client.client()); });
    return most_live_bytes() - before;
}

asio::awaitable<void> by_all(ZenooClient& client) {
    auto const rows = co_await client.model<Customer>().all();
    if (rows.size() != records) std::abort();
}
asio::awaitable<void> by_stream(ZenooClient& client) {
    std::size_t count = 0;
    auto stream = client.model<Customer>().stream(page_size);
    while (auto const page = co_await stream.next()) count += page->size();
    if (count != records) std::abort();
}

}  // namespace

int main() {
    auto const before = live_bytes();
    auto const response = response_of(records, customer_fields);
    auto const of_response = live_bytes() - before;

    forget_most_live_bytes();
    auto const rows = decoded<Customer>(response);
    auto const held = most_live_bytes() - before;

    auto const without_copy = live_bytes();
    auto const copy = rows;  // without spare capacity
    auto const of_rows = live_bytes() - without_copy;
    if (of_response < 1'000'000 || of_rows < records * static_cast<long>(sizeof(Customer))) std::abort();

    std::printf("%-40s %12ld bytes\n", "response", of_response);
    std::printf("%-40s %12ld bytes\n", "structs", of_rows);
    std::printf("%-40s %12ld bytes\n", "held while decoding, with the response", held);
    auto const ratio = [&](long bytes) { return static_cast<double>(bytes) / static_cast<double>(of_rows); };
    gate(17, ratio(held), 2.5, "10 000 x 20, heap held while decoding / structs");

    TableClient client{records, customer_fields};
    auto const all = held_while(client, by_all);
    auto const stream = held_while(client, by_stream);
    std::printf("%-40s %12ld bytes\n", "held while all() reads them", all);
    std::printf("%-40s %12ld bytes\n", "held while stream() reads them", stream);
    gate(17, ratio(all), 2.5, "10 000 x 20, heap held by all() / structs");
    gate(17, ratio(stream) * records / page_size, 2.5, "10 000 x 20, heap held by stream() / structs of a page");
}
