// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_RETRY_RETRY_POLICY_HPP
#define ZENOO_RPC_RETRY_RETRY_POLICY_HPP

#include <zenoo_rpc/retry/exponential_backoff.hpp>
#include <zenoo_rpc/retry/failure_predicate.hpp>
#include <zenoo_rpc/retry/retry_event.hpp>

#include <chrono>
#include <string_view>

namespace zenoo_rpc {

/// What to retry, how often, for how long, and how patiently. A value: each execution works on its own copy.
template <Strategy S = ExponentialBackoffStrategy<>, FailurePredicate P = DefaultPredicate,
          RetryObserver O = NoObserver>
struct RetryPolicy {
    S strategy = {};
    [[no_unique_address]] P retry_if = {};  ///< unset: transient failures, or what a `RetryStrategy` decides alone
    Duration total_timeout = unlimited;     ///< of all attempts and the delays between them
    Duration attempt_timeout = unlimited;   ///< of one attempt
    [[no_unique_address]] O on_event = {};
    std::string_view operation = {};  ///< a name for events; must outlive the policy, as a literal does
    Duration max_retry_after = std::chrono::seconds{60};  ///< a longer wish of the server's ends the retry

    /// Throws `std::invalid_argument` that names what is unusable.
    void check() const {
        detail::check(strategy);
        detail::require_not_negative("RetryPolicy::total_timeout", total_timeout);
        detail::require_not_negative("RetryPolicy::attempt_timeout", attempt_timeout);
        detail::require_not_negative("RetryPolicy::max_retry_after", max_retry_after);
    }
};

namespace detail {

template <Strategy S, FailurePredicate P, RetryObserver O>
void as_retry_policy(RetryPolicy<S, P, O> const&);

}  // namespace detail

/// A `RetryPolicy`, or a preset that is derived from one.
template <class T>
concept AnyRetryPolicyType = requires(T const& policy) {
    detail::as_retry_policy(policy);
};

}  // namespace zenoo_rpc

#endif  // ZENOO_RPC_RETRY_RETRY_POLICY_HPP
