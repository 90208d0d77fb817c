// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_SRC_ODOO_HTTP_NAME_LOOKUP_HPP
#define ZENOO_RPC_SRC_ODOO_HTTP_NAME_LOOKUP_HPP

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

/// The addresses of one server: looked up when they are first needed, and kept until they turn out to be of no use.
///
/// Threads: safe to share.
class NameLookup {
public:
    explicit NameLookup(ServerAddress const& address);

    /// Cancellation: ends at once; the operating system's search goes on, and nobody hears of it.
    boost::asio::awaitable<boost::system::result<Endpoints>> endpoints();
    /// Has the name looked up anew by the next call.
    void forget();
    /// Ends all searches, those to come too, as if they were cancelled.
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

#endif  // ZENOO_RPC_SRC_ODOO_HTTP_NAME_LOOKUP_HPP
