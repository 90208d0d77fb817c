// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_ASYNC_OWN_HPP
#define ZENOO_RPC_ASYNC_OWN_HPP

#include <concepts>
#include <type_traits>
#include <utility>

namespace zenoo_rpc {

/// Passes a move-only operation: `auto op = ...; co_await async_retry(policy, take(std::move(op)))`.
///
/// Says that the operation has a name, which is what the guard against g++ 12 can't see by itself.
template <class T>
class Taken {
public:
    explicit Taken(T object) : object_{std::move(object)} {}
    T release() && { return std::move(object_); }

private:
    T object_;
};

template <class T>
    requires(!std::is_lvalue_reference_v<T>)
Taken<T> take(T&& object) {
    return Taken<T>{std::move(object)};
}

namespace detail {

template <class T>
struct untaken {
    using type = T;
};
template <class T>
struct untaken<Taken<T>> {
    using type = T;
};
/// What is kept of an argument: a copy (of a function, its address), or what `take` passes on.
template <class T>
using owned_t = typename untaken<std::decay_t<T>>::type;

/// g++ 12 destroys owning closures and aggregates twice when they are temporaries of an expression with a co_await.
template <class T>
inline constexpr bool destroyed_once =
#if defined(__GNUC__) && !defined(__clang__) && __GNUC__ < 13
    std::is_lvalue_reference_v<T> || std::is_trivially_destructible_v<T>;
#else
    true;
#endif

/// Takes an operation by copying or moving it; refuses what g++ 12 would destroy twice, and names the cure.
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

/// The same for policies and layers, whose classes with constructors are safe.
template <class T>
std::remove_cvref_t<T> own_value(T&& object) {
    static_assert(destroyed_once<T> || !std::is_aggregate_v<T>,
                  "g++-12 would destroy this temporary twice: give it a name first");
    return std::forward<T>(object);
}

/// A parameter of a coroutine that is copied straight into its frame: what the call is given refers to the argument.
/// A parameter by value is copied and then moved, which is a good part of what an attempt that succeeds costs.
template <class T>
class CopiedIntoFrame {
    static constexpr bool is_trivial = std::is_trivially_destructible_v<T>;

public:
    explicit CopiedIntoFrame(T const& argument) noexcept : argument_{&argument} {}
    CopiedIntoFrame(CopiedIntoFrame&& parameter) : copy_{*parameter.argument_} {
        if constexpr (!is_trivial) argument_ = nullptr;
    }
    CopiedIntoFrame& operator=(CopiedIntoFrame&&) = delete;
    ~CopiedIntoFrame()
        requires is_trivial
    = default;
    ~CopiedIntoFrame() {
        if (!argument_) copy_.~T();
    }

    T& held() noexcept { return copy_; }

private:
    T const* argument_;
    union {
        T copy_;
    };
};

/// The parameter with which a coroutine comes to own a policy, and the policy that it holds.
template <class T>
auto into_frame(T&& policy) {
    using Policy = std::remove_cvref_t<T>;
    if constexpr (std::is_lvalue_reference_v<T> || std::is_trivially_copyable_v<Policy>) {
        return CopiedIntoFrame<Policy>{policy};
    } else {
        return own_value(std::forward<T>(policy));
    }
}
template <class T>
T& held(T& parameter) noexcept {
    return parameter;
}
template <class T>
T& held(CopiedIntoFrame<T>& parameter) noexcept {
    return parameter.held();
}

}  // namespace detail
}  // namespace zenoo_rpc

#endif  // ZENOO_RPC_ASYNC_OWN_HPP
