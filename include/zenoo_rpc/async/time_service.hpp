// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_ASYNC_TIME_SERVICE_HPP
#define ZENOO_RPC_ASYNC_TIME_SERVICE_HPP

#include <zenoo_rpc/async/detail/inner_executor.hpp>
#include <zenoo_rpc/core/clock.hpp>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/execution/context.hpp>
#include <boost/asio/execution/outstanding_work.hpp>
#include <boost/asio/execution_context.hpp>
#include <boost/asio/prefer.hpp>
#include <boost/asio/query.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/intrusive/set.hpp>

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <utility>

namespace zenoo_rpc {

namespace asio = boost::asio;

/// The only source of time and of waiting in this library: one for each execution context, made on first use.
///
/// All waiting shares one timer of the context, armed for the earliest deadline. Tests switch the service to
/// virtual time, in which nothing waits: see `testing::VirtualTime`.
///
/// Threads: safe to share.
class TimeService final : public asio::execution_context::service {
    using Hook = boost::intrusive::set_base_hook<boost::intrusive::link_mode<boost::intrusive::normal_link>,
                                                 boost::intrusive::optimize_size<true>>;

public:
    using key_type = TimeService;
    static inline asio::execution_context::id id;

    /// Names one wait for ever: an address could come back as that of another.
    struct WaitId {
        TimePoint when;
        std::uint64_t number = 0;
        friend auto operator<=>(WaitId const&, WaitId const&) = default;
    };

    /// Something that waits. Between `add` and the one call of `expired` or `abandoned`, or a successful
    /// `remove`, it belongs to the service and must stay where it is.
    class Node : public Hook {
    public:
        Node() = default;
        Node(Node const&) = delete;
        Node& operator=(Node const&) = delete;

        /// The time has come. Called on any thread that runs the context, outside any lock.
        virtual void expired() noexcept = 0;
        /// The context is being destroyed: free what is waiting, without resuming it.
        virtual void abandoned() noexcept = 0;

    protected:
        ~Node() = default;

    private:
        friend class TimeService;
        friend bool operator<(Node const& left, Node const& right) noexcept { return left.id_ < right.id_; }
        WaitId id_;
    };

    explicit TimeService(asio::execution_context& context) : service{context} {}

    template <class Executor>
    static TimeService& of(Executor const& executor) {
        return asio::use_service<TimeService>(asio::query(executor, asio::execution::context));
    }

    TimePoint now() const { return clock_->now(); }
    TimeSource const& time_source() const noexcept { return *clock_; }
    /// The same; it goes on when the context is gone.
    std::shared_ptr<TimeSource const> clock() const { return clock_; }

    /// The name of a wait that is still to be added.
    WaitId name_wait(TimePoint when) noexcept { return {when, ++last_number_}; }
    /// Calls `node.expired()` at its time, never if that is `TimePoint::max()`. By then the node may be gone.
    void add(Node& node, WaitId const& wait, asio::any_io_executor const& executor);
    WaitId add(Node& node, TimePoint when, asio::any_io_executor const& executor) {
        auto const wait = name_wait(when);
        add(node, wait, executor);
        return wait;
    }
    /// Takes a waiting node back; null if it is not waiting any more.
    Node* remove(WaitId const& wait) {
        return remove(wait, [](Node&) {});
    }
    /// The same, and calls `use(node)` before the context could think that nothing is left to do.
    template <class Use>
    Node* remove(WaitId const& wait, Use use) {
        asio::any_io_executor last_work;
        Node* const node = take_out(wait, last_work);
        if (node) use(*node);
        return node;
    }

    /// From now on time stands still, and moves only by `expire_next` and `skip_to`. Before the first wait.
    void make_virtual() { clock_->make_virtual(); }
    /// In virtual time: moves to the earliest wait that ends until `limit` and ends it. False if there is none.
    bool expire_next(TimePoint limit);
    void skip_to(TimePoint time) { clock_->skip_to(time); }

private:
    class ServiceClock final : public TimeSource, public std::enable_shared_from_this<ServiceClock> {
    public:
        TimePoint now() const override { return is_virtual() ? virtual_now_.load() : Clock::now(); }
        TimePoint coarse_now() const override { return is_virtual() ? virtual_now_.load() : coarse_steady_now(); }
        std::shared_ptr<TimeSource const> shared() const override { return shared_from_this(); }
        bool is_virtual() const noexcept { return virtual_.load(std::memory_order_relaxed); }
        void make_virtual() noexcept { virtual_ = true; }
        void skip_to(TimePoint time) noexcept {
            if (time > virtual_now_.load()) virtual_now_ = time;
        }

    private:
        std::atomic<bool> virtual_ = false;
        std::atomic<TimePoint> virtual_now_ = TimePoint{};
    };

    struct ById {
        using type = WaitId;
        WaitId const& operator()(Node const& node) const noexcept { return node.id_; }
    };
    using Waiting = boost::intrusive::set<Node, boost::intrusive::key_of_value<ById>>;

    void shutdown() override;
    Node* take_out(WaitId const& wait, asio::any_io_executor& last_work);
    void arm(TimePoint when);
    void on_timer();

    std::shared_ptr<ServiceClock> clock_ = std::make_shared<ServiceClock>();
    std::mutex mutex_;
    Waiting waiting_;
    asio::any_io_executor work_;  ///< tracked: the context goes on while somebody waits
    std::atomic<std::uint64_t> last_number_ = 0;
    std::optional<asio::steady_timer> timer_;
    TimePoint armed_for_ = TimePoint::max();
    bool shut_down_ = false;
};

[[gnu::noinline]] inline void TimeService::add(Node& node, WaitId const& wait, asio::any_io_executor const& executor) {
    std::scoped_lock lock{mutex_};
    node.id_ = wait;
    waiting_.insert(node);
    if (!work_) work_ = asio::prefer(detail::innermost(executor), asio::execution::outstanding_work.tracked);
    if (wait.when == TimePoint::max() || clock_->is_virtual() || shut_down_) return;
    if (!timer_) timer_.emplace(detail::innermost(executor));
    if (wait.when < armed_for_) arm(wait.when);
}

[[gnu::noinline]] inline TimeService::Node* TimeService::take_out(WaitId const& wait,
                                                                  asio::any_io_executor& last_work) {
    std::scoped_lock lock{mutex_};
    auto const found = waiting_.find(wait);
    if (found == waiting_.end()) return nullptr;
    Node& node = *found;
    waiting_.erase(found);
    if (waiting_.empty()) last_work = std::exchange(work_, nullptr);
    // An armed timer would keep the context running although nobody waits.
    bool const nobody_waits = waiting_.empty() || waiting_.begin()->id_.when == TimePoint::max();
    if (nobody_waits && timer_ && armed_for_ != TimePoint::max()) {
        armed_for_ = TimePoint::max();
        timer_->cancel();
    }
    return &node;
}

[[gnu::noinline]] inline bool TimeService::expire_next(TimePoint limit) {
    std::unique_lock lock{mutex_};
    if (waiting_.empty()) return false;
    Node& node = *waiting_.begin();
    if (node.id_.when == TimePoint::max() || node.id_.when > limit) return false;
    waiting_.erase(waiting_.begin());
    clock_->skip_to(node.id_.when);
    asio::any_io_executor last_work;
    if (waiting_.empty()) last_work = std::exchange(work_, nullptr);
    lock.unlock();
    node.expired();
    return true;
}

[[gnu::noinline]] inline void TimeService::shutdown() {
    std::unique_lock lock{mutex_};
    shut_down_ = true;
    timer_.reset();
    work_ = nullptr;
    while (!waiting_.empty()) {
        Node& node = *waiting_.begin();
        waiting_.erase(waiting_.begin());
        lock.unlock();  // what is freed may take back other nodes
        node.abandoned();
        lock.lock();
    }
}

[[gnu::noinline]] inline void TimeService::arm(TimePoint when) {
    armed_for_ = when;
    timer_->expires_at(when);
    timer_->async_wait([this](boost::system::error_code error) {
        if (!error) on_timer();
    });
}

[[gnu::noinline]] inline void TimeService::on_timer() {
    std::unique_lock lock{mutex_};
    while (!waiting_.empty() && !shut_down_) {
        Node& node = *waiting_.begin();
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

}  // namespace zenoo_rpc

#endif  // ZENOO_RPC_ASYNC_TIME_SERVICE_HPP
