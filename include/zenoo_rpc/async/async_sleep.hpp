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
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <memory>
#include <utility>

namespace zenoo_rpc {

namespace detail {

/// One sleeper: its handler waits inside the node.
template <class Handler>
class Sleeper final : public TimeService::Node {
public:
    static void start(Handler handler, TimeService& service, asio::any_io_executor const& executor, Duration delay) {
        auto slot = asio::get_associated_cancellation_slot(handler);
        auto allocator = allocator_of(handler);
        Sleeper* const memory = std::allocator_traits<decltype(allocator)>::allocate(allocator, 1);
        Sleeper* const sleeper = ::new (static_cast<void*>(memory)) Sleeper{std::move(handler), executor};
        auto const wait = service.name_wait(saturating_add(service.now(), std::max(Duration::zero(), delay)));
        if (slot.is_connected()) {  // first, for once it is added it may wake up on another thread
            slot.assign([&service, wait](asio::cancellation_type) {
                if (auto* node = service.remove(wait))
                    static_cast<Sleeper*>(node)->complete(asio::error::operation_aborted);
            });
        }
        service.add(*sleeper, wait, executor);
    }

    void expired() noexcept override { complete({}); }
    void abandoned() noexcept override { release(); }

private:
    Sleeper(Handler handler, asio::any_io_executor const& executor)
        : handler_{std::move(handler)}, work_{asio::get_associated_executor(handler_, executor)} {}

    void complete(boost::system::error_code error) {
        auto const executor = work_.get_executor();
        auto work = std::move(work_);
        asio::post(executor, asio::append(release(), error));
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
    asio::executor_work_guard<asio::associated_executor_t<Handler, asio::any_io_executor>> work_;
};

struct StartSleeper {
    template <class Handler>
    void operator()(Handler handler, TimeService* service, Duration delay) const {
        asio::any_io_executor const executor = asio::get_associated_executor(handler);
        Sleeper<Handler>::start(std::move(handler), *service, executor, delay);
    }
};

/// A sleep for coroutines of the service's context: it holds no executor, of which others keep copies in the frame.
inline auto sleep_on(TimeService& service, Duration delay) {
    return asio::async_initiate<asio::deferred_t const&, void(boost::system::error_code)>(
        StartSleeper{}, asio::deferred, &service, delay);
}

}  // namespace detail

/// Waits for `delay`, on `executor`'s time. Completes with `operation_aborted` if it is cancelled.
///
/// Completion: `void(error_code)`, never inside this call.
template <asio::completion_token_for<void(boost::system::error_code)> Token>
auto async_sleep(asio::any_io_executor executor, Duration delay, Token&& token) {
    return asio::async_initiate<Token, void(boost::system::error_code)>(
        [](auto handler, asio::any_io_executor const& where, Duration how_long) {
            detail::Sleeper<decltype(handler)>::start(std::move(handler), TimeService::of(where), where, how_long);
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
