// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_ASYNC_DETAIL_FIRST_ATTEMPT_HPP
#define ZENOO_RPC_ASYNC_DETAIL_FIRST_ATTEMPT_HPP

#include <zenoo_rpc/async/detail/attempt.hpp>
#include <zenoo_rpc/async/detail/caught.hpp>
#include <zenoo_rpc/async/detail/execution.hpp>
#include <zenoo_rpc/async/detail/outcome.hpp>

#include <exception>
#include <optional>
#include <type_traits>
#include <utility>
#include <variant>

// Most calls succeed at once. A first attempt that does needs no `Execution`: no clock, no context, no bookkeeping.
// docs/decisions/0013-first-attempt.md says what each trick here buys.

namespace zenoo_rpc::detail {

/// Returns true if the policy does not require an `Execution` for the first attempt. Throws for an invalid policy.
template <class Policy>
[[gnu::always_inline]] inline bool begins_plainly(Policy const& policy) {
    if (policy.total_timeout != unlimited || policy.attempt_timeout != unlimited || policy.keep_timeline) return false;
    policy.check();
    return true;
}

/// A policy that is yet to be checked.
struct ToBeChecked {
    [[gnu::always_inline]] bool begins_plainly(auto const& policy) const { return detail::begins_plainly(policy); }
};
/// A policy that its layer checked when it was created.
struct Checked {
    bool plain;
    bool begins_plainly(auto const&) const noexcept { return plain; }
};
template <class Policy>
bool can_begin_plainly(Policy const& policy) noexcept try {
    return begins_plainly(policy);
} catch (...) {
    return false;  // each execution will throw the reason
}

/// True if a first attempt needs no `Execution`, unless the policy's values require one.
template <class Policy, class Gates, class Op>
inline constexpr bool first_attempt_can_be_plain =
    !sees_context<Op> && keeps_every_result<Policy> && Gates::can_enter_at_once;

/// Outcome of a first attempt without an `Execution`, which the driver keeps if it fails.
template <class T, class Gates>
struct FirstAttempt {
    /// True if nothing can throw after the first attempt has yielded its value.
    static constexpr bool succeeds_silently =
        Gates::count == 0 && !is_result<T> && std::is_nothrow_move_constructible_v<T>;

    typename Gates::Tokens tokens;
    std::optional<AttemptValue<T>> value;
    Caught caught;
    [[no_unique_address]] std::conditional_t<succeeds_silently, std::monostate, bool> has_succeeded{};

    void succeeds() {
        has_succeeded = true;
        Gates::settle(tokens);
    }
    /// Stores the exception that is being handled. One thrown by a gate that is notified of a success, or while the
    /// value is moved, is not a failure of the operation and is rethrown.
    void fails(std::exception const* error) {
        if constexpr (!succeeds_silently) {
            if (has_succeeded) throw;
        }
        caught.hold(error);
    }
};

/// Makes a failed first attempt the first one of `execution`. Does nothing if there was none.
[[gnu::noinline, gnu::cold]] void hand_over(auto& first, auto& execution) {
    if (first.value) execution.begins_with(failure_in(*first.value));
    if (first.caught) execution.begins_with(first.caught.release());
    first.value.reset();
}

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_ASYNC_DETAIL_FIRST_ATTEMPT_HPP
