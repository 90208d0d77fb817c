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

/// Open connections with one server that nobody uses just now.
///
/// Nothing waits for their end: what has become too old is closed when the next is taken or kept, and when the
/// execution context goes that it belongs to. Threads: safe to share.
class ConnectionPool : public std::enable_shared_from_this<ConnectionPool> {
public:
    ConnectionPool(std::size_t most, Duration idle_limit) : most_{most}, idle_limit_{idle_limit} {}

    bool keeps_any() const noexcept { return most_ > 0; }

    /// The one of this context that was used last and is still good; null if there is none.
    std::unique_ptr<Connection> take(boost::asio::execution_context& context, TimePoint now);
    void keep(std::unique_ptr<Connection> connection, boost::asio::execution_context& context, TimePoint now);

    /// Closes all, and keeps none from now on.
    void close();
    /// Closes those of a context.
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
    std::mutex mutex_;  // of what follows
    bool closed_ = false;
    std::vector<Idle> idle_;  ///< the one used last is at the end
};

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_SRC_ODOO_HTTP_CONNECTION_POOL_HPP
