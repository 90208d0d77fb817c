// SPDX-License-Identifier: BSL-1.0
// The memory that records need on their way into structs: the answer, what the decoder has, and the rows.
#include "support/allocations.hpp"
#include "support/customers.hpp"
#include "support/gate.hpp"

#include <cstdio>
#include <cstdlib>

using namespace zenoo_rpc;
using namespace zenoo_rpc::bench;

namespace {

constexpr int records = 10'000;

}  // namespace

int main() {
    auto const before = live_bytes();
    auto const response = answer_of(records, customer_fields);
    auto const of_answer = live_bytes() - before;

    forget_most_live_bytes();
    auto const rows = decoded<Customer>(response);
    auto const held = most_live_bytes() - before;

    auto const without_copy = live_bytes();
    auto const copy = rows;  // without room for more
    auto const of_rows = live_bytes() - without_copy;
    if (of_answer < 1'000'000 || of_rows < records * static_cast<long>(sizeof(Customer))) std::abort();

    std::printf("%-40s %12ld bytes\n", "answer", of_answer);
    std::printf("%-40s %12ld bytes\n", "structs", of_rows);
    std::printf("%-40s %12ld bytes\n", "held while decoding, with the answer", held);
    auto const ratio = [&](long bytes) { return static_cast<double>(bytes) / static_cast<double>(of_rows); };
    gate(17, ratio(held), 2.5, "10 000 x 20, heap held while decoding / structs");
}
