// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_ASYNC_DETAIL_WAITS_HPP
#define ZENOO_RPC_ASYNC_DETAIL_WAITS_HPP

#include <zenoo_rpc/async/detail/inner_executor.hpp>
#include <zenoo_rpc/async/detail/service_clock.hpp>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/execution/outstanding_work.hpp>
#include <boost/asio/prefer.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/intrusive/set.hpp>

#include <atomic>
#include <cstdint>
#include <mutex>
#include <optional>
#include <utility>

namespace zenoo_rpc::detail {

using WaitHook = boost::intrusive::set_base_hook<boost::intrusive::link_mode<boost::intrusive::normal_link>,
                                                 boost::intrusive::optimize_size<true>>;

/// Identifies one wait, and is never reused, unlike an address.
struct WaitId {
    TimePoint when;
    std::uint64_t number = 0;
    friend auto operator<=>(WaitId const&, WaitId const&) = default;
};

/// Base of a wait. Between `add` and the single call of `expired` or `abandoned`, or a successful `remove`, it belongs
/// to the `Waits` and must not move.
class WaitNode : public WaitHook {
public:
    WaitNode() = default;
    WaitNode(WaitNode const&) = delete;
    WaitNode& operator=(WaitNode const&) = delete;

    /// Called when the time has come, on any thread that runs the context, outside any lock.
    virtual void expired() noexcept = 0;
    /// Called when the context is destroyed: frees the wait without resuming it.
    virtual void abandoned() noexcept = 0;

protected:
    ~WaitNode() = default;

private:
    friend class Waits;
    friend bool operator<(WaitNode const& left, WaitNode const& right) noexcept { return left.id_ < right.id_; }
    WaitId id_;
};

/// All waits of one execution context, with one timer that is armed for the earliest end.
class Waits {
public:
    explicit Waits(ServiceClock& clock) noexcept : clock_{clock} {}

    /// Returns the id of a wait that is still to be added.
    WaitId next_id(TimePoint when) noexcept { return {when, ++last_number_}; }
    /// Calls `node.expired()` at its time, never if that is `TimePoint::max()`. By then the node may be gone.
    void add(WaitNode& node, WaitId const& wait, asio::any_io_executor const& executor);
    WaitId add(WaitNode& node, TimePoint when, asio::any_io_executor const& executor) {
        auto const wait = next_id(when);
        add(node, wait, executor);
        return wait;
    }
    /// Removes and returns a waiting node; null if it is no longer waiting.
    WaitNode* remove(WaitId const& wait) {
        return remove(wait, [](WaitNode&) {});
    }
    /// Removes and returns a waiting node, after calling `use(node)` before the context could run out of work; null if
    /// it is no longer waiting.
    template <class Use>
    WaitNode* remove(WaitId const& wait, Use use) {
        asio::any_io_executor last_work;
        WaitNode* const node = take_out(wait, last_work);
        if (node) use(*node);
        return node;
    }

    /// Advances virtual time to the earliest wait that ends by `limit`, and ends it; returns false if there is none.
    bool expire_next(TimePoint limit);
    /// Abandons all waits, because the context is being destroyed.
    void shut_down();

private:
    struct ById {
        using type = WaitId;
        WaitId const& operator()(WaitNode const& node) const noexcept { return node.id_; }
    };
    using Waiting = boost::intrusive::set<WaitNode, boost::intrusive::key_of_value<ById>>;

    WaitNode* take_out(WaitId const& wait, asio::any_io_executor& last_work);
    void arm(TimePoint when);
    void on_timer();

    ServiceClock& clock_;
    std::mutex mutex_;
    Waiting waiting_;
    asio::any_io_executor work_;  ///< tracked: keeps the context running while there are waits
    std::atomic<std::uint64_t> last_number_ = 0;
    std::optional<asio::steady_timer> timer_;
    TimePoint armed_for_ = TimePoint::max();
    bool shut_down_ = false;
};

[[gnu::noinline]] inline void Waits::add(WaitNode& node, WaitId const& wait, asio::any_io_executor const& executor) {
    std::scoped_lock lock{mutex_};
    node.id_ = wait;
    waiting_.insert(node);
    if (!work_) work_ = asio::prefer(innermost(executor), asio::execution::outstanding_work.tracked);
    if (wait.when == TimePoint::max() || clock_.is_virtual() || shut_down_) return;
    if (!timer_) timer_.emplace(innermost(executor));
    if (wait.when < armed_for_) arm(wait.when);
}

[[gnu::noinline]] inline WaitNode* Waits::take_out(WaitId const& wait, asio::any_io_executor& last_work) {
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

[[gnu::noinline]] inline bool Waits::expire_next(TimePoint limit) {
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

[[gnu::noinline]] inline void Waits::shut_down() {
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

[[gnu::noinline]] inline void Waits::arm(TimePoint when) {
    armed_for_ = when;
    timer_->expires_at(when);
    timer_->async_wait([this](boost::system::error_code error) {
        if (!error) on_timer();
    });
}

[[gnu::noinline]] inline void Waits::on_timer() {
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

#endif  // ZENOO_RPC_ASYNC_DETAIL_WAITS_HPP
