// SPDX-License-Identifier: BSL-1.0
// Properties of every strategy, over the whole range of its values.
#include "retry/strategy_inputs.hpp"
#include "support/catch.hpp"
#include "support/holds.hpp"

#include <zenoo_rpc/exceptions.hpp>
#include <zenoo_rpc/retry/any_strategy.hpp>
#include <zenoo_rpc/retry/by_failure.hpp>
#include <zenoo_rpc/retry/decorrelated_jitter.hpp>
#include <zenoo_rpc/retry/delay_sequence.hpp>
#include <zenoo_rpc/retry/exponential_backoff.hpp>
#include <zenoo_rpc/retry/fibonacci_backoff.hpp>
#include <zenoo_rpc/retry/fixed_delay.hpp>
#include <zenoo_rpc/retry/jitter.hpp>
#include <zenoo_rpc/retry/linear_backoff.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <rapidcheck.h>
#include <vector>

using namespace std::chrono_literals;
using namespace zenoo_rpc;
using tests::Always;
using tests::any_delay;
using tests::any_random;
using tests::holds;
using tests::Inputs;
using tests::rounding;

namespace {

namespace gen = rc::gen;

template <class Visit>
void for_each_jitter(Inputs const& in, Visit visit) {
    visit(NoJitter{});
    visit(FullJitter{Always{in.random}});
    visit(EqualJitter{Always{in.random}});
    visit(ProportionalJitter{in.factor, Always{in.random}});
    visit(FullJitter{});
    visit(EqualJitter{});
    visit(ProportionalJitter{in.factor});
}

/// All strategies that have a cap.
template <Jitter J, class Visit>
void for_each_backoff(Inputs const& in, J jitter, Visit visit) {
    visit(ExponentialBackoffStrategy<J>{in.max_attempts, in.base_delay(), in.max_delay(), in.multiplier, jitter});
    visit(LinearBackoffStrategy<J>{in.max_attempts, in.base_delay(), Duration{in.increment}, in.max_delay(), jitter});
    visit(FibonacciBackoffStrategy<J>{in.max_attempts, in.base_delay(), in.max_delay(), jitter});
}

/// All strategies, with deterministic generators.
template <class Visit>
void for_each_strategy(Inputs const& in, Visit visit) {
    for_each_backoff(in, NoJitter{}, visit);
    for_each_backoff(in, FullJitter{Always{in.random}}, visit);
    for_each_backoff(in, ProportionalJitter{in.factor, Always{in.random}}, visit);
    FixedDelayStrategy const fixed{in.max_attempts, in.base_delay(), EqualJitter{Always{in.random}}};
    DecorrelatedJitterStrategy const decorrelated{in.max_attempts, in.base_delay(), in.max_delay(), Always{in.random}};
    visit(fixed);
    visit(decorrelated);
    visit(DelaySequence{in.base_delay(), Duration{in.increment}, in.max_delay()});
    visit(by_failure(when<NetworkError>(fixed), otherwise(decorrelated)));
}

bool is_about(Duration delay, long double exact) {
    return std::abs(static_cast<long double>(delay.count()) - exact) <= rounding(exact);
}

/// Compares with `exact` nanoseconds, or with the cap if that is less.
bool is_capped(Duration delay, long double exact, Duration cap) {
    return is_about(delay, std::min(exact, static_cast<long double>(cap.count())));
}

}  // namespace

TEST_CASE("no delay is negative or exceeds the cap, whatever values, attempt, jitter and random numbers") {
    CHECK(holds([](Inputs const& in) {
        auto const stays_in_bounds = [&](auto strategy) {
            for (int const attempt : {in.attempt, in.later}) {
                auto const delay = strategy.get_delay(attempt);
                RC_ASSERT(delay >= 0ns);
                RC_ASSERT(delay <= in.max_delay());
                if (attempt < 1) RC_ASSERT(delay == 0ns);
            }
        };
        for_each_jitter(in, [&](auto jitter) { for_each_backoff(in, jitter, stays_in_bounds); });
        stays_in_bounds(DecorrelatedJitterStrategy{1, in.base_delay(), in.max_delay(), Always{in.random}});
        stays_in_bounds(DecorrelatedJitterStrategy{1, in.base_delay(), in.max_delay()});
    }));
}

TEST_CASE("without jitter delays never decrease, unless the multiplier is less than 1") {
    CHECK(holds([](Inputs const& in) {
        auto const [earlier, later] = std::minmax({in.attempt, in.later});
        for_each_backoff(in, NoJitter{}, [first = earlier, second = later](auto strategy) {
            if constexpr (requires { strategy.multiplier; }) strategy.multiplier = std::max(1.0, strategy.multiplier);
            RC_ASSERT(strategy.get_delay(first) <= strategy.get_delay(second));
        });
        ExponentialBackoffStrategy shrinking{1, in.base_delay(), in.max_delay(), std::min(1.0, in.multiplier),
                                             NoJitter{}};
        if (earlier >= 1) RC_ASSERT(shrinking.get_delay(earlier) >= shrinking.get_delay(later));
    }));
}

TEST_CASE("an exponential delay is the base times a power of the multiplier, or the cap") {
    CHECK(holds([](Inputs const& in) {
        int const attempt = std::max(1, in.attempt);
        ExponentialBackoffStrategy strategy{1, in.base_delay(), in.max_delay(), in.multiplier, NoJitter{}};
        auto const power = std::pow(static_cast<long double>(in.multiplier), static_cast<long double>(attempt - 1));
        auto const exact = in.base == 0 ? 0.0L : static_cast<long double>(in.base) * power;
        RC_ASSERT(is_capped(strategy.get_delay(attempt), exact, in.max_delay()));
    }));
}

TEST_CASE("a linear delay is the base plus (attempt - 1) increments, or the cap") {
    CHECK(holds([](Inputs const& in) {
        int const attempt = std::max(1, in.attempt);
        LinearBackoffStrategy strategy{1, in.base_delay(), Duration{in.increment}, in.max_delay(), NoJitter{}};
        auto const exact = static_cast<long double>(in.base) + static_cast<long double>(in.increment) * (attempt - 1);
        RC_ASSERT(is_capped(strategy.get_delay(attempt), exact, in.max_delay()));
    }));
}

TEST_CASE("a Fibonacci delay is the base times a Fibonacci number to the nanosecond, or the cap") {
    constexpr auto numbers = [] {
        std::array<std::int64_t, 93> result{0, 1};
        for (std::size_t i = 2; i < result.size(); ++i) result[i] = result[i - 1] + result[i - 2];
        return result;
    }();
    CHECK(holds([&](Inputs const& in) {
        int const attempt = std::max(1, in.attempt);
        FibonacciBackoffStrategy strategy{1, in.base_delay(), in.max_delay(), NoJitter{}};
        auto expected = in.base == 0 ? 0ns : in.max_delay();
        if (attempt < static_cast<int>(numbers.size())) {
            auto const number = numbers[static_cast<std::size_t>(attempt)];
            if (in.base <= INT64_MAX / number) expected = std::min(in.max_delay(), Duration{in.base * number});
        }
        RC_ASSERT(strategy.get_delay(attempt) == expected);
    }));
}

TEST_CASE("a fixed delay is the same after each attempt") {
    CHECK(holds([](Inputs const& in) {
        FixedDelayStrategy strategy{1, in.base_delay(), NoJitter{}};
        RC_ASSERT(strategy.get_delay(in.attempt) == (in.attempt < 1 ? 0ns : in.base_delay()));
    }));
}

TEST_CASE("a decorrelated delay lies between the base and three times the previous one, or at the cap") {
    CHECK(holds([](Inputs const& in) {
        auto const numbers = *gen::container<std::vector<double>>(any_random());
        double number = 0.0;
        DecorrelatedJitterStrategy strategy{1, in.base_delay(), in.max_delay(), [&] { return number; }};
        auto const least = std::min(in.base_delay(), in.max_delay());
        auto previous = strategy.get_delay(1);
        RC_ASSERT(previous == least);
        int attempt = 1;
        for (double const next : numbers) {
            number = next;
            auto copy = strategy;
            auto const delay = strategy.get_delay(++attempt);
            RC_ASSERT(copy.get_delay(attempt) == delay);
            RC_ASSERT(delay >= least);
            RC_ASSERT(delay <= in.max_delay());
            auto const widest = 3 * static_cast<long double>(previous.count());
            RC_ASSERT(static_cast<long double>(delay.count()) <= widest + rounding(widest));
            auto const base = static_cast<long double>(in.base);
            auto const span = std::max(0.0L, std::min(widest, 0x1p63L) - base);
            RC_ASSERT(is_capped(delay, base + span * static_cast<long double>(next), in.max_delay()));
            previous = delay;
        }
        RC_ASSERT(strategy.get_delay(1) == least);
    }));
}

TEST_CASE("a sequence returns exactly its delays and allows one more attempt") {
    CHECK(holds([](Inputs const& in) {
        auto const ticks = *gen::container<std::vector<std::int64_t>>(any_delay());
        std::vector<Duration> const delays(ticks.begin(), ticks.end());
        DelaySequence const sequence{delays};
        RC_ASSERT(sequence.max_attempts() == static_cast<int>(delays.size()) + 1);
        int attempt = 0;
        for (auto const delay : delays) RC_ASSERT(sequence.next_delay({.attempt = ++attempt}) == delay);
        RC_ASSERT(!sequence.next_delay({.attempt = ++attempt}));
        auto const any = sequence.get_delay(in.attempt);
        RC_ASSERT(any == 0ns || std::count(delays.begin(), delays.end(), any) > 0);
    }));
}

TEST_CASE("next_delay of every strategy is the delay of the failed attempt, as long as attempts remain") {
    CHECK(holds([](Inputs const& in) {
        for_each_strategy(in, [&](auto strategy) {
            auto twin = strategy;
            auto const delay = strategy.next_delay({.attempt = in.attempt, .last_failure = Errc::network_error});
            RC_ASSERT(delay.has_value() == (in.attempt < detail::attempts_of(strategy)));
            RC_ASSERT(twin.should_retry(in.attempt, Errc::network_error) == delay.has_value());
            if (delay) RC_ASSERT(twin.get_delay(in.attempt) == *delay);
        });
    }));
}

TEST_CASE("AnyStrategy and its copies behave exactly like the wrapped strategy") {
    CHECK(holds([](Inputs const& in) {
        for_each_strategy(in, [&](auto strategy) {
            AnyStrategy any = strategy;
            AnyStrategy copy = any;
            for (auto const code : {Errc::network_error, Errc::user_error}) {
                for (int const attempt : {1, in.attempt, in.later}) {
                    RetryContext const context{.attempt = attempt, .last_failure = code};
                    auto const next = strategy.next_delay(context);
                    RC_ASSERT(any.next_delay(context) == next);
                    RC_ASSERT(copy.next_delay(context) == next);
                    auto const delay = strategy.get_delay(attempt);
                    RC_ASSERT(any.get_delay(attempt) == delay);
                    RC_ASSERT(copy.get_delay(attempt) == delay);
                    RC_ASSERT(any.should_retry(attempt, code) == strategy.should_retry(attempt, code));
                    RC_ASSERT(any.decides_alone(code) == detail::decides_alone(strategy, code));
                }
                copy = any;
            }
            RC_ASSERT(any.max_attempts() == detail::attempts_of(strategy));
        });
    }));
}

TEST_CASE("by_failure behaves exactly like the strategy of the failure") {
    CHECK(holds([](Inputs const& in) {
        ExponentialBackoffStrategy first{in.max_attempts, in.base_delay(), in.max_delay(), in.multiplier, NoJitter{}};
        FixedDelayStrategy second{in.later, Duration{in.increment}, NoJitter{}};
        auto strategy = by_failure(when<NetworkError, TimeoutError>(first), otherwise(second));
        auto const code = *gen::element(Errc::network_error, Errc::timed_out, Errc::bad_gateway, Errc::user_error);
        RetryContext const context{.attempt = in.attempt, .last_failure = code};
        bool const is_first = code == Errc::network_error || code == Errc::timed_out;
        RC_ASSERT(strategy.next_delay(context) == (is_first ? first.next_delay(context) : second.next_delay(context)));
    }));
}
