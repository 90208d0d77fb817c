// SPDX-License-Identifier: BSL-1.0
#include "odoo/http/traffic.hpp"

#include <boost/asio/error.hpp>
#include <boost/asio/experimental/channel_error.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace asio = boost::asio;

namespace zenoo_rpc::detail {

using boost::system::error_code;

asio::awaitable<Traffic::Entry> Traffic::Visit::turn() {
    error_code ended;
    co_await turn_->async_receive(asio::redirect_error(asio::use_awaitable, ended));
    bool const is_signal = ended == asio::experimental::error::channel_closed;
    bool const has_come = is_signal && interruption() == Interruption::none;
    co_return has_come ? Entry::inside : Entry::in_line;
}

bool Traffic::Visit::uses(asio::ip::tcp::socket* socket) {
    std::scoped_lock lock{traffic_.mutex_};
    bool const goes_on = interruption_ == Interruption::none;
    socket_ = goes_on ? socket : nullptr;
    return goes_on;
}

void Traffic::Visit::interrupt(Interruption why) {
    std::scoped_lock lock{traffic_.mutex_};
    Traffic::interrupt(*this, why);
}

Traffic::Interruption Traffic::Visit::interruption() const {
    std::scoped_lock lock{traffic_.mutex_};
    return interruption_;
}

Traffic::Entry Traffic::enter(Visit& visit, asio::any_io_executor const& executor) {
    std::scoped_lock lock{mutex_};
    if (closed_) return Entry::closed;
    if (inside_.size() < most_inside_) {
        inside_.push_back(visit);
        visit.state_ = Entry::inside;
        return Entry::inside;
    }
    if (line_.size() >= most_in_line_) return Entry::line_is_full;
    visit.turn_ = std::make_unique<Signal>(executor);
    if (visit.interruption_ != Interruption::none) visit.turn_->close();
    line_.push_back(visit);
    visit.state_ = Entry::in_line;
    return Entry::in_line;
}

/// Signals are given under the lock, so that who waits for one can't be gone; whoever they wake runs later. They are
/// closed and never sent to: while a context goes, a channel has lost its waiters and does not know, and sending
/// crashes.
void Traffic::leave(Visit& visit) {
    std::scoped_lock lock{mutex_};
    if (!visit.state_) return;
    auto& list = *visit.state_ == Entry::inside ? inside_ : line_;
    list.erase(list.iterator_to(visit));
    if (inside_.size() < most_inside_ && !line_.empty()) {
        Visit& next = line_.front();
        line_.pop_front();
        inside_.push_back(next);
        next.state_ = Entry::inside;
        next.turn_->close();
    }
    if (!is_empty()) return;
    for (Watcher& watcher : watchers_) watcher.signal.close();
}

void Traffic::close() {
    std::scoped_lock lock{mutex_};
    closed_ = true;
}

void Traffic::interrupt() {
    std::scoped_lock lock{mutex_};
    for (Visit& visit : inside_) interrupt(visit, Interruption::closed);
    for (Visit& visit : line_) interrupt(visit, Interruption::closed);
}

void Traffic::interrupt(Visit& visit, Interruption why) {
    if (visit.interruption_ != Interruption::none) return;
    visit.interruption_ = why;
    if (visit.turn_) visit.turn_->close();
    if (!visit.socket_) return;
    error_code gone_already;
    visit.socket_->shutdown(asio::socket_base::shutdown_both, gone_already);
}

Traffic::Watcher::Watcher(Traffic& traffic, asio::any_io_executor const& executor) : of{traffic}, signal{executor} {
    std::scoped_lock lock{of.mutex_};
    of.watchers_.push_back(*this);
    if (of.is_empty()) signal.close();
}

Traffic::Watcher::~Watcher() {
    std::scoped_lock lock{of.mutex_};
    of.watchers_.erase(of.watchers_.iterator_to(*this));
}

asio::awaitable<void> Traffic::emptied() {
    auto const executor = co_await asio::this_coro::executor;
    Watcher watcher{*this, executor};
    error_code ended;
    co_await watcher.signal.async_receive(asio::redirect_error(asio::use_awaitable, ended));
    if (ended == asio::experimental::error::channel_closed) co_return;
    throw boost::system::system_error{error_code{asio::error::operation_aborted}};
}

}  // namespace zenoo_rpc::detail
