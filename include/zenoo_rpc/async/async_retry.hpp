// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_ASYNC_ASYNC_RETRY_HPP
#define ZENOO_RPC_ASYNC_ASYNC_RETRY_HPP

#include <zenoo_rpc/async/detail/cancellable.hpp>
#include <zenoo_rpc/async/detail/into_frame.hpp>
#include <zenoo_rpc/async/detail/own.hpp>
#include <zenoo_rpc/async/detail/retry_driver.hpp>
#include <zenoo_rpc/async/pipeline.hpp>

#include <boost/asio/async_result.hpp>
#include <boost/asio/co_spawn.hpp>

#include <exception>
#include <type_traits>
#include <utility>

namespace zenoo_rpc {

/// Runs `operation` until it succeeds or `policy` gives up.
///
/// Errors: a failure that is not retryable is passed on unchanged; `RetryExhaustedError`, which nests the last failure,
/// if no attempts are left or the requested delay is too long; `RetryTimeoutError` if `total_timeout` leaves no time;
/// `std::invalid_argument` for an invalid policy.
/// Cancellation: any type that the calling coroutine enables; ends an attempt or a delay at once.
/// Lifetime: owns copies of both arguments.
template <class Policy, class Op>
    requires AnyRetryPolicyType<std::remove_cvref_t<Policy>> && Operation<detail::owned_t<Op>>
asio::awaitable<OperationResult<detail::owned_t<Op>>> async_retry(Policy&& policy, Op&& operation) {
    using T = OperationResult<detail::owned_t<Op>>;
    return detail::drive_retry<T>(detail::ToBeChecked{}, detail::into_frame(std::forward<Policy>(policy)),
                                  detail::own(std::forward<Op>(operation)), detail::Gates<>{}, detail::Outermost{});
}

/// Runs `operation` until it succeeds or `policy` gives up, and records all attempts in `timeline`.
///
/// Errors and cancellation: as for `async_retry(policy, operation)`.
/// Lifetime: owns copies of `policy` and `operation`; `timeline` must outlive the call.
template <class Policy, class Op>
    requires AnyRetryPolicyType<std::remove_cvref_t<Policy>> && Operation<detail::owned_t<Op>>
asio::awaitable<OperationResult<detail::owned_t<Op>>> async_retry(Policy&& policy, Op&& operation,
                                                                  RetryTimeline& timeline) {
    using T = OperationResult<detail::owned_t<Op>>;
    timeline = {};
    return detail::drive_retry<T>(detail::Checked{false}, detail::into_frame(std::forward<Policy>(policy)),
                                  detail::own(std::forward<Op>(operation)), detail::Gates<>{},
                                  detail::WithTimeline{timeline});
}

namespace detail {

template <class T>
struct spawn_signature {
    using type = void(std::exception_ptr, T);
};
template <>
struct spawn_signature<void> {
    using type = void(std::exception_ptr);
};

}  // namespace detail

/// Runs `operation` on `executor` until it succeeds or `policy` gives up. Can be called outside of coroutines; `token`
/// selects how the result is delivered.
///
/// Completion: `void(std::exception_ptr, T)`, or `void(std::exception_ptr)` if the operation returns nothing. The
/// exceptions are those of `async_retry(policy, operation)`.
/// Cancellation: terminal, partial and total.
/// Lifetime: owns copies of `policy` and `operation`.
template <class Executor, class Policy, class Op, class Token>
    requires AnyRetryPolicyType<std::remove_cvref_t<Policy>> && Operation<detail::owned_t<Op>>
             && asio::completion_token_for<Token,
                                           typename detail::spawn_signature<OperationResult<detail::owned_t<Op>>>::type>
auto async_retry(Executor const& executor, Policy&& policy, Op&& operation, Token&& token) {
    using T = OperationResult<detail::owned_t<Op>>;
    static_assert(std::is_void_v<T> || std::is_default_constructible_v<T>,
                  "with a completion token the result must be default-constructible, because Asio passes a default "
                  "value along with an exception: co_await async_retry(policy, operation), or return std::optional");
    auto work = async_retry(std::forward<Policy>(policy), std::forward<Op>(operation));
    return asio::co_spawn(executor, detail::cancellable(std::move(work)), std::forward<Token>(token));
}

/// Layer that retries; see `retry`.
template <class Policy>
class RetryLayer {
public:
    explicit RetryLayer(Policy policy) : policy_{std::move(policy)}, plainly_{detail::can_begin_plainly(policy_)} {}

    template <class T, class Gates, class Op>
    auto run(Gates gates, Op operation, RetryContext const& outer) const {
        return detail::drive_retry<T, RetryContext const&>(
            detail::Checked{plainly_ && outer.deadline == TimePoint::max()}, detail::into_frame(policy_),
            std::move(operation), std::move(gates), outer);
    }
    template <class T, class Gates, class Op>
    auto run(Gates gates, Op operation, detail::Outermost outermost) const {
        return detail::drive_retry<T>(detail::Checked{plainly_}, detail::into_frame(policy_), std::move(operation),
                                      std::move(gates), outermost);
    }

private:
    Policy policy_;
    bool plainly_;
};

/// Returns a layer that retries by `policy`, with the errors of `async_retry`.
template <class Policy>
    requires AnyRetryPolicyType<Policy>
Pipeline<RetryLayer<Policy>> retry(Policy policy) {
    return Pipeline{RetryLayer<Policy>{std::move(policy)}};
}

}  // namespace zenoo_rpc

#endif  // ZENOO_RPC_ASYNC_ASYNC_RETRY_HPP
