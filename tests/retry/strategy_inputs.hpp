// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_TESTS_RETRY_STRATEGY_INPUTS_HPP
#define ZENOO_RPC_TESTS_RETRY_STRATEGY_INPUTS_HPP

#include <zenoo_rpc/core/clock.hpp>

#include <climits>
#include <cmath>
#include <cstdint>
#include <ostream>
#include <rapidcheck.h>

namespace zenoo_rpc::tests {

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

inline std::ostream& operator<<(std::ostream& stream, Inputs const& in) {
    stream.precision(17);
    return stream << "attempt " << in.attempt << ", later " << in.later << ", max_attempts " << in.max_attempts
                  << ", base " << in.base << ", increment " << in.increment << ", cap " << in.cap << ", multiplier "
                  << in.multiplier << ", factor " << in.factor << ", random " << in.random;
}

/// Uniform, independent of RapidCheck's size.
inline rc::Gen<double> in_unit_interval() {
    return rc::gen::map(rc::gen::resize(rc::kNominalSize, rc::gen::inRange<std::int64_t>(0, std::int64_t{1} << 53)),
                        [](std::int64_t number) { return std::ldexp(static_cast<double>(number), -53); });
}

inline rc::Gen<double> any_random() {
    return rc::gen::weightedOneOf<double>(
        {{1, rc::gen::element(0.0, 0.5, std::nextafter(1.0, 0.0))}, {2, in_unit_interval()}});
}

inline rc::Gen<double> any_factor() {
    return rc::gen::weightedOneOf<double>({{1, rc::gen::element(0.0, 0.25, 1.0)}, {2, in_unit_interval()}});
}

inline rc::Gen<int> any_attempt() {
    return rc::gen::weightedOneOf<int>({{3, rc::gen::inRange(1, 120)},
                                        {1, rc::gen::element(INT_MIN, -1, 0, 1, 2, INT_MAX)},
                                        {1, rc::gen::resize(rc::kNominalSize, rc::gen::arbitrary<int>())}});
}

/// All magnitudes are equally likely, from 0 to Duration::max().
inline rc::Gen<std::int64_t> any_delay() {
    auto const of_any_length = rc::gen::apply([](std::int64_t ticks, int bits) { return ticks >> bits; },
                                              rc::gen::resize(rc::kNominalSize, rc::gen::nonNegative<std::int64_t>()),
                                              rc::gen::resize(rc::kNominalSize, rc::gen::inRange(0, 63)));
    return rc::gen::weightedOneOf<std::int64_t>(
        {{1, rc::gen::element<std::int64_t>(0, 1, 1'000'000'000, 60'000'000'000, INT64_MAX - 1, INT64_MAX)},
         {3, of_any_length}});
}

/// All magnitudes are equally likely, from 1e-9 to 1e9.
inline rc::Gen<double> any_multiplier() {
    auto const of_any_magnitude =
        rc::gen::map(in_unit_interval(), [](double number) { return std::pow(10.0, 18.0 * number - 9.0); });
    return rc::gen::weightedOneOf<double>(
        {{1, rc::gen::element(1e-9, 0.5, std::nextafter(1.0, 0.0), 1.0, std::nextafter(1.0, 2.0), 1.5, 2.0, 1e9)},
         {2, of_any_magnitude}});
}

inline rc::Gen<Inputs> any_inputs() {
    return rc::gen::build<Inputs>(
        rc::gen::set(&Inputs::attempt, any_attempt()), rc::gen::set(&Inputs::later, any_attempt()),
        rc::gen::set(&Inputs::max_attempts, any_attempt()), rc::gen::set(&Inputs::base, any_delay()),
        rc::gen::set(&Inputs::increment, any_delay()), rc::gen::set(&Inputs::cap, any_delay()),
        rc::gen::set(&Inputs::multiplier, any_multiplier()), rc::gen::set(&Inputs::factor, any_factor()),
        rc::gen::set(&Inputs::random, any_random()));
}

/// A generator that always returns the same number.
struct Always {
    double number = 0.0;
    double operator()() const { return number; }
};

/// Products are doubles: each of at most eight roundings adds up to 2^-53 of the value, the last one up to a tick.
inline long double rounding(long double exact) { return 1.0L + std::ldexp(exact, -50); }

}  // namespace zenoo_rpc::tests

template <>
struct rc::Arbitrary<zenoo_rpc::tests::Inputs> {
    static Gen<zenoo_rpc::tests::Inputs> arbitrary() { return zenoo_rpc::tests::any_inputs(); }
};

#endif  // ZENOO_RPC_TESTS_RETRY_STRATEGY_INPUTS_HPP
