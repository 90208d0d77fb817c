// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_SRC_ODOO_HTTP_CONNECTION_POOL_HPP
#define ZENOO_RPC_SRC_ODOO_HTTP_CONNECTION_POOL_HPP

#include "odoo/http/connection.hpp"

#include <zenoo_rpc/core/clock.hpp>

#include <boost/asio/execution_context.hpp>

#include <cstddef>
#include <memory>
#include <mutex>
#include <vector>

namespace zenoo_rpc::detail {

/// The idle open connections to one server.
///
/// There is no idle timer. Expired connections are closed on the next `take` or `keep`; the connections of an execution
/// context are closed when that context shuts down. Threads: safe to share.
class ConnectionPool : public std::enable_shared_from_this<ConnectionPool> {
public:
    ConnectionPool(std::size_t most, Duration idle_limit) : most_{most}, idle_limit_{idle_limit} {}

    bool keeps_any() const noexcept { return most_ > 0; }

    /// Returns the most recently used connection of `context` that is still reusable, or null.
    std::unique_ptr<Connection> take(boost::asio::execution_context& context, TimePoint now);
    void keep(std::unique_ptr<Connection> connection, boost::asio::execution_context& context, TimePoint now);

    /// Closes all connections and keeps no more.
    void close();
    /// Closes the connections of a context.
    void forget(boost::asio::execution_context& context);

private:
    struct Idle {
        std::unique_ptr<Connection> connection;
        boost::asio::execution_context* context;
        TimePoint since;
    };

    bool is_too_old(Idle const& idle, TimePoint now) const { return time_left(now, until(idle)) == Duration::zero(); }
    TimePoint until(Idle const& idle) const { return saturating_add(idle.since, idle_limit_); }

    std::size_t const most_;
    Duration const idle_limit_;
    std::mutex mutex_;  // guards the members below
    bool closed_ = false;
    std::vector<Idle> idle_;  ///< the most recently used one last
};

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_SRC_ODOO_HTTP_CONNECTION_POOL_HPP
