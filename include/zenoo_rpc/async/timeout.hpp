// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_ASYNC_TIMEOUT_HPP
#define ZENOO_RPC_ASYNC_TIMEOUT_HPP

#include <zenoo_rpc/async/detail/behind_gates.hpp>
#include <zenoo_rpc/async/detail/coroutine_warnings.hpp>
#include <zenoo_rpc/async/detail/deadline.hpp>
#include <zenoo_rpc/async/detail/interruption.hpp>
#include <zenoo_rpc/async/detail/outcome.hpp>
#include <zenoo_rpc/async/pipeline.hpp>
#include <zenoo_rpc/core/detail/check.hpp>

#include <exception>
#include <utility>

ZENOO_RPC_COROUTINES_BEGIN
namespace zenoo_rpc {

namespace detail {

template <class T>
[[gnu::noinline]] T deliver_cancelled() {
    return deliver<T>(Failure{make_error_code(asio::error::operation_aborted)});
}

/// Returns what the caller gets of a run that has ended. Kept out of its coroutine, whose memory Asio recycles if it is
/// small.
template <class T>
[[gnu::noinline]] T outcome_within(Duration limit, Attempt<T>& attempt, bool cancelled) {
    if (attempt.value) {
        if constexpr (std::is_void_v<T>) {
            return;
        } else {
            return std::move(*attempt.value);
        }
    }
    if (cancelled) return deliver<T>(cancelled_with(attempt.failure));
    if (attempt.timed_out) return deliver<T>(timed_out_with(attempt.failure, limit));
    return deliver<T>(std::move(attempt.failure));
}

template <class T, class Op>
asio::awaitable<T> within(Duration limit, Op operation, RetryContext const& context) {
    auto const cancellation = co_await asio::this_coro::cancellation_state;
    if (is_cancelled(cancellation)) co_return deliver_cancelled<T>();
    LimitedRun<T> run{co_await asio::this_coro::executor, cancellation};
    auto running = run.begin(run.after(limit), operation, context);
    co_await std::move(running);
    co_return outcome_within<T>(limit, run.end(), is_cancelled(cancellation));
}

}  // namespace detail

/// Layer that limits the time of an operation; see `timeout`.
class TimeoutLayer {
public:
    explicit TimeoutLayer(Duration limit) : limit_{limit} { detail::check_each(detail::NotNegative{"timeout", limit}); }

    template <class T, class Gates, class Op>
    auto run(Gates gates, Op operation, RetryContext const& context) const {
        return detail::within<T>(limit_, detail::behind_gates(std::move(gates), std::move(operation)), context);
    }

private:
    Duration limit_;
};

/// Returns a layer that runs an operation for at most `limit`, then cancels it, waits until it has ended, and fails
/// with `TimeoutError`. A value that arrives nevertheless is returned, and an error other than the cancellation, such
/// as `OutcomeUnknownError`, is passed on. The `TimeoutError` adopts delivery and cause of the operation's failure.
/// Throws `std::invalid_argument` if `limit` is negative.
inline Pipeline<TimeoutLayer> timeout(Duration limit) { return Pipeline{TimeoutLayer{limit}}; }

}  // namespace zenoo_rpc
ZENOO_RPC_COROUTINES_END

#endif  // ZENOO_RPC_ASYNC_TIMEOUT_HPP
