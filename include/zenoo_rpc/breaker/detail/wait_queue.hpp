// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_BREAKER_DETAIL_WAIT_QUEUE_HPP
#define ZENOO_RPC_BREAKER_DETAIL_WAIT_QUEUE_HPP

#include <deque>
#include <memory>
#include <mutex>
#include <utility>

namespace zenoo_rpc::detail {

/// Calls that wait for a circuit breaker to admit them, first come, first served. The breaker's lock guards the queue;
/// calls are woken outside of it.
class WaitQueue {
public:
    class Waiter {
    public:
        /// Resumes the call. Called once; returns false if the call no longer waits.
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

    /// Empties the queue and returns its calls, to be woken by `wake`.
    std::deque<std::shared_ptr<Waiter>> release() { return std::exchange(waiting_, {}); }
    static void wake(std::deque<std::shared_ptr<Waiter>> const& released) noexcept {
        for (auto const& waiter : released) waiter->wake();
    }

private:
    std::deque<std::shared_ptr<Waiter>> waiting_;
};

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_BREAKER_DETAIL_WAIT_QUEUE_HPP
