// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_ASYNC_TIMEOUT_HPP
#define ZENOO_RPC_ASYNC_TIMEOUT_HPP

#include <zenoo_rpc/async/deadline.hpp>
#include <zenoo_rpc/async/interruption.hpp>
#include <zenoo_rpc/async/pipeline.hpp>
#include <zenoo_rpc/core/check.hpp>

#include <exception>
#include <tuple>
#include <utility>

namespace zenoo_rpc {

namespace detail {

template <class T, class Op>
asio::awaitable<T> within(Duration limit, Op operation, RetryContext const& context) {
    auto const cancellation = co_await asio::this_coro::cancellation_state;
    if (is_cancelled(cancellation)) {
        co_return deliver<T>(Failure{make_error_code(asio::error::operation_aborted)});
    }
    auto const executor = co_await asio::this_coro::executor;
    auto& time = TimeService::of(executor);
    LimitedRun<T> run{executor, time, cancellation};
    auto running = run.begin(saturating_add(time.now(), limit), operation, context);
    std::tuple<std::exception_ptr> const ended = co_await std::move(running);
    Attempt<T>& attempt = run.end(ended);
    if (attempt.value) {
        if constexpr (std::is_void_v<T>) {
            co_return;
        } else {
            co_return std::move(*attempt.value);
        }
    }
    if (is_cancelled(cancellation)) co_return deliver<T>(cancelled_with(attempt.failure));
    if (attempt.timed_out) co_return deliver<T>(timed_out_with(attempt.failure, limit));
    co_return deliver<T>(std::move(attempt.failure));
}

}  // namespace detail

/// Runs an operation for at most `limit`, then cancels it and waits until it is gone. See `timeout`.
class TimeoutLayer {
public:
    explicit TimeoutLayer(Duration limit) : limit_{limit} { detail::check_each(detail::NotNegative{"timeout", limit}); }

    template <class T, class Gates, class Op>
    auto run(Gates gates, Op operation, RetryContext const& context) const {
        if constexpr (std::same_as<Gates, detail::Gates<>>) {
            return detail::within<T>(limit_, std::move(operation), context);
        } else {
            using Inner = detail::Stage<detail::PassOn, Gates, Op>;
            return detail::within<T>(limit_, Inner{detail::PassOn{}, std::move(gates), std::move(operation)}, context);
        }
    }

private:
    Duration limit_;
};

/// Ends with `TimeoutError` what takes longer than `limit`. A value that arrives all the same wins, and so does
/// `OutcomeUnknownError`. The error takes over delivery and cause from what it ended.
inline Pipeline<TimeoutLayer> timeout(Duration limit) { return Pipeline{TimeoutLayer{limit}}; }

}  // namespace zenoo_rpc

#endif  // ZENOO_RPC_ASYNC_TIMEOUT_HPP
