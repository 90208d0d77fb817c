// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_ASYNC_DETAIL_ADMISSION_HPP
#define ZENOO_RPC_ASYNC_DETAIL_ADMISSION_HPP

#include <zenoo_rpc/async/detail/coroutine_warnings.hpp>
#include <zenoo_rpc/async/detail/gates.hpp>
#include <zenoo_rpc/async/detail/interruption.hpp>

#include <boost/asio/this_coro.hpp>

#include <utility>

ZENOO_RPC_COROUTINES_BEGIN
namespace zenoo_rpc::detail {

enum class Admission { granted, refused, out_of_time, cancelled };

/// Waits at the gate that rejected the call, if calls wait there, and enters when it is admitted.
///
/// Kept out of the driver's frame, because it is rarely needed.
template <class Gates>
asio::awaitable<Admission> wait_for_admission(Gates& gates, typename Gates::Tokens& tokens,
                                              RetryContext const& context) {
    auto const cancellation = co_await asio::this_coro::cancellation_state;
    for (;;) {
        auto pause = gates.wait(tokens, co_await asio::this_coro::executor, context.deadline);
        if (!pause) co_return Admission::refused;
        Gates::leave(tokens);
        bool interrupted = false;
        try {
            co_await std::move(*pause);
        } catch (boost::system::system_error const&) {
            interrupted = true;
        }
        bool const cancelled = interrupted || is_cancelled(cancellation);
        bool const late = context.deadline != TimePoint::max() && context.clock->now() >= context.deadline;
        if (!cancelled && !late && gates.enter(tokens, context)) co_return Admission::granted;
        gates.wake_next();
        if (cancelled) co_return Admission::cancelled;
        if (late) co_return Admission::out_of_time;
    }
}

}  // namespace zenoo_rpc::detail
ZENOO_RPC_COROUTINES_END

#endif  // ZENOO_RPC_ASYNC_DETAIL_ADMISSION_HPP
