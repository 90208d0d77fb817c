// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_ASYNC_DETAIL_QUEUED_CALL_HPP
#define ZENOO_RPC_ASYNC_DETAIL_QUEUED_CALL_HPP

#include <zenoo_rpc/async/time_service.hpp>
#include <zenoo_rpc/breaker/detail/circuit_breaker_queue.hpp>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/append.hpp>
#include <boost/asio/associated_cancellation_slot.hpp>
#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>

#include <algorithm>
#include <atomic>
#include <memory>
#include <mutex>
#include <optional>
#include <utility>

namespace zenoo_rpc::detail {

/// A call in the queue of a circuit breaker: waits until it is woken, until the circuit admits a trial, or until its
/// limit.
template <class Handler>
class QueuedCall final : public CircuitBreakerQueue::Waiter,
                         public WaitNode,
                         public std::enable_shared_from_this<QueuedCall<Handler>> {
public:
    QueuedCall(Handler handler, asio::any_io_executor executor, CircuitBreaker& breaker)
        : handler_{std::move(handler)},
          executor_{std::move(executor)},
          breaker_{breaker},
          work_{asio::get_associated_executor(handler_, executor_)} {}

    void start(TimePoint limit) {
        if (auto slot = asio::get_associated_cancellation_slot(handler_); slot.is_connected()) {
            slot.assign([weak = this->weak_from_this()](asio::cancellation_type) {
                if (auto const self = weak.lock()) self->finish(asio::error::operation_aborted);
            });
        }
        auto const try_again = CircuitBreakerQueue::enqueue(breaker_, this->shared_from_this());
        if (!try_again) {
            finish({});
            return;
        }
        waiting_ = this->shared_from_this();
        {
            std::scoped_lock lock{mutex_};
            wait_ = waits_of(TimeService::of(executor_)).add(*this, std::min(*try_again, limit), executor_);
        }
        if (finished_) remove_wait();  // woken before the wait was added
    }

    bool wake() noexcept override { return finish({}); }
    void expired() noexcept override {
        auto const self = std::exchange(waiting_, nullptr);
        finish({});
    }
    void abandoned() noexcept override {
        auto const self = std::exchange(waiting_, nullptr);
        if (finished_.exchange(true)) return;
        // The breaker may outlive the context, and must not keep the handler.
        CircuitBreakerQueue::leave(breaker_, *this);
        auto const dropped = std::move(handler_);
        work_.reset();
    }

private:
    bool finish(boost::system::error_code error) {
        if (finished_.exchange(true)) return false;
        CircuitBreakerQueue::leave(breaker_, *this);
        remove_wait();
        auto const executor = work_.get_executor();
        asio::post(executor, asio::append(std::move(handler_), error));
        work_.reset();
        return true;
    }

    void remove_wait() {
        std::scoped_lock lock{mutex_};
        if (wait_ && waits_of(TimeService::of(executor_)).remove(*wait_)) waiting_.reset();
    }

    Handler handler_;
    asio::any_io_executor executor_;
    CircuitBreaker& breaker_;
    asio::executor_work_guard<asio::associated_executor_t<Handler, asio::any_io_executor>> work_;
    std::atomic<bool> finished_ = false;
    std::mutex mutex_;  // guards wait_: the call may be woken before it is set
    std::optional<WaitId> wait_;
    std::shared_ptr<QueuedCall> waiting_;  // itself, while the time service points to it
};

/// Waits without polling until a call that `breaker` rejected should try again, or until `limit`.
template <class Token>
auto async_wait_in_queue(asio::any_io_executor executor, CircuitBreaker& breaker, TimePoint limit, Token&& token) {
    return asio::async_initiate<Token, void(boost::system::error_code)>(
        [](auto handler, asio::any_io_executor where, CircuitBreaker* which, TimePoint until) {
            using Waiting = QueuedCall<decltype(handler)>;
            std::make_shared<Waiting>(std::move(handler), std::move(where), *which)->start(until);
        },
        token, std::move(executor), &breaker, limit);
}

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_ASYNC_DETAIL_QUEUED_CALL_HPP
