// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_ASYNC_DETAIL_INTO_FRAME_HPP
#define ZENOO_RPC_ASYNC_DETAIL_INTO_FRAME_HPP

#include <zenoo_rpc/async/detail/own.hpp>

#include <type_traits>
#include <utility>

namespace zenoo_rpc::detail {

/// A parameter of a coroutine that is copied directly into its frame: as an argument it only refers to the object. A
/// parameter by value would be copied and then moved, a considerable part of the cost of a successful attempt.
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

/// Returns the parameter by which a coroutine owns a policy; `held` returns the policy in it.
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

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_ASYNC_DETAIL_INTO_FRAME_HPP
