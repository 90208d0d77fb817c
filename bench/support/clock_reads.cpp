// SPDX-License-Identifier: BSL-1.0
// Replaces the clocks of glibc for the whole program, which must have only one thread.
#include "support/clock_reads.hpp"

#include <dlfcn.h>
#include <time.h>

namespace {

long count = 0;

}  // namespace

namespace zenoo_rpc::bench {

long clock_reads() noexcept { return count; }

}  // namespace zenoo_rpc::bench

extern "C" {

int clock_gettime(clockid_t clock, timespec* time) noexcept {
    static auto* const original = reinterpret_cast<decltype(&clock_gettime)>(dlsym(RTLD_NEXT, "clock_gettime"));
    ++count;
    return original(clock, time);
}

}  // extern "C"
