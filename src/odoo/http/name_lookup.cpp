// SPDX-License-Identifier: BSL-1.0
#include "odoo/http/name_lookup.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/experimental/channel_error.hpp>
#include <boost/asio/experimental/concurrent_channel.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <memory>
#include <string>
#include <utility>

namespace asio = boost::asio;

namespace zenoo_rpc::detail {

namespace {

using asio::ip::tcp;
using boost::system::error_code;

}  // namespace

/// Shared by who searches and who waits: either may be gone before the other.
struct NameLookup::Search {
    explicit Search(asio::any_io_executor const& executor) : resolver{executor}, found{executor, 1} {}

    tcp::resolver resolver;
    asio::experimental::concurrent_channel<void(error_code, Endpoints)> found;
};

/// Gives up a search that is not waited for any more; one that has not begun never will.
struct NameLookup::Abandon {
    Abandon(NameLookup& lookup_, std::shared_ptr<Search> search_) : lookup{lookup_}, search{std::move(search_)} {
        std::scoped_lock lock{lookup.mutex_};
        lookup.searches_.push_back(search);
        if (lookup.has_given_up_) search->found.try_send(error_code{asio::error::operation_aborted}, Endpoints{});
    }
    Abandon(Abandon const&) = delete;
    Abandon& operator=(Abandon const&) = delete;
    ~Abandon() {
        std::scoped_lock lock{lookup.mutex_};
        std::erase(lookup.searches_, search);
        search->resolver.cancel();
    }

    NameLookup& lookup;
    std::shared_ptr<Search> search;
};

NameLookup::NameLookup(ServerAddress const& address) : host_{address.host}, port_{address.port} {
    error_code is_a_name;
    auto const numeric = asio::ip::make_address(host_, is_a_name);
    is_numeric_ = !is_a_name;
    if (is_numeric_) known_.emplace_back(numeric, port_);
}

asio::awaitable<boost::system::result<Endpoints>> NameLookup::endpoints() {
    if (auto remembered = known(); !remembered.empty()) co_return remembered;

    auto const executor = co_await asio::this_coro::executor;
    auto const search = std::make_shared<Search>(executor);
    Abandon const abandon{*this, search};
    search->resolver.async_resolve(host_, std::to_string(port_), tcp::resolver::numeric_service,
                                   [search](error_code error, tcp::resolver::results_type const& results) {
                                       Endpoints endpoints;
                                       for (auto const& entry : results) endpoints.push_back(entry.endpoint());
                                       search->found.try_send(error, std::move(endpoints));
                                   });
    error_code error;
    Endpoints found = co_await search->found.async_receive(asio::redirect_error(asio::use_awaitable, error));
    if (error == asio::experimental::error::channel_cancelled) error = asio::error::operation_aborted;
    if (!error && found.empty()) error = asio::error::host_not_found;
    if (error) co_return error;
    remember(found);
    co_return found;
}

void NameLookup::forget() {
    std::scoped_lock lock{mutex_};
    if (!is_numeric_) known_.clear();
}

void NameLookup::give_up() {
    std::scoped_lock lock{mutex_};
    has_given_up_ = true;
    for (auto const& search : searches_)
        search->found.try_send(error_code{asio::error::operation_aborted}, Endpoints{});
}

Endpoints NameLookup::known() const {
    std::scoped_lock lock{mutex_};
    return known_;
}

void NameLookup::remember(Endpoints found) {
    std::scoped_lock lock{mutex_};
    known_ = std::move(found);
}

}  // namespace zenoo_rpc::detail
