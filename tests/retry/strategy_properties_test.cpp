// SPDX-License-Identifier: BSL-1.0
// Properties of every strategy and jitter, over the whole range of their values.
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
#include <zenoo_rpc/retry/linear_backoff.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <climits>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <ostream>
#include <rapidcheck.h>
#include <vector>

using namespace std::chrono_literals;
using namespace zenoo_rpc;
using tests::holds;

namespace {

/// Arguments of strategies and their calls, in any valid combination.
struct Inputs {
    int attempt;
    int later;  ///< another attempt
    int max_attempts;
    std::int64_t base;  ///< in nanoseconds, as are all members below
    std::int64_t increment;
    std::int64_t cap;
    double multiplier;
    double factor;  ///< of a proportional jitter
    double random;

    Duration base_delay() const { return Duration{base}; }
    Duration max_delay() const { return Duration{cap}; }
};

std::ostream& operator<<(std::ostream& stream, Inputs const& in) {
    stream.precision(17);
    return stream << "attempt " << in.attempt << ", later " << in.later << ", max_attempts " << in.max_attempts
                  << ", base " << in.base << ", increment " << in.increment << ", cap " << in.cap << ", multiplier "
                  << in.multiplier << ", factor " << in.factor << ", random " << in.random;
}

namespace gen = rc::gen;

/// Uniform, independent of RapidCheck's size.
rc::Gen<double> in_unit_interval() {
    return gen::map(gen::resize(rc::kNominalSize, gen::inRange<std::int64_t>(0, std::int64_t{1} << 53)),
                    [](std::int64_t number) { return std::ldexp(static_cast<double>(number), -53); });
}

rc::Gen<double> any_random() {
    return gen::weightedOneOf<double>({{1, gen::element(0.0, 0.5, std::nextafter(1.0, 0.0))}, {2, in_unit_interval()}});
}

rc::Gen<double> any_factor() {
    return gen::weightedOneOf<double>({{1, gen::element(0.0, 0.25, 1.0)}, {2, in_unit_interval()}});
}

rc::Gen<int> any_attempt() {
    return gen::weightedOneOf<int>({{3, gen::inRange(1, 120)},
                                    {1, gen::element(INT_MIN, -1, 0, 1, 2, INT_MAX)},
                                    {1, gen::resize(rc::kNominalSize, gen::arbitrary<int>())}});
}

/// All magnitudes are equally likely, from 0 to Duration::max().
rc::Gen<std::int64_t> any_delay() {
    auto const of_any_length = gen::apply([](std::int64_t ticks, int bits) { return ticks >> bits; },
                                          gen::resize(rc::kNominalSize, gen::nonNegative<std::int64_t>()),
                                          gen::resize(rc::kNominalSize, gen::inRange(0, 63)));
    return gen::weightedOneOf<std::int64_t>(
        {{1, gen::element<std::int64_t>(0, 1, 1'000'000'000, 60'000'000'000, INT64_MAX - 1, INT64_MAX)},
         {3, of_any_length}});
}

/// All magnitudes are equally likely, from 1e-9 to 1e9.
rc::Gen<double> any_multiplier() {
    auto const of_any_magnitude =
        gen::map(in_unit_interval(), [](double number) { return std::pow(10.0, 18.0 * number - 9.0); });
    return gen::weightedOneOf<double>(
        {{1, gen::element(1e-9, 0.5, std::nextafter(1.0, 0.0), 1.0, std::nextafter(1.0, 2.0), 1.5, 2.0, 1e9)},
         {2, of_any_magnitude}});
}

}  // namespace

template <>
struct rc::Arbitrary<Inputs> {
    static Gen<Inputs> arbitrary() {
        return gen::build<Inputs>(gen::set(&Inputs::attempt, any_attempt()), gen::set(&Inputs::later, any_attempt()),
                                  gen::set(&Inputs::max_attempts, any_attempt()), gen::set(&Inputs::base, any_delay()),
                                  gen::set(&Inputs::increment, any_delay()), gen::set(&Inputs::cap, any_delay()),
                                  gen::set(&Inputs::multiplier, any_multiplier()),
                                  gen::set(&Inputs::factor, any_factor()), gen::set(&Inputs::random, any_random()));
    }
};

namespace {

/// A generator that always returns the same number.
struct Always {
    double number = 0.0;
    double operator()() const { return number; }
};

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

/// Products are doubles: each of at most eight roundings adds up to 2^-53 of the value, the last one up to a tick.
long double rounding(long double exact) { return 1.0L + std::ldexp(exact, -50); }

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
