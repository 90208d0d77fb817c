// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_CORE_DETAIL_CHECK_HPP
#define ZENOO_RPC_CORE_DETAIL_CHECK_HPP

#include <zenoo_rpc/core/clock.hpp>
#include <zenoo_rpc/core/detail/config.hpp>

#include <bit>
#include <cstdint>
#include <cstdlib>
#include <limits>
#include <string_view>
#include <type_traits>

/// Rules that the members of options, strategies and policies must satisfy.
namespace zenoo_rpc::detail {

struct AtLeastOne {
    std::string_view member;
    int value;

    bool holds() const noexcept { return value >= 1; }
    int shown() const noexcept { return value; }
    static constexpr char const* should_be = "must be at least 1";
};

struct NotNegative {
    std::string_view member;
    Duration value;

    bool holds() const noexcept { return value >= Duration::zero(); }
    Duration::rep shown() const noexcept { return value.count(); }
    static constexpr char const* should_be = "must not be negative (nanoseconds)";
};

/// A number greater than zero; neither infinite nor NaN.
struct Positive {
    std::string_view member;
    double value;

    /// Compares bit patterns, which have the same order as the values of positive numbers.
    bool holds() const noexcept {
        constexpr auto above = std::bit_cast<std::uint64_t>(std::numeric_limits<double>::infinity());
        return std::bit_cast<std::uint64_t>(value) - 1 < above - 1;
    }
    double shown() const noexcept { return value; }
    static constexpr char const* should_be = "must be a positive, finite number";
};

/// A number between 0 and 1; not NaN.
struct Fraction {
    std::string_view member;
    double value;

    bool holds() const noexcept { return value >= 0.0 && value <= 1.0; }
    double shown() const noexcept { return value; }
    static constexpr char const* should_be = "must be between 0 and 1";
};

/// A rule that depends on other members.
template <class T>
struct Demand {
    std::string_view member;
    T value;
    bool met;
    char const* should_be;

    bool holds() const noexcept { return met; }
    T shown() const noexcept { return value; }
};

/// Throws `std::invalid_argument`, which names the member, its value and the rule.
[[noreturn, gnu::cold]] ZENOO_RPC_DECL void refuse_value(std::string_view member, long long value,
                                                         char const* should_be);
[[noreturn, gnu::cold]] ZENOO_RPC_DECL void refuse_value(std::string_view member, double value, char const* should_be);

template <class Rule>
void enforce(Rule const& rule) {
    if (rule.holds()) return;
    auto const value = rule.shown();
    using Shown = std::conditional_t<std::is_floating_point_v<decltype(value)>, double, long long>;
    refuse_value(rule.member, static_cast<Shown>(value), rule.should_be);
}

/// Throws `std::invalid_argument` for the first rule that does not hold, naming the member, its value and the rule.
template <class... Rule>
void check_each(Rule const&... rules) {
    (enforce(rules), ...);
}

/// Returns `options` if their `check` does not throw.
template <class Options>
Options const& checked(Options const& options) {
    options.check();
    return options;
}

template <class Rules>
[[noreturn, gnu::noinline, gnu::cold]] void refuse(Rules rules) {
    rules([](auto const&... rule) { return (enforce(rule), ..., true); });
    std::abort();  // never reached: one of the rules does not hold
}

/// Throws as `check_each` does, for checks that each execution repeats: all rules are evaluated with a single branch.
///
///     detail::check_at_once([this](auto ask) { return ask(detail::AtLeastOne{"Mine::number", number}, ...); });
template <class Rules>
void check_at_once(Rules rules) {
    bool const all_hold = rules([](auto const&... rule) { return (rule.holds() & ...); });
    if (!all_hold) refuse(rules);
}

}  // namespace zenoo_rpc::detail

#ifdef ZENOO_RPC_HEADER_ONLY
#include <zenoo_rpc/core/detail/impl/check.ipp>
#endif

#endif  // ZENOO_RPC_CORE_DETAIL_CHECK_HPP
