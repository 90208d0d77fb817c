// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_ASYNC_ASYNC_SLEEP_HPP
#define ZENOO_RPC_ASYNC_ASYNC_SLEEP_HPP

#include <zenoo_rpc/async/time_service.hpp>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/append.hpp>
#include <boost/asio/associated_allocator.hpp>
#include <boost/asio/associated_cancellation_slot.hpp>
#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/deferred.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/system_executor.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <concepts>
#include <memory>
#include <utility>

namespace zenoo_rpc {

namespace detail {

/// One sleeper: its handler waits inside the node, and wakes up on its executor, or on `Fallback` if it has none.
template <class Handler, class Fallback>
class Sleeper final : public TimeService::Node {
public:
    static void start(Handler handler, Fallback fallback, asio::any_io_executor const& executor, Duration delay) {
        auto& service = TimeService::of(executor);
        auto slot = asio::get_associated_cancellation_slot(handler);
        auto allocator = allocator_of(handler);
        Sleeper* const memory = std::allocator_traits<decltype(allocator)>::allocate(allocator, 1);
        Sleeper* const sleeper = ::new (static_cast<void*>(memory)) Sleeper{std::move(handler), std::move(fallback)};
        if (delay <= Duration::zero()) return sleeper->complete({});
        auto const wait = service.name_wait(saturating_add(service.now(), delay));
        if (slot.is_connected()) {  // first, for once it is added it may wake up on another thread
            slot.assign([&service, wait](asio::cancellation_type) {
                service.remove(wait, [](TimeService::Node& node) {
                    static_cast<Sleeper&>(node).complete(asio::error::operation_aborted);
                });
            });
        }
        service.add(*sleeper, wait, executor);
    }

    void expired() noexcept override { complete({}); }
    void abandoned() noexcept override { release(); }

private:
    Sleeper(Handler handler, Fallback fallback) : handler_{std::move(handler)}, fallback_{std::move(fallback)} {}

    void complete(boost::system::error_code error) {
        auto const executor = asio::get_associated_executor(handler_, fallback_);
        if constexpr (std::invocable<Handler&, boost::system::error_code>) {
            asio::post(executor, asio::append(release(), error));
        } else {
            asio::post(executor, release());
        }
    }

    Handler release() {
        auto handler = std::move(handler_);
        auto allocator = allocator_of(handler);
        this->~Sleeper();
        std::allocator_traits<decltype(allocator)>::deallocate(allocator, this, 1);
        return handler;
    }

    static auto allocator_of(Handler const& handler) {
        using Allocator = asio::associated_allocator_t<Handler>;
        using Rebound = typename std::allocator_traits<Allocator>::template rebind_alloc<Sleeper>;
        return Rebound{asio::get_associated_allocator(handler)};
    }

    Handler handler_;
    [[no_unique_address]] Fallback fallback_;
};

/// A sleep for coroutines whose frames are to be small: it holds no executor, of which others keep copies there, and
/// throws nothing when it is cancelled, which the state of the coroutine tells as well.
struct Sleep {
    struct Start {
        template <class Handler>
        [[gnu::noinline]] void operator()(Handler handler, Duration how_long) const {
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

}  // namespace detail

/// Waits for `delay`, on `executor`'s time. Completes with `operation_aborted` if it is cancelled.
///
/// Completion: `void(error_code)`, never inside this call.
template <asio::completion_token_for<void(boost::system::error_code)> Token>
auto async_sleep(asio::any_io_executor executor, Duration delay, Token&& token) {
    return asio::async_initiate<Token, void(boost::system::error_code)>(
        [](auto handler, asio::any_io_executor const& where, Duration how_long) {
            detail::Sleeper<decltype(handler), asio::any_io_executor>::start(std::move(handler), where, where,
                                                                             how_long);
        },
        token, std::move(executor), delay);
}

/// Suspends the calling coroutine for `delay`. Cancellation ends it at once, with `operation_aborted`.
inline asio::awaitable<void> async_sleep(Duration delay) {
    auto executor = co_await asio::this_coro::executor;
    co_await async_sleep(std::move(executor), delay, asio::use_awaitable);
}

}  // namespace zenoo_rpc

#endif  // ZENOO_RPC_ASYNC_ASYNC_SLEEP_HPP
