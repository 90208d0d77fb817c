// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_ASYNC_DETAIL_IMPL_WAITS_IPP
#define ZENOO_RPC_ASYNC_DETAIL_IMPL_WAITS_IPP

#include <zenoo_rpc/async/detail/waits.hpp>

#include <boost/asio/bind_executor.hpp>
#include <boost/asio/execution/outstanding_work.hpp>
#include <boost/asio/prefer.hpp>
#include <boost/asio/system_executor.hpp>

#include <utility>

namespace zenoo_rpc::detail {

void Waits::add(WaitNode& node, WaitId const& wait, asio::any_io_executor const& executor) {
    std::scoped_lock lock{mutex_};
    node.id_ = wait;
    waiting_.insert(node);
    if (!work_) work_ = asio::prefer(executor, asio::execution::outstanding_work.tracked);
    if (wait.when == TimePoint::max() || clock_.is_virtual() || shut_down_) return;
    if (!timer_) timer_.emplace(executor);
    if (wait.when < armed_for_) arm(wait.when);
}

WaitNode* Waits::take_out(WaitId const& wait, asio::any_io_executor& last_work) {
    std::scoped_lock lock{mutex_};
    auto const found = waiting_.find(wait);
    if (found == waiting_.end()) return nullptr;
    WaitNode& node = *found;
    waiting_.erase(found);
    if (waiting_.empty()) last_work = std::exchange(work_, nullptr);
    // An armed timer would keep the context running although nothing waits for it.
    bool const timer_is_unused = waiting_.empty() || waiting_.begin()->id_.when == TimePoint::max();
    if (timer_is_unused && timer_ && armed_for_ != TimePoint::max()) {
        armed_for_ = TimePoint::max();
        timer_->cancel();
    }
    return &node;
}

bool Waits::expire_next(TimePoint limit) {
    std::unique_lock lock{mutex_};
    if (waiting_.empty()) return false;
    WaitNode& node = *waiting_.begin();
    if (node.id_.when == TimePoint::max() || node.id_.when > limit) return false;
    waiting_.erase(waiting_.begin());
    clock_.skip_to(node.id_.when);
    asio::any_io_executor last_work;
    if (waiting_.empty()) last_work = std::exchange(work_, nullptr);
    lock.unlock();
    node.expired();
    return true;
}

void Waits::shut_down() {
    std::unique_lock lock{mutex_};
    shut_down_ = true;
    timer_.reset();
    work_ = nullptr;
    while (!waiting_.empty()) {
        WaitNode& node = *waiting_.begin();
        waiting_.erase(waiting_.begin());
        lock.unlock();  // freeing a node may remove others
        node.abandoned();
        lock.lock();
    }
}

void Waits::arm(TimePoint when) {
    armed_for_ = when;
    timer_->expires_at(when);
    // The shared timer must not wait for the strand of the caller whose executor it has.
    timer_->async_wait(asio::bind_executor(asio::system_executor{}, [this](boost::system::error_code error) {
        if (!error) on_timer();
    }));
}

void Waits::on_timer() {
    std::unique_lock lock{mutex_};
    while (!waiting_.empty() && !shut_down_) {
        WaitNode& node = *waiting_.begin();
        auto const when = node.id_.when;
        if (when == TimePoint::max()) break;
        if (when > Clock::now()) return arm(when);
        waiting_.erase(waiting_.begin());
        lock.unlock();
        node.expired();
        lock.lock();
    }
    armed_for_ = TimePoint::max();
    if (waiting_.empty()) work_ = nullptr;
}

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_ASYNC_DETAIL_IMPL_WAITS_IPP
