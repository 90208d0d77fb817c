// SPDX-License-Identifier: BSL-1.0
#include "support/allocations.hpp"

#include "../../tests/support/allocation_counter.hpp"

namespace zenoo_rpc::bench {

long allocations() noexcept { return tests::allocations; }

}  // namespace zenoo_rpc::bench
