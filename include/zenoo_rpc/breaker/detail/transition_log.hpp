// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_BREAKER_DETAIL_TRANSITION_LOG_HPP
#define ZENOO_RPC_BREAKER_DETAIL_TRANSITION_LOG_HPP

#include <zenoo_rpc/retry/retry_event.hpp>

#include <deque>
#include <memory>
#include <mutex>
#include <new>
#include <string>
#include <utility>
#include <vector>

namespace zenoo_rpc::detail {

/// Delivers transitions to observers one after the other, in the order in which they happened, outside the breaker's
/// lock.
///
/// A thread that makes a transition records it under that lock and then calls `deliver`; if another thread is already
/// delivering, that one delivers this transition as well.
class TransitionLog {
public:
    /// Records a transition. Without memory for it the event is lost, so that the transition itself still happens.
    void record(RetryEventType type, Duration delay, Failure failure) noexcept {
        std::scoped_lock lock{mutex_};
        try {
            if (!observers_.empty()) pending_.push_back({type, delay, std::move(failure)});
        } catch (std::bad_alloc const&) {
            return;
        }
    }

    void deliver(std::string const& breaker) noexcept {
        std::unique_lock lock{mutex_};
        if (delivering_) return;
        delivering_ = true;
        while (!pending_.empty()) {
            std::vector<std::weak_ptr<AnyObserver>> observers;
            try {
                observers = observers_;
            } catch (std::bad_alloc const&) {
                break;  // delivered after the next transition
            }
            auto const next = std::move(pending_.front());
            pending_.pop_front();
            lock.unlock();
            RetryEvent const event{next.type, breaker, 0, next.delay, next.failure};
            for (auto const& weak : observers) {
                if (auto const observer = weak.lock()) notify(*observer, event);
            }
            lock.lock();
        }
        delivering_ = false;
    }

    [[nodiscard]] std::shared_ptr<void const> observe(AnyObserver observer) {
        auto shared = std::make_shared<AnyObserver>(std::move(observer));
        std::scoped_lock lock{mutex_};
        std::erase_if(observers_, [](auto const& weak) { return weak.expired(); });
        observers_.push_back(shared);
        return shared;
    }

private:
    struct Transition {
        RetryEventType type;
        Duration delay;
        Failure failure;
    };

    std::mutex mutex_;
    std::deque<Transition> pending_;
    std::vector<std::weak_ptr<AnyObserver>> observers_;
    bool delivering_ = false;
};

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_BREAKER_DETAIL_TRANSITION_LOG_HPP
