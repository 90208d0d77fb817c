// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_ASYNC_FALLBACK_HPP
#define ZENOO_RPC_ASYNC_FALLBACK_HPP

#include <zenoo_rpc/async/detail/behind_gates.hpp>
#include <zenoo_rpc/async/detail/coroutine_warnings.hpp>
#include <zenoo_rpc/async/detail/interruption.hpp>
#include <zenoo_rpc/async/detail/outcome.hpp>
#include <zenoo_rpc/async/pipeline.hpp>
#include <zenoo_rpc/breaker/circuit_breaker_open_error.hpp>
#include <zenoo_rpc/core/errors.hpp>
#include <zenoo_rpc/retry/failure_predicate.hpp>
#include <zenoo_rpc/retry/retry_errors.hpp>

#include <boost/asio/this_coro.hpp>

#include <concepts>
#include <exception>
#include <type_traits>
#include <utility>

ZENOO_RPC_COROUTINES_BEGIN
namespace zenoo_rpc {

/// Accepts failures that a fallback replaces: exhausted retries, timeouts, open circuits and transient failures, but
/// not failures that are never retried, such as an unknown outcome.
struct GaveUp {
    bool operator()(Failure const& failure) const {
        if (failure.never_retried()) return false;
        return failure.transient() || failure.is<RetryExhaustedError>() || failure.is<TimeoutError>()
               || failure.is<RetryTimeoutError>() || failure.is<CircuitBreakerOpenError>();
    }
};

namespace detail {

/// Creates the substitute: copies a value, or calls a factory, with the failure if it takes one.
template <class Source>
decltype(auto) substitute(Source const& source, Failure const& failure) {
    if constexpr (std::invocable<Source const&, Failure const&>) {
        return source(failure);
    } else if constexpr (std::invocable<Source const&>) {
        return source();
    } else {
        return Source(source);  // without braces, which could select a constructor from a list
    }
}

template <class T>
inline constexpr bool is_awaitable = requires { typename awaitable_value<T>::type; };

template <class T, class Source, class Accepts, class Op>
asio::awaitable<T> with_substitute(Source source, Accepts accepts, Op operation, RetryContext const& context) {
    Failure failure;
    try {
        if constexpr (std::is_void_v<T>) {
            co_await invoke_operation(operation, context);
            co_return;
        } else {
            T value = co_await invoke_operation(operation, context);
            failure = failure_in(value);
            if (!failure) co_return value;
        }
    } catch (...) {
        failure = Failure{std::current_exception()};
    }
    auto const cancellation = co_await asio::this_coro::cancellation_state;
    if (is_cancelled(cancellation)) co_return deliver<T>(cancelled_with(failure));
    if (failure.cancelled() || !accepts(failure)) co_return deliver<T>(std::move(failure));

    using Made = decltype(substitute(source, failure));
    if constexpr (is_awaitable<Made>) {
        auto making = substitute(source, failure);
        co_return co_await std::move(making);
    } else if constexpr (std::is_void_v<T>) {
        static_cast<void>(substitute(source, failure));
    } else {
        co_return T(substitute(source, failure));
    }
}

}  // namespace detail

/// Layer that replaces a failure by a substitute; see `fallback`.
template <class Source, class Accepts>
class FallbackLayer {
public:
    FallbackLayer(Source source, Accepts accepts) : source_(std::move(source)), accepts_{std::move(accepts)} {}

    template <class T, class Gates, class Op>
    auto run(Gates gates, Op operation, RetryContext const& context) const {
        auto inner = detail::behind_gates(std::move(gates), std::move(operation));
        return detail::with_substitute<T>(source_, accepts_, std::move(inner), context);
    }

private:
    Source source_;
    Accepts accepts_;
};

/// Returns a layer that yields a substitute if retries are exhausted, time is up, a circuit is open, or the failure is
/// transient; not for unknown outcomes, permanent failures or cancellation.
///
/// The substitute is a copy of the value, or the result of the factory, which takes nothing or the `Failure` and
/// returns T or `awaitable<T>`.
template <class Source>
Pipeline<FallbackLayer<Source, GaveUp>> fallback(Source value_or_factory) {
    return Pipeline{FallbackLayer<Source, GaveUp>{std::move(value_or_factory), GaveUp{}}};
}

/// Returns a layer that yields a substitute if retries are exhausted, time is up, a circuit is open, the failure is
/// transient, or `also` accepts it; never for cancellation.
///
/// The substitute is a copy of the value, or the result of the factory, which takes nothing or the `Failure` and
/// returns T or `awaitable<T>`.
template <class Source, FailurePredicate Also>
auto fallback(Source value_or_factory, Also also) {
    auto accepts = [also = std::move(also)](Failure const& failure) { return GaveUp{}(failure) || also(failure); };
    return Pipeline{FallbackLayer<Source, decltype(accepts)>{std::move(value_or_factory), std::move(accepts)}};
}

}  // namespace zenoo_rpc
ZENOO_RPC_COROUTINES_END

#endif  // ZENOO_RPC_ASYNC_FALLBACK_HPP
