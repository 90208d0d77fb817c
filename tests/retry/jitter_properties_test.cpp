// SPDX-License-Identifier: BSL-1.0
// Properties of every jitter, over the whole range of its values.
#include "retry/strategy_inputs.hpp"
#include "support/catch.hpp"
#include "support/holds.hpp"

#include <zenoo_rpc/retry/fixed_delay.hpp>
#include <zenoo_rpc/retry/jitter.hpp>
#include <zenoo_rpc/retry/linear_backoff.hpp>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <rapidcheck.h>

using namespace std::chrono_literals;
using namespace zenoo_rpc;
using tests::Always;
using tests::holds;
using tests::Inputs;
using tests::rounding;

TEST_CASE("full jitter lies exactly within the delay, equal jitter exactly within its upper half") {
    CHECK(holds([](Inputs const& in) {
        auto const delay = in.base_delay();
        auto const check = [&](auto random) {
            auto const full = FullJitter{random}(delay);
            RC_ASSERT(full >= 0ns);
            RC_ASSERT(full <= delay);
            auto const equal = EqualJitter{random}(delay);
            RC_ASSERT(equal >= delay / 2);
            RC_ASSERT(equal <= delay);
        };
        check(Always{in.random});
        check(ThreadRandom{});
    }));
}

TEST_CASE("jitters spread a delay in proportion to the number drawn") {
    CHECK(holds([](Inputs const& in) {
        auto const delay = static_cast<long double>(in.base);
        auto const random = static_cast<long double>(in.random);
        auto const factor = static_cast<long double>(in.factor);
        RC_ASSERT(NoJitter{}(in.base_delay()) == in.base_delay());
        auto const is_spread = [&](Duration jittered, long double exact) {
            return std::abs(static_cast<long double>(jittered.count()) - exact) <= 1.0L + rounding(delay);
        };
        RC_ASSERT(is_spread(FullJitter{Always{in.random}}(in.base_delay()), delay * random));
        RC_ASSERT(is_spread(EqualJitter{Always{in.random}}(in.base_delay()), delay / 2 + delay / 2 * random));
        auto const longest = static_cast<long double>(Duration::max().count());
        RC_ASSERT(is_spread(ProportionalJitter{in.factor, Always{in.random}}(in.base_delay()),
                            std::min(longest, delay * (1 + factor * (2 * random - 1)))));
    }));
}

TEST_CASE("proportional jitter lies within its fraction of the delay on both sides and below the cap") {
    CHECK(holds([](Inputs const& in) {
        auto const factor = static_cast<long double>(in.factor);
        auto const check = [&](auto random) {
            ProportionalJitter const jitter{in.factor, random};
            FixedDelayStrategy fixed{1, in.base_delay(), jitter};
            LinearBackoffStrategy capped{1, in.base_delay(), 0ns, in.max_delay(), jitter};
            auto const stays_in_bounds = [&](Duration jittered, Duration plain) {
                auto const ticks = static_cast<long double>(jittered.count());
                auto const exact = static_cast<long double>(plain.count());
                RC_ASSERT(ticks >= exact * (1 - factor) - rounding(exact));
                RC_ASSERT(ticks <= exact * (1 + factor) + rounding(exact));
            };
            stays_in_bounds(fixed.get_delay(1), in.base_delay());
            stays_in_bounds(capped.get_delay(1), std::min(in.base_delay(), in.max_delay()));
            RC_ASSERT(capped.get_delay(1) <= in.max_delay());
        };
        check(Always{in.random});
        check(ThreadRandom{});
    }));
}
