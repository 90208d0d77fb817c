// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_ASYNC_OPERATION_HPP
#define ZENOO_RPC_ASYNC_OPERATION_HPP

#include <zenoo_rpc/core/detail/failure_access.hpp>
#include <zenoo_rpc/core/exceptions.hpp>
#include <zenoo_rpc/retry/retry_context.hpp>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/error.hpp>
#include <boost/system/result.hpp>

#include <concepts>
#include <type_traits>
#include <utility>

namespace zenoo_rpc {

namespace asio = boost::asio;

/// What an operation may return instead of throwing: its failures are repeated as exceptions are, and whatever ends the
/// execution comes in the result. Nothing is thrown but the `std::invalid_argument` of an unusable policy. In a
/// `boost::system::result<T>`, which holds a code alone, an exception without one is `Errc::unclassified`, and an outer
/// retry cannot see that an inner one has given up: their attempts multiply.
template <class T>
using Result = boost::system::result<T, Failure>;

namespace detail {

template <class T>
struct awaitable_value;
template <class T, class Executor>
struct awaitable_value<asio::awaitable<T, Executor>> {
    using type = T;
};

template <class Op>
decltype(auto) invoke_operation(Op& operation, RetryContext const& context) {
    if constexpr (std::invocable<Op&, RetryContext const&>) {
        return operation(context);
    } else {
        return operation();
    }
}

}  // namespace detail

/// What can be repeated: a callable, with or without a `RetryContext const&`, giving `awaitable<T>`.
template <class Op>
concept Operation =
    std::move_constructible<Op> && (std::invocable<Op&> || std::invocable<Op&, RetryContext const&>)
    && requires(Op& operation, RetryContext const& context) {
           typename detail::awaitable_value<decltype(detail::invoke_operation(operation, context))>::type;
       };

/// The `T` that co_awaiting the operation yields.
template <Operation Op>
using OperationResult = typename detail::awaitable_value<decltype(detail::invoke_operation(
    std::declval<Op&>(), std::declval<RetryContext const&>()))>::type;

namespace detail {

template <class T>
inline constexpr bool is_result = false;
template <class T, class E>
inline constexpr bool is_result<boost::system::result<T, E>> = std::same_as<E, Failure> || std::same_as<E, error_code>;

/// What a returned value says of the attempt: empty unless it is a failed result.
template <class T>
Failure failure_in(T const& value) {
    if constexpr (is_result<T>) {
        if (value.has_error()) return Failure{value.error()};
    }
    return {};
}

/// A failure as a code, which has no place to say what may never be repeated, unless it says so by itself.
[[gnu::noinline]] inline error_code code_alone(Failure const& failure) noexcept {
    if (!failure.never_retried() || Failure{failure.code()}.never_retried()) return failure.code();
    if (failure.caused_by<OutcomeUnknownError>()) return make_error_code(Errc::outcome_unknown);
    if (failure.is<AuthenticationError>()) return make_error_code(Errc::authentication_failed);
    return make_error_code(Errc::unclassified);
}

/// Hands a failure to the caller in the manner of the operation: as a result, or by throwing.
template <class T>
T deliver(Failure failure) {
    if constexpr (is_result<T>) {
        if (failure.is<CircuitBreakerOpenError>()) FailureAccess::set_code(failure, Errc::circuit_open);
        if constexpr (std::same_as<typename T::error_type, Failure>) {
            return T{boost::system::in_place_error, std::move(failure)};
        } else {
            return T{boost::system::in_place_error, code_alone(failure)};
        }
    } else {
        failure.raise();
    }
}

/// An operation that lives in the frame of an outer coroutine.
template <class Op>
class OperationRef {
public:
    explicit OperationRef(Op& operation) noexcept : operation_{&operation} {}
    auto operator()(RetryContext const& context) const { return invoke_operation(*operation_, context); }

private:
    Op* operation_;
};

/// The context of an operation that nothing repeats. Not in a function, which would ask at each call whether it is
/// made.
inline RetryContext const context_of_nothing;
inline RetryContext const& no_context() noexcept { return context_of_nothing; }

/// The same, known when it is compiled.
struct Outermost {
    operator RetryContext const&() const noexcept { return no_context(); }
};

}  // namespace detail
}  // namespace zenoo_rpc

#endif  // ZENOO_RPC_ASYNC_OPERATION_HPP
