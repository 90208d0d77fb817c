// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_BENCH_SUPPORT_CALLS_HPP
#define ZENOO_RPC_BENCH_SUPPORT_CALLS_HPP

#include <zenoo_rpc/retry.hpp>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/deferred.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/system/result.hpp>
#include <boost/system/system_error.hpp>

#include <chrono>
#include <optional>

namespace zenoo_rpc::bench {

namespace asio = boost::asio;

inline int volatile response = 42;  // so that compilers do not know the value

[[gnu::noinline]] inline asio::awaitable<int> await_at_once() { co_return response; }

/// Goes once through the scheduler.
[[gnu::noinline]] inline asio::awaitable<int> await_a_hop() {
    co_await asio::post(asio::deferred);
    co_return response;
}

/// Operations that call the functions above; compilers inline them like lambda expressions.
inline constexpr auto at_once = [] { return await_at_once(); };
inline constexpr auto hopping = [] { return await_a_hop(); };

/// Number of attempts that are still to fail.
struct Failures {
    int left;
};

[[gnu::noinline]] inline int throwing(Failures& failures) {
    if (failures.left-- > 0) throw boost::system::system_error{asio::error::connection_reset};
    return response;
}
[[gnu::noinline]] inline asio::awaitable<int> async_throwing(Failures& failures) {
    if (failures.left-- > 0) throw boost::system::system_error{asio::error::connection_reset};
    co_return response;
}
template <class R>
[[gnu::noinline]] asio::awaitable<R> async_returning(Failures& failures) {
    if (failures.left-- > 0) co_return R{make_error_code(asio::error::connection_reset)};
    co_return R{response};
}

/// A retry of `await_at_once` without a library, as a baseline: three attempts, and a timer created on demand.
[[gnu::noinline]] inline asio::awaitable<int> hand_written_loop() {
    std::optional<asio::steady_timer> timer;
    auto delay = std::chrono::milliseconds{10};
    for (int attempt = 1;; ++attempt) {
        try {
            co_return co_await await_at_once();
        } catch (boost::system::system_error const&) {
            if (attempt >= 3) throw;
        }
        if (!timer) timer.emplace(co_await asio::this_coro::executor);
        timer->expires_after(delay);
        delay *= 2;
        co_await timer->async_wait(asio::use_awaitable);
    }
}

inline auto const at_once_retry = RetryPolicy{
    .strategy = FixedDelayStrategy{.max_attempts = 3, .delay = Duration::zero()},
};

}  // namespace zenoo_rpc::bench

#endif  // ZENOO_RPC_BENCH_SUPPORT_CALLS_HPP
