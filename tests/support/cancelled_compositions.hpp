// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_TESTS_SUPPORT_CANCELLED_COMPOSITIONS_HPP
#define ZENOO_RPC_TESTS_SUPPORT_CANCELLED_COMPOSITIONS_HPP

#include "support/cancellation_sweep.hpp"
#include "support/catch.hpp"

#include <vector>

namespace zenoo_rpc::tests {

struct Composition {
    char const* name;
    CancelledRun::Work work;
};

/// Cancels `composition` at each of its points, with each cancellation type and manner; takes the other
/// parameters from `options`. Returns the number of runs.
inline int sweep(Composition const& composition, SweepOptions options) {
    int tried = 0;
    for (auto const manner : all_manners) {
        options.manner = manner;
        options.cancel_at = -1;
        CancelledRun undisturbed{options, composition.work};
        CHECK(undisturbed.points() > 0);
        using enum asio::cancellation_type;
        for (auto const type : {terminal, partial, total}) {
            options.type = type;
            for (options.cancel_at = 0; options.cancel_at <= undisturbed.points(); ++options.cancel_at) {
                INFO(composition.name << ", manner " << static_cast<int>(manner) << ", cancellation type "
                                      << static_cast<int>(type) << ", " << options.failures << " failures, point "
                                      << options.cancel_at << " of " << undisturbed.points());
                CancelledRun run{options, composition.work};
                auto const problem = run.problem(undisturbed);
                CHECK(problem == "");
                ++tried;
            }
        }
    }
    return tried;
}

inline void sweep_all(std::vector<Composition> const& compositions, SweepOptions options = {}) {
    int tried = 0;
    for (auto const& composition : compositions) {
        for (options.failures = 0; options.failures <= 5; options.failures += options.failures < 2 ? 1 : 3) {
            tried += sweep(composition, options);
        }
    }
    CHECK(tried > 0);
}

}  // namespace zenoo_rpc::tests

#endif  // ZENOO_RPC_TESTS_SUPPORT_CANCELLED_COMPOSITIONS_HPP
