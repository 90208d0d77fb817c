// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_CORE_CHECK_HPP
#define ZENOO_RPC_CORE_CHECK_HPP

#include <zenoo_rpc/core/clock.hpp>

#include <limits>
#include <sstream>
#include <stdexcept>
#include <string_view>

namespace zenoo_rpc::detail {

/// Throws `std::invalid_argument` that names the member, its value and what it should be.
template <class Value>
[[noreturn, gnu::noinline, gnu::cold]] void refuse_value(std::string_view member, Value value,
                                                         std::string_view should_be) {
    std::ostringstream text;
    text << member << " is " << value << ", but " << should_be;
    throw std::invalid_argument{text.str()};
}

inline void require_at_least_one(std::string_view member, int value) {
    if (value < 1) refuse_value(member, value, "must be at least 1");
}

inline void require_not_negative(std::string_view member, Duration value) {
    if (value < Duration::zero()) refuse_value(member, value.count(), "must not be negative (nanoseconds)");
}

/// Refuses zero, negative numbers, infinity and NaN.
inline void require_positive(std::string_view member, double value) {
    if (!(value > 0.0 && value <= std::numeric_limits<double>::max())) {
        refuse_value(member, value, "must be a positive, finite number");
    }
}

/// Refuses NaN too.
inline void require_fraction(std::string_view member, double value) {
    if (!(value >= 0.0 && value <= 1.0)) refuse_value(member, value, "must be between 0 and 1");
}

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_CORE_CHECK_HPP
