// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_ASYNC_RETRY_DECORATORS_HPP
#define ZENOO_RPC_ASYNC_RETRY_DECORATORS_HPP

#include <zenoo_rpc/async/async_retry.hpp>
#include <zenoo_rpc/async/decorate.hpp>
#include <zenoo_rpc/async/fallback.hpp>
#include <zenoo_rpc/retry/retry_options.hpp>

#include <chrono>
#include <concepts>
#include <stdexcept>
#include <type_traits>
#include <utility>

namespace zenoo_rpc {

/// What cannot get better: the request itself is at fault.
inline constexpr auto is_hopeless =
    failure_is<UserError, ValidationError, AccessError, MissingError, MethodNotFoundError, ProtocolError>;

/// What has been retried already, or was not let in.
inline constexpr auto has_ended =
    failure_is<RetryExhaustedError, RetryTimeoutError, CircuitBreakerOpenError, BulkRetryError>;

/// Retries failures that are one of the `E`, transient or not, and nothing else.
template <class... E>
    requires(sizeof...(E) > 0)
auto retry_on_exceptions(RetryOptions options = {}) {
    return retry(detail::policy_of(options, failure_is<E...>));
}

/// Retries everything that may get better, transient or not, but what has been retried already.
inline auto retry_on_failure(RetryOptions options = {}) {
    return retry(detail::policy_of(options, !(is_hopeless || has_ended)));
}

/// Retries transient failures, and yields a value instead of giving up; see `fallback`.
template <class Source>
auto retry_with_fallback(RetryOptions options, Source value_or_factory) {
    return fallback(std::move(value_or_factory)) | retry(detail::policy_of(options));
}

/// Retries transient failures until `total_timeout`, which must be given: then `RetryTimeoutError`.
inline auto retry_with_timeout(RetryOptions options) {
    if (options.total_timeout == unlimited) {
        throw std::invalid_argument{"retry_with_timeout needs a RetryOptions::total_timeout, but it is unlimited"};
    }
    return retry(detail::policy_of(options));
}

/// A layer that retries what its condition, `bool(Failure const&, int attempt)`, says yes to.
template <class Condition>
    requires std::predicate<Condition const&, Failure const&, int> && std::copy_constructible<Condition>
struct ConditionalRetry {
    Condition condition;
    int max_attempts = 3;  ///< the first call included
    Duration base_delay = std::chrono::seconds{1};
    Duration max_delay = std::chrono::seconds{60};
    double multiplier = 2.0;
    Duration total_timeout = unlimited;

    auto pipeline() const {
        RetryOptions const options{max_attempts, base_delay, max_delay, multiplier, total_timeout};
        return retry(detail::policy_of(options, condition));
    }

    template <class Op>
        requires Operation<detail::owned_t<Op>>
    auto operator()(Op&& operation) const& {
        return run(std::forward<Op>(operation));
    }
    template <class Op>
        requires Operation<detail::owned_t<Op>>
    auto operator()(Op&& operation) && {
        static_assert(detail::destroyed_once<ConditionalRetry>,
                      "g++-12 would destroy this temporary layer twice: give it a name first");
        return run(std::forward<Op>(operation));
    }

private:
    template <class Op>
    auto run(Op&& operation) const {
        auto const layer = pipeline();
        return layer(std::forward<Op>(operation));
    }
};

/// It composes as any layer does.
template <class Condition, class... Inner>
auto operator|(ConditionalRetry<Condition> const& outer, Pipeline<Inner...> inner) {
    return outer.pipeline() | std::move(inner);
}
template <class... Outer, class Condition>
auto operator|(Pipeline<Outer...> outer, ConditionalRetry<Condition> const& inner) {
    return std::move(outer) | inner.pipeline();
}
template <class Outer, class Inner>
auto operator|(ConditionalRetry<Outer> const& outer, ConditionalRetry<Inner> const& inner) {
    return outer.pipeline() | inner.pipeline();
}
template <class Condition, class Function>
auto decorate(ConditionalRetry<Condition> const& layer, Function function) {
    return decorate(layer.pipeline(), std::move(function));
}

}  // namespace zenoo_rpc

#endif  // ZENOO_RPC_ASYNC_RETRY_DECORATORS_HPP
