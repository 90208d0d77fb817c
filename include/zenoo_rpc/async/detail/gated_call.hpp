// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_ASYNC_DETAIL_GATED_CALL_HPP
#define ZENOO_RPC_ASYNC_DETAIL_GATED_CALL_HPP

#include <zenoo_rpc/async/detail/admission.hpp>
#include <zenoo_rpc/async/detail/caught.hpp>
#include <zenoo_rpc/async/detail/coroutine_warnings.hpp>
#include <zenoo_rpc/async/detail/interruption.hpp>
#include <zenoo_rpc/async/detail/outcome.hpp>
#include <zenoo_rpc/async/operation.hpp>
#include <zenoo_rpc/async/time_service.hpp>
#include <zenoo_rpc/retry/detail/final_errors.hpp>

#include <utility>

ZENOO_RPC_COROUTINES_BEGIN
namespace zenoo_rpc::detail {

/// Passes a call through gates, without retries.
template <class T, class Gates, class Op>
asio::awaitable<T> gated_call(Gates gates, Op operation, RetryContext const& outer) {
    RetryContext context = outer;
    if (!context.clock) context.clock = &TimeService::of(co_await asio::this_coro::executor).time_source();

    typename Gates::Tokens tokens;
    auto admission = Admission::granted;
    if (!gates.enter(tokens, context)) admission = co_await wait_for_admission(gates, tokens, context);
    switch (admission) {
        case Admission::granted: break;
        case Admission::refused: co_return deliver<T>(gates.refusal(tokens, context));
        case Admission::out_of_time:
            co_return deliver<T>(out_of_time(context, Errc::retry_timeout, Delivery::not_sent));
        case Admission::cancelled: co_return deliver<T>(cancelled_with({}));
    }
    Failure failure;
    try {
        if constexpr (std::is_void_v<T>) {
            co_await invoke_operation(operation, context);
            Gates::settle(tokens);
            co_return;
        } else {
            T value = co_await invoke_operation(operation, context);
            failure = failure_in(value);
            if (!failure) {
                Gates::settle(tokens);
                co_return value;
            }
        }
    } catch (std::exception const& error) {
        take_caught(failure, &error);
    } catch (...) {
        take_caught(failure, nullptr);
    }
    Gates::settle(tokens, failure, *context.clock);
    // Read only now: the operation may have reset the state of this coroutine.
    auto const cancellation = co_await asio::this_coro::cancellation_state;
    if (is_cancelled(cancellation)) co_return deliver<T>(cancelled_with(failure));
    co_return deliver<T>(std::move(failure));
}

}  // namespace zenoo_rpc::detail
ZENOO_RPC_COROUTINES_END

#endif  // ZENOO_RPC_ASYNC_DETAIL_GATED_CALL_HPP
