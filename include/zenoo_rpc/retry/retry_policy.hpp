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

/// No result is worth another attempt.
struct KeepEveryResult {
    template <class T>
    constexpr bool operator()(T const&) const noexcept {
        return false;
    }
};

/// What to retry, how often, for how long, and how patiently. A value: each execution works on its own copy.
template <Strategy S = ExponentialBackoffStrategy<>, RetryPredicate P = DefaultPredicate, RetryObserver O = NoObserver,
          std::copy_constructible V = KeepEveryResult>
struct RetryPolicy {
    S strategy = {};
    /// Of the failure, and the attempt if it takes that. Unset: transient ones, or what a `RetryStrategy` decides
    /// alone.
    [[no_unique_address]] P retry_if = {};
    Duration total_timeout = unlimited;    ///< of all attempts and the delays between them
    Duration attempt_timeout = unlimited;  ///< of one attempt
    [[no_unique_address]] O on_event = {};
    std::string_view operation = {};  ///< a name for events; must outlive the policy, as a literal does
    Duration max_retry_after = std::chrono::seconds{60};  ///< a longer wish of the server's ends the retry
    bool keep_timeline = false;  ///< errors tell the whole story, at the price of clock and memory
    /// Of what the operation yields: true asks for another attempt, whatever `retry_if` says. Where none is left, the
    /// caller gets the last result.
    [[no_unique_address]] V retry_if_result = {};

    /// Throws `std::invalid_argument` that names what is unusable.
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

/// A `RetryPolicy`, or a preset that is derived from one.
template <class T>
concept AnyRetryPolicyType = requires(T const& policy) { detail::as_retry_policy(policy); };

}  // namespace zenoo_rpc

#endif  // ZENOO_RPC_RETRY_RETRY_POLICY_HPP
