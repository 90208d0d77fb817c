// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_ASYNC_DETAIL_OWN_HPP
#define ZENOO_RPC_ASYNC_DETAIL_OWN_HPP

#include <zenoo_rpc/async/take.hpp>

#include <concepts>
#include <type_traits>
#include <utility>

namespace zenoo_rpc::detail {

template <class T>
struct untaken {
    using type = T;
};
template <class T>
struct untaken<Taken<T>> {
    using type = T;
};
/// The stored type of an argument: its copy (for a function, its address), or the object passed by `take`.
template <class T>
using owned_t = typename untaken<std::decay_t<T>>::type;

/// False for temporaries that g++ 12 may destroy twice: owning closures and aggregates in an expression with a
/// co_await.
template <class T>
inline constexpr bool destroyed_once =
#if defined(__GNUC__) && !defined(__clang__) && __GNUC__ < 13
    std::is_lvalue_reference_v<T> || std::is_trivially_destructible_v<T>;
#else
    true;
#endif

/// Copies or moves an operation; rejects at compile time what g++ 12 would destroy twice, with the remedy in the
/// message.
template <class T>
owned_t<T> own(T&& object) {
    if constexpr (!std::same_as<owned_t<T>, std::decay_t<T>>) {
        return std::forward<T>(object).release();
    } else {
        static_assert(destroyed_once<T>,
                      "g++-12 would destroy this temporary twice: give it a name first, "
                      "capture by reference, or pass it by take(std::move(name))");
        return std::forward<T>(object);
    }
}

/// Copies or moves a policy or layer; rejects aggregates that g++ 12 would destroy twice. Classes with constructors are
/// safe.
template <class T>
std::remove_cvref_t<T> own_value(T&& object) {
    static_assert(destroyed_once<T> || !std::is_aggregate_v<T>,
                  "g++-12 would destroy this temporary twice: give it a name first");
    return std::forward<T>(object);
}

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_ASYNC_DETAIL_OWN_HPP
