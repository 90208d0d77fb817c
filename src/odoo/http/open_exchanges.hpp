// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_SRC_ODOO_HTTP_OPEN_EXCHANGES_HPP
#define ZENOO_RPC_SRC_ODOO_HTTP_OPEN_EXCHANGES_HPP

#include "odoo/http/call_queue.hpp"

#include <boost/asio/ip/tcp.hpp>
#include <boost/intrusive/list.hpp>

#include <cstddef>
#include <mutex>

namespace zenoo_rpc::detail {

/// Reason why an exchange was interrupted.
enum class Interruption { none, closed, out_of_time };

class OpenExchanges;

/// One exchange of a transport, registered from `begin` until its destruction. Belongs to one coroutine.
class OpenExchange : public boost::intrusive::list_base_hook<> {
public:
    enum class Admission { running, queued, full, closed };

    explicit OpenExchange(OpenExchanges& all) noexcept;
    OpenExchange(OpenExchange const&) = delete;
    OpenExchange& operator=(OpenExchange const&) = delete;
    ~OpenExchange();

    Admission begin();
    /// Suspends a queued exchange until it is `running`. A cancellation or an interruption ends the wait at once with
    /// `queued`.
    boost::asio::awaitable<Admission> wait();

    /// Sets the open socket that an interruption shuts down; must be set to null before the socket is closed. Returns
    /// false if the exchange has been interrupted already.
    bool use(boost::asio::ip::tcp::socket* socket);
    /// Ends the wait in the queue, or shuts the socket down. The first interruption counts. May be called from any
    /// thread.
    void interrupt(Interruption why);
    Interruption interruption() const;

private:
    friend class OpenExchanges;
    void interrupt_locked(Interruption why);

    OpenExchanges& all_;
    CallQueue::Place place_;
    boost::asio::ip::tcp::socket* socket_ = nullptr;  // this and `interruption_` are guarded by the mutex of `all_`
    Interruption interruption_ = Interruption::none;
};

/// The exchanges of a transport that have not ended, and the queue in front of them. No exchange begins after `close`.
///
/// Threads: safe to share.
class OpenExchanges {
public:
    OpenExchanges(std::size_t max_concurrency, std::size_t max_queued) noexcept : queue_{max_concurrency, max_queued} {}

    /// Refuses new exchanges.
    void close();
    /// Suspends until this is closed and all exchanges have ended.
    boost::asio::awaitable<void> all_ended();
    /// Ends the wait of queued exchanges and shuts down the sockets of the others.
    void interrupt();

private:
    friend class OpenExchange;
    /// Requires the mutex to be held.
    void set_if_all_ended() noexcept {
        if (closed_ && open_.empty()) all_ended_.set();
    }

    CallQueue queue_;
    AsyncEvent all_ended_;
    std::mutex mutex_;  // guards the members below and the state of each exchange
    bool closed_ = false;
    boost::intrusive::list<OpenExchange> open_;
};

inline OpenExchange::OpenExchange(OpenExchanges& all) noexcept : all_{all}, place_{all.queue_} {}

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_SRC_ODOO_HTTP_OPEN_EXCHANGES_HPP
