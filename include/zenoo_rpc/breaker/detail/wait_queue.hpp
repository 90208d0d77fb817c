// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_BREAKER_DETAIL_WAIT_QUEUE_HPP
#define ZENOO_RPC_BREAKER_DETAIL_WAIT_QUEUE_HPP

#include <deque>
#include <memory>
#include <mutex>
#include <utility>

namespace zenoo_rpc::detail {

/// Calls that a circuit breaker has not let in, first come, first served. The lock of the breaker guards the queue;
/// calls are woken outside of it.
class WaitQueue {
public:
    class Waiter {
    public:
        /// Called once; false if it does not wait any more.
        virtual bool wake() noexcept = 0;

    protected:
        ~Waiter() = default;
    };

    void enqueue(std::shared_ptr<Waiter> waiter) { waiting_.push_back(std::move(waiter)); }
    void leave(Waiter const& waiter) {
        std::erase_if(waiting_, [&](auto const& one) { return one.get() == &waiter; });
    }

    void wake_next(std::unique_lock<std::mutex>& lock) {
        for (bool accepted = false; !accepted && !waiting_.empty();) {
            auto const next = std::move(waiting_.front());
            waiting_.pop_front();
            lock.unlock();
            accepted = next->wake();
            lock.lock();
        }
    }

    /// Takes all that wait, to be woken by `wake`.
    std::deque<std::shared_ptr<Waiter>> release() { return std::exchange(waiting_, {}); }
    static void wake(std::deque<std::shared_ptr<Waiter>> const& released) noexcept {
        for (auto const& waiter : released) waiter->wake();
    }

private:
    std::deque<std::shared_ptr<Waiter>> waiting_;
};

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_BREAKER_DETAIL_WAIT_QUEUE_HPP
