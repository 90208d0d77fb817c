// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_SRC_ODOO_HTTP_TRAFFIC_HPP
#define ZENOO_RPC_SRC_ODOO_HTTP_TRAFFIC_HPP

#include <zenoo_rpc/async/detail/async_event.hpp>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/intrusive/list.hpp>

#include <cstddef>
#include <mutex>
#include <optional>

namespace zenoo_rpc::detail {

/// Who may speak with the server: so many at a time, the others in line, first come first served; nobody once it is
/// closed.
///
/// Threads: safe to share.
class Traffic {
    using Hook = boost::intrusive::list_base_hook<>;

public:
    enum class Entry { inside, in_line, line_is_full, closed };
    /// Why an exchange was not left to end by itself.
    enum class Interruption { none, closed, out_of_time };

    /// One exchange: from when it asks to enter until its destruction. Belongs to one coroutine.
    class Visit : public Hook {
    public:
        explicit Visit(Traffic& traffic) : traffic_{traffic} {}
        Visit(Visit const&) = delete;
        Visit& operator=(Visit const&) = delete;
        ~Visit() { traffic_.leave(*this); }

        Entry enter() { return traffic_.enter(*this); }
        /// Waits in line: `inside` then. Cancellation: ends at once with `in_line`, as `Traffic::interrupt` has it end.
        boost::asio::awaitable<Entry> turn();

        /// Which open socket an interruption may shut down from now on; none before it is closed. False if the
        /// interruption has been.
        bool uses(boost::asio::ip::tcp::socket* socket);
        /// Sends it away, or has its socket fail. From any thread; the first interruption counts.
        void interrupt(Interruption why);
        Interruption interruption() const;

    private:
        friend class Traffic;
        Traffic& traffic_;
        AsyncEvent turn_;             // or an interruption
        std::optional<Entry> state_;  // what follows, too, is guarded by the lock of traffic_
        boost::asio::ip::tcp::socket* socket_ = nullptr;
        Interruption interruption_ = Interruption::none;
    };

    Traffic(std::size_t at_once, std::size_t in_line) : most_inside_{at_once}, most_in_line_{in_line} {}

    /// Lets nobody enter any more.
    void close();
    /// Waits until everybody has left a traffic that is closed.
    boost::asio::awaitable<void> emptied();
    /// Sends away who is in line, and has the sockets of the others fail.
    void interrupt();

private:
    Entry enter(Visit& visit);
    void leave(Visit& visit);
    static void interrupt(Visit& visit, Interruption why);
    /// Under the lock.
    void set_if_emptied() noexcept {
        if (closed_ && inside_.empty() && line_.empty()) emptied_.set();
    }

    std::size_t const most_inside_;
    std::size_t const most_in_line_;
    AsyncEvent emptied_;
    mutable std::mutex mutex_;  // of what follows
    bool closed_ = false;
    boost::intrusive::list<Visit> inside_;
    boost::intrusive::list<Visit> line_;  // empty unless all places are taken
};

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_SRC_ODOO_HTTP_TRAFFIC_HPP
