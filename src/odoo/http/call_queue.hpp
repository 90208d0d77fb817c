// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_SRC_ODOO_HTTP_CALL_QUEUE_HPP
#define ZENOO_RPC_SRC_ODOO_HTTP_CALL_QUEUE_HPP

#include <zenoo_rpc/async/detail/async_event.hpp>

#include <boost/asio/awaitable.hpp>
#include <boost/intrusive/list.hpp>

#include <cstddef>
#include <mutex>
#include <optional>

namespace zenoo_rpc::detail {

/// Limits how many calls run concurrently. Further calls wait in a queue of limited length, first in, first out.
///
/// Threads: safe to share.
class CallQueue {
    using Hook = boost::intrusive::list_base_hook<>;

public:
    enum class Admission { running, queued, full };

    /// The place of one call. Taken by `enter`, released on destruction. Belongs to one coroutine.
    class Place : public Hook {
    public:
        explicit Place(CallQueue& queue) noexcept : queue_{queue} {}
        Place(Place const&) = delete;
        Place& operator=(Place const&) = delete;
        ~Place() { queue_.leave(*this); }

        Admission enter() { return queue_.enter(*this); }
        /// Suspends a queued call until it may run. Returns false if a cancellation of any type ended the wait.
        boost::asio::awaitable<bool> wait() { return woken_.wait(); }
        /// Ends the wait as if the call were allowed to run. May be called from any thread.
        void wake() noexcept { woken_.set(); }

    private:
        friend class CallQueue;
        CallQueue& queue_;
        AsyncEvent woken_;
        std::optional<Admission> admission_;  // guarded by the queue's mutex
    };

    CallQueue(std::size_t max_concurrency, std::size_t max_queued) noexcept
        : max_concurrency_{max_concurrency}, max_queued_{max_queued} {}

private:
    Admission enter(Place& place);
    void leave(Place& place);

    std::size_t const max_concurrency_;
    std::size_t const max_queued_;
    std::mutex mutex_;  // guards the members below
    boost::intrusive::list<Place> running_;
    boost::intrusive::list<Place> queued_;  // empty unless `max_concurrency_` calls run
};

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_SRC_ODOO_HTTP_CALL_QUEUE_HPP
