// SPDX-License-Identifier: BSL-1.0
#include "support/allocations.hpp"

#include "../../tests/support/allocation_counter.hpp"

namespace zenoo_rpc::bench {

long allocations() noexcept { return tests::allocations; }

long live_bytes() noexcept { return tests::live_bytes; }
long most_live_bytes() noexcept { return tests::most_live_bytes; }
void forget_most_live_bytes() noexcept { tests::most_live_bytes = tests::live_bytes; }

}  // namespace zenoo_rpc::bench
