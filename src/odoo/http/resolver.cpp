// SPDX-License-Identifier: BSL-1.0
#include "odoo/http/resolver.hpp"

#include <zenoo_rpc/async/detail/async_event.hpp>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/this_coro.hpp>

#include <memory>
#include <string>
#include <utility>

namespace asio = boost::asio;

namespace zenoo_rpc::detail {

namespace {

using asio::ip::tcp;
using boost::system::error_code;

}  // namespace

/// One lookup, shared by its completion handler and its waiting coroutine: either may end first.
struct Resolver::Search {
    explicit Search(asio::any_io_executor const& executor) : resolver{executor} {}

    tcp::resolver resolver;
    AsyncEvent ended;  // set on completion, and when all lookups are given up
    error_code error;  // this and `found` are written before `ended` is set
    Endpoints found;
};

/// Abandons a lookup when its coroutine stops waiting. A lookup that has not begun is never started.
struct Resolver::Abandon {
    Abandon(Resolver& owner_, std::shared_ptr<Search> search_) : owner{owner_}, search{std::move(search_)} {
        std::scoped_lock lock{owner.mutex_};
        owner.searches_.push_back(search);
        if (owner.has_given_up_) search->ended.set();
    }
    Abandon(Abandon const&) = delete;
    Abandon& operator=(Abandon const&) = delete;
    ~Abandon() {
        std::scoped_lock lock{owner.mutex_};
        std::erase(owner.searches_, search);
        search->resolver.cancel();
    }

    Resolver& owner;
    std::shared_ptr<Search> search;
};

Resolver::Resolver(ServerAddress const& address) : host_{address.host}, port_{address.port} {
    error_code is_a_name;
    auto const numeric = asio::ip::make_address(host_, is_a_name);
    is_numeric_ = !is_a_name;
    if (is_numeric_) known_.emplace_back(numeric, port_);
}

asio::awaitable<boost::system::result<Endpoints>> Resolver::endpoints() {
    if (auto remembered = known(); !remembered.empty()) co_return remembered;

    auto const executor = co_await asio::this_coro::executor;
    auto const search = std::make_shared<Search>(executor);
    Abandon const abandon{*this, search};
    search->resolver.async_resolve(host_, std::to_string(port_), tcp::resolver::numeric_service,
                                   [search](error_code error, tcp::resolver::results_type const& results) {
                                       search->error = error;
                                       for (auto const& entry : results) search->found.push_back(entry.endpoint());
                                       search->ended.set();
                                   });
    bool const has_ended = co_await search->ended.wait();
    if (!has_ended || has_given_up()) co_return error_code{asio::error::operation_aborted};
    if (search->error) co_return search->error;
    if (search->found.empty()) co_return error_code{asio::error::host_not_found};
    remember(search->found);
    co_return std::move(search->found);
}

void Resolver::forget() {
    std::scoped_lock lock{mutex_};
    if (!is_numeric_) known_.clear();
}

void Resolver::give_up() {
    std::scoped_lock lock{mutex_};
    has_given_up_ = true;
    for (auto const& search : searches_) search->ended.set();
}

Endpoints Resolver::known() const {
    std::scoped_lock lock{mutex_};
    return known_;
}

bool Resolver::has_given_up() const {
    std::scoped_lock lock{mutex_};
    return has_given_up_;
}

void Resolver::remember(Endpoints found) {
    std::scoped_lock lock{mutex_};
    known_ = std::move(found);
}

}  // namespace zenoo_rpc::detail
