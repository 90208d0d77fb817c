// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_ASYNC_DETAIL_ASYNC_EVENT_HPP
#define ZENOO_RPC_ASYNC_DETAIL_ASYNC_EVENT_HPP

#include <zenoo_rpc/async/detail/coroutine_warnings.hpp>
#include <zenoo_rpc/async/time_service.hpp>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/associated_cancellation_slot.hpp>
#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/cancellation_type.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/intrusive/list.hpp>

#include <mutex>
#include <optional>
#include <utility>

ZENOO_RPC_COROUTINES_BEGIN
namespace zenoo_rpc::detail {

/// A one-shot event that coroutines can wait for.
///
/// A wait lives in the frame of its coroutine and allocates nothing else. The event must outlive it.
/// Threads: safe to share, even between contexts, one of which may be destroyed while coroutines wait in it.
class AsyncEvent {
    using Hook = boost::intrusive::list_base_hook<>;

    /// One wait. Only the thread that removes it from the time service ends it.
    class Waiter final : public Hook, public WaitNode {
    public:
        using Token = asio::use_awaitable_t<> const;
        using Handler = asio::async_result<asio::use_awaitable_t<>, void()>::handler_type;

        explicit Waiter(AsyncEvent& event) noexcept : event_{event} {}

        void begin(Handler handler, TimePoint limit);
        /// Returns true if the event ended the wait.
        bool is_woken() const noexcept { return is_woken_; }

        void expired() noexcept override {
            leave();
            resume();
        }
        void abandoned() noexcept override {
            leave();
            auto const dropped = std::move(*handler_);  // destroys the frame that contains this object
        }

    private:
        friend class AsyncEvent;

        void leave() noexcept {
            std::scoped_lock lock{event_.mutex_};
            event_.waiting_.erase(event_.waiting_.iterator_to(*this));
        }
        /// Resumes the coroutine, after which this object may be gone.
        void resume() {
            auto handler = std::move(*handler_);
            asio::post(std::move(handler));
        }

        AsyncEvent& event_;
        std::optional<Handler> handler_;
        Waits* waits_ = nullptr;
        WaitId wait_;
        bool is_woken_ = false;
    };

    struct Begin {
        void operator()(Waiter::Handler handler, Waiter* waiter, TimePoint limit) const {
            waiter->begin(std::move(handler), limit);
        }
    };

public:
    AsyncEvent() = default;
    AsyncEvent(AsyncEvent const&) = delete;
    AsyncEvent& operator=(AsyncEvent const&) = delete;

    /// Wakes all waiting coroutines, each on its own executor and after this call. Later waits end at once.
    void set() noexcept;

    /// Suspends the calling coroutine until the event is set. Yields false if `limit` passed first, or on a
    /// cancellation of any type, which ends the wait at once.
    asio::awaitable<bool> wait(TimePoint limit = TimePoint::max()) {
        Waiter waiter{*this};
        auto waking = asio::async_initiate<Waiter::Token, void()>(Begin{}, asio::use_awaitable, &waiter, limit);
        co_await std::move(waking);
        co_return waiter.is_woken();
    }

private:
    std::mutex mutex_;  // guards the members below; a time service's mutex may be locked while it is held
    bool is_set_ = false;
    boost::intrusive::list<Waiter> waiting_;
};

[[gnu::noinline]] inline void AsyncEvent::Waiter::begin(Handler handler, TimePoint limit) {
    asio::any_io_executor const executor = asio::get_associated_executor(handler);
    auto& waits = waits_of(TimeService::of(executor));
    auto const wait = waits.next_id(limit);
    if (auto slot = asio::get_associated_cancellation_slot(handler); slot.is_connected()) {
        slot.assign(
            [&waits, wait](asio::cancellation_type) { waits.remove(wait, [](WaitNode& node) { node.expired(); }); });
    }
    waits_ = &waits;
    wait_ = wait;
    handler_.emplace(std::move(handler));
    {
        std::scoped_lock lock{event_.mutex_};
        is_woken_ = event_.is_set_;
        if (!is_woken_) {
            event_.waiting_.push_back(*this);
            waits.add(*this, wait, executor);
            return;
        }
    }
    resume();
}

[[gnu::noinline]] inline void AsyncEvent::set() noexcept {
    boost::intrusive::list<Waiter> woken;
    {
        std::scoped_lock lock{mutex_};
        is_set_ = true;
        for (auto next = waiting_.begin(); next != waiting_.end();) {
            auto const waiter = next++;
            if (!waiter->waits_->remove(waiter->wait_)) continue;  // has been ended otherwise, and is about to leave
            waiter->is_woken_ = true;
            woken.splice(woken.end(), waiting_, waiter);
        }
    }
    while (!woken.empty()) {
        Waiter& waiter = woken.front();
        woken.pop_front();
        waiter.resume();
    }
}

}  // namespace zenoo_rpc::detail
ZENOO_RPC_COROUTINES_END

#endif  // ZENOO_RPC_ASYNC_DETAIL_ASYNC_EVENT_HPP
