// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_ASYNC_DETAIL_SLEEPER_HPP
#define ZENOO_RPC_ASYNC_DETAIL_SLEEPER_HPP

#include <zenoo_rpc/async/time_service.hpp>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/append.hpp>
#include <boost/asio/associated_allocator.hpp>
#include <boost/asio/associated_cancellation_slot.hpp>
#include <boost/asio/associated_executor.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/post.hpp>

#include <concepts>
#include <memory>
#include <utility>

namespace zenoo_rpc::detail {

/// One sleep: its handler is stored in the node, and is called on its executor, or on `Fallback` if it has none.
template <class Handler, class Fallback>
class Sleeper final : public WaitNode {
public:
    [[gnu::cold]] static void start(Handler handler, Fallback fallback, asio::any_io_executor const& executor,
                                    Duration delay) {
        auto& service = TimeService::of(executor);
        auto slot = asio::get_associated_cancellation_slot(handler);
        auto allocator = allocator_of(handler);
        Sleeper* const memory = std::allocator_traits<decltype(allocator)>::allocate(allocator, 1);
        Sleeper* const sleeper = ::new (static_cast<void*>(memory)) Sleeper{std::move(handler), std::move(fallback)};
        if (delay <= Duration::zero()) return sleeper->complete({});
        auto& waits = waits_of(service);
        auto const wait = waits.next_id(saturating_add(service.now(), delay));
        if (slot.is_connected()) {  // first, because once added it may complete on another thread
            slot.assign([&waits, wait](asio::cancellation_type) {
                waits.remove(
                    wait, [](WaitNode& node) { static_cast<Sleeper&>(node).complete(asio::error::operation_aborted); });
            });
        }
        waits.add(*sleeper, wait, executor);
    }

    void expired() noexcept override { complete({}); }
    void abandoned() noexcept override { release(); }

private:
    Sleeper(Handler handler, Fallback fallback) : handler_{std::move(handler)}, fallback_{std::move(fallback)} {}

    [[gnu::cold]] void complete(boost::system::error_code error) {
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

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_ASYNC_DETAIL_SLEEPER_HPP
