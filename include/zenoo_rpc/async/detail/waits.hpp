// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_ASYNC_DETAIL_WAITS_HPP
#define ZENOO_RPC_ASYNC_DETAIL_WAITS_HPP

#include <zenoo_rpc/async/detail/service_clock.hpp>
#include <zenoo_rpc/core/detail/config.hpp>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/intrusive/set.hpp>

#include <atomic>
#include <cstdint>
#include <mutex>
#include <optional>

namespace zenoo_rpc::detail {

namespace asio = boost::asio;

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
    [[gnu::noinline]] ZENOO_RPC_DECL void add(WaitNode& node, WaitId const& wait,
                                              asio::any_io_executor const& executor);
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
    [[gnu::noinline]] ZENOO_RPC_DECL bool expire_next(TimePoint limit);
    /// Abandons all waits, because the context is being destroyed.
    [[gnu::noinline]] ZENOO_RPC_DECL void shut_down();

private:
    struct ById {
        using type = WaitId;
        WaitId const& operator()(WaitNode const& node) const noexcept { return node.id_; }
    };
    using Waiting = boost::intrusive::set<WaitNode, boost::intrusive::key_of_value<ById>>;

    [[gnu::noinline]] ZENOO_RPC_DECL WaitNode* take_out(WaitId const& wait, asio::any_io_executor& last_work);
    [[gnu::noinline]] ZENOO_RPC_DECL void arm(TimePoint when);
    [[gnu::noinline]] ZENOO_RPC_DECL void on_timer();

    ServiceClock& clock_;
    std::mutex mutex_;
    Waiting waiting_;
    asio::any_io_executor work_;  ///< tracked: keeps the context running while there are waits
    std::atomic<std::uint64_t> last_number_ = 0;
    std::optional<asio::steady_timer> timer_;
    TimePoint armed_for_ = TimePoint::max();
    bool shut_down_ = false;
};

}  // namespace zenoo_rpc::detail

#ifdef ZENOO_RPC_HEADER_ONLY
#include <zenoo_rpc/async/detail/impl/waits.ipp>
#endif

#endif  // ZENOO_RPC_ASYNC_DETAIL_WAITS_HPP
