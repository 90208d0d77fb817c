// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_RETRY_RESULT_PREDICATE_HPP
#define ZENOO_RPC_RETRY_RESULT_PREDICATE_HPP

#include <concepts>

namespace zenoo_rpc {

/// No result is worth another attempt.
struct KeepEveryResult {
    template <class T>
    constexpr bool operator()(T const&) const noexcept {
        return false;
    }
};

namespace detail {

/// Asked about the value in a `result`, unless the predicate takes the result itself.
template <class Predicate, class T>
constexpr bool asks_again(Predicate const& predicate, T const& value) {
    if constexpr (std::predicate<Predicate const&, T const&>) {
        return predicate(value);
    } else {
        static_assert(
            requires { predicate(value.value()); },
            "retry_if_result must be a function from what the operation yields to bool");
        return predicate(value.value());
    }
}

}  // namespace detail
}  // namespace zenoo_rpc

#endif  // ZENOO_RPC_RETRY_RESULT_PREDICATE_HPP
