// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_ASYNC_DETAIL_SLEEP_HPP
#define ZENOO_RPC_ASYNC_DETAIL_SLEEP_HPP

#include <zenoo_rpc/async/detail/sleeper.hpp>

#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/system_executor.hpp>

#include <utility>

namespace zenoo_rpc::detail {

/// A sleep for coroutines with small frames: it stores no copy of the executor there, and does not throw when it is
/// cancelled, which the coroutine's cancellation state shows anyway.
struct Sleep {
    struct Start {
        template <class Handler>
        [[gnu::noinline, gnu::cold]] void operator()(Handler handler, Duration how_long) const {
            asio::any_io_executor const executor = asio::get_associated_executor(handler);
            Sleeper<Handler, asio::system_executor>::start(std::move(handler), {}, executor, how_long);
        }
    };

    template <asio::completion_token_for<void()> Token>
    auto operator()(Token&& token) const {
        return asio::async_initiate<Token, void()>(Start{}, token, delay);
    }

    Duration delay;
};

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_ASYNC_DETAIL_SLEEP_HPP
