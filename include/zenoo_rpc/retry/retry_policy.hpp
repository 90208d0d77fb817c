// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_RETRY_RETRY_POLICY_HPP
#define ZENOO_RPC_RETRY_RETRY_POLICY_HPP

#include <zenoo_rpc/retry/exponential_backoff.hpp>
#include <zenoo_rpc/retry/failure_predicate.hpp>
#include <zenoo_rpc/retry/retry_event.hpp>

#include <chrono>
#include <concepts>
#include <string_view>

namespace zenoo_rpc {

/// Accepts every result: none leads to another attempt.
struct KeepEveryResult {
    template <class T>
    constexpr bool operator()(T const&) const noexcept {
        return false;
    }
};

/// Defines which failures to retry, how often, with which delays and for how long. A value: each execution works on its
/// own copy.
template <Strategy S = ExponentialBackoffStrategy<>, RetryPredicate P = DefaultPredicate, RetryObserver O = NoObserver,
          std::copy_constructible V = KeepEveryResult>
struct RetryPolicy {
    S strategy = {};
    /// Returns true for failures to retry; may take the attempt's number as a second argument. By default transient
    /// failures, or those that a subclass of `RetryStrategy` decides to retry.
    [[no_unique_address]] P retry_if = {};
    Duration total_timeout = unlimited;    ///< limit for all attempts and the delays between them
    Duration attempt_timeout = unlimited;  ///< limit for one attempt
    [[no_unique_address]] O on_event = {};
    std::string_view operation = {};  ///< a name for events; must outlive the policy, as a literal does
    Duration max_retry_after = std::chrono::seconds{60};  ///< gives up if the server's `Retry-After` exceeds this
    bool keep_timeline = false;  ///< errors then hold a record of each attempt, at the cost of clock reads and memory
    /// Returns true for results of the operation that call for another attempt, whatever `retry_if` says. If none is
    /// left, the caller gets the last result.
    [[no_unique_address]] V retry_if_result = {};

    /// Throws `std::invalid_argument` that names the invalid member.
    void check() const {
        detail::check(strategy);
        detail::check_at_once([this](auto ask) {
            return ask(detail::NotNegative{"RetryPolicy::total_timeout", total_timeout},
                       detail::NotNegative{"RetryPolicy::attempt_timeout", attempt_timeout},
                       detail::NotNegative{"RetryPolicy::max_retry_after", max_retry_after});
        });
    }
};

namespace detail {

template <class S, class P, class O, class V>
void as_retry_policy(RetryPolicy<S, P, O, V> const&);

/// Applies the predicate to the value in a `result`, unless it takes the result itself.
template <class Predicate, class T>
constexpr bool asks_again(Predicate const& predicate, T const& value) {
    if constexpr (std::predicate<Predicate const&, T const&>) {
        return predicate(value);
    } else {
        static_assert(
            requires { predicate(value.value()); }, "retry_if_result must take the operation's result and return bool");
        return predicate(value.value());
    }
}

}  // namespace detail

/// A `RetryPolicy`, or a preset derived from one.
template <class T>
concept AnyRetryPolicyType = requires(T const& policy) { detail::as_retry_policy(policy); };

}  // namespace zenoo_rpc

#endif  // ZENOO_RPC_RETRY_RETRY_POLICY_HPP
