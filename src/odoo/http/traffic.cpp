// SPDX-License-Identifier: BSL-1.0
#include "odoo/http/traffic.hpp"

#include <boost/asio/error.hpp>
#include <boost/system/system_error.hpp>

namespace asio = boost::asio;

namespace zenoo_rpc::detail {

using boost::system::error_code;

asio::awaitable<Traffic::Entry> Traffic::Visit::turn() {
    bool const is_woken = co_await turn_.wait();
    bool const has_come = is_woken && interruption() == Interruption::none;
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

Traffic::Entry Traffic::enter(Visit& visit) {
    std::scoped_lock lock{mutex_};
    if (closed_) return Entry::closed;
    if (inside_.size() < most_inside_) {
        inside_.push_back(visit);
        visit.state_ = Entry::inside;
        return Entry::inside;
    }
    if (line_.size() >= most_in_line_) return Entry::line_is_full;
    line_.push_back(visit);
    visit.state_ = Entry::in_line;
    return Entry::in_line;
}

/// Events are set under the lock, so that who waits for one can't be gone; whoever they wake runs later.
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
        next.turn_.set();
    }
    set_if_emptied();
}

void Traffic::close() {
    std::scoped_lock lock{mutex_};
    closed_ = true;
    set_if_emptied();
}

void Traffic::interrupt() {
    std::scoped_lock lock{mutex_};
    for (Visit& visit : inside_) interrupt(visit, Interruption::closed);
    for (Visit& visit : line_) interrupt(visit, Interruption::closed);
}

void Traffic::interrupt(Visit& visit, Interruption why) {
    if (visit.interruption_ != Interruption::none) return;
    visit.interruption_ = why;
    visit.turn_.set();
    if (!visit.socket_) return;
    error_code gone_already;
    visit.socket_->shutdown(asio::socket_base::shutdown_both, gone_already);
}

asio::awaitable<void> Traffic::emptied() {
    bool const has_emptied = co_await emptied_.wait();
    if (!has_emptied) throw boost::system::system_error{error_code{asio::error::operation_aborted}};
}

}  // namespace zenoo_rpc::detail
