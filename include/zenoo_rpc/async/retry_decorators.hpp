// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_ASYNC_RETRY_DECORATORS_HPP
#define ZENOO_RPC_ASYNC_RETRY_DECORATORS_HPP

#include <zenoo_rpc/async/async_retry.hpp>
#include <zenoo_rpc/async/decorate.hpp>
#include <zenoo_rpc/async/fallback.hpp>
#include <zenoo_rpc/core/detail/failure_access.hpp>
#include <zenoo_rpc/retry/retry_options.hpp>

#include <chrono>
#include <concepts>
#include <stdexcept>
#include <type_traits>
#include <utility>

namespace zenoo_rpc {

namespace detail {

/// Accepts failures unless the request itself is at fault, or the library has already ended an execution with them.
struct MayRecover {
    static constexpr auto never = ErrorClass::user | ErrorClass::validation | ErrorClass::access | ErrorClass::missing
                                  | ErrorClass::method_not_found | ErrorClass::protocol | library_outcomes;

    bool operator()(Failure const& failure) const noexcept { return !FailureAccess::has_class(failure, never); }
};

}  // namespace detail

/// Returns a layer that retries only failures that are one of the `E`, whether transient or not.
template <class... E>
    requires(sizeof...(E) > 0)
auto retry_on_exceptions(RetryOptions options = {}) {
    return retry(detail::policy_of(options, failure_is<E...>));
}

/// Returns a layer that retries all failures, transient or not, except those of the request itself (such as validation
/// or access errors) and those that an inner retry has given up on.
template <std::same_as<RetryOptions> Options = RetryOptions>
auto retry_on_failure(Options options = {}) {
    return retry(detail::policy_of(options, detail::MayRecover{}));
}

/// Returns a layer that retries transient failures, and yields a substitute instead of giving up; see `fallback`.
template <class Source>
auto retry_with_fallback(RetryOptions options, Source value_or_factory) {
    return fallback(std::move(value_or_factory)) | retry(detail::policy_of(options));
}

/// Returns a layer that retries transient failures until `total_timeout`, then fails with `RetryTimeoutError`. Throws
/// `std::invalid_argument` if `total_timeout` is not set.
template <std::same_as<RetryOptions> Options = RetryOptions>
auto retry_with_timeout(Options options) {
    if (options.total_timeout == unlimited) {
        throw std::invalid_argument{"retry_with_timeout needs a RetryOptions::total_timeout, but it is unlimited"};
    }
    return retry(detail::policy_of(options));
}

/// Layer that retries the failures for which its condition, `bool(Failure const&, int attempt)`, returns true.
template <class Condition>
    requires std::predicate<Condition const&, Failure const&, int> && std::copy_constructible<Condition>
struct ConditionalRetry {
    Condition condition;
    int max_attempts = 3;  ///< maximum number of attempts, including the first
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

/// Composes the layer with further ones inside it.
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
