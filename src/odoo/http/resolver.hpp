// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_SRC_ODOO_HTTP_RESOLVER_HPP
#define ZENOO_RPC_SRC_ODOO_HTTP_RESOLVER_HPP

#include <zenoo_rpc/odoo/url.hpp>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/system/result.hpp>

#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace zenoo_rpc::detail {

using Endpoints = std::vector<boost::asio::ip::tcp::endpoint>;

/// Resolves the addresses of one server when they are first needed, and caches them until `forget`.
///
/// Threads: safe to share.
class Resolver {
public:
    explicit Resolver(ServerAddress const& address);

    /// Returns the addresses of the server.
    ///
    /// Cancellation: ends at once; the operating system's lookup continues and its result is discarded.
    boost::asio::awaitable<boost::system::result<Endpoints>> endpoints();
    /// Discards the cached addresses of a name, so that the next call looks it up again.
    void forget();
    /// Ends all lookups, current and future ones, as if they were cancelled.
    void give_up();

private:
    struct Search;
    struct Abandon;

    Endpoints known() const;
    void remember(Endpoints found);
    bool has_given_up() const;

    std::string const host_;
    std::uint16_t const port_;
    bool is_numeric_ = false;
    mutable std::mutex mutex_;
    Endpoints known_;
    std::vector<std::shared_ptr<Search>> searches_;
    bool has_given_up_ = false;
};

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_SRC_ODOO_HTTP_RESOLVER_HPP
