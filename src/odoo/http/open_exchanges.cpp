// SPDX-License-Identifier: BSL-1.0
#include "odoo/http/open_exchanges.hpp"

#include <boost/asio/error.hpp>
#include <boost/system/system_error.hpp>

namespace asio = boost::asio;

namespace zenoo_rpc::detail {

using boost::system::error_code;

void OpenExchanges::close() {
    std::scoped_lock lock{mutex_};
    closed_ = true;
    set_if_all_ended();
}

asio::awaitable<void> OpenExchanges::all_ended() {
    bool const have_ended = co_await all_ended_.wait();
    if (!have_ended) throw boost::system::system_error{error_code{asio::error::operation_aborted}};
}

void OpenExchanges::interrupt() {
    std::scoped_lock lock{mutex_};
    for (OpenExchange& exchange : open_) exchange.interrupt_locked(Interruption::closed);
}

/// Sets the event under the lock, so that it still exists; the resumed coroutine runs later.
OpenExchange::~OpenExchange() {
    std::scoped_lock lock{all_.mutex_};
    if (!is_linked()) return;
    all_.open_.erase(all_.open_.iterator_to(*this));
    all_.set_if_all_ended();
}

OpenExchange::Admission OpenExchange::begin() {
    {
        std::scoped_lock lock{all_.mutex_};
        if (all_.closed_) return Admission::closed;
        all_.open_.push_back(*this);
    }
    switch (place_.enter()) {
        case CallQueue::Admission::running: return Admission::running;
        case CallQueue::Admission::queued: return Admission::queued;
        case CallQueue::Admission::full: break;
    }
    return Admission::full;
}

asio::awaitable<OpenExchange::Admission> OpenExchange::wait() {
    bool const is_woken = co_await place_.wait();
    bool const may_run = is_woken && interruption() == Interruption::none;
    co_return may_run ? Admission::running : Admission::queued;
}

bool OpenExchange::use(asio::ip::tcp::socket* socket) {
    std::scoped_lock lock{all_.mutex_};
    bool const goes_on = interruption_ == Interruption::none;
    socket_ = goes_on ? socket : nullptr;
    return goes_on;
}

void OpenExchange::interrupt(Interruption why) {
    std::scoped_lock lock{all_.mutex_};
    interrupt_locked(why);
}

Interruption OpenExchange::interruption() const {
    std::scoped_lock lock{all_.mutex_};
    return interruption_;
}

void OpenExchange::interrupt_locked(Interruption why) {
    if (interruption_ != Interruption::none) return;
    interruption_ = why;
    place_.wake();
    if (!socket_) return;
    error_code gone_already;
    socket_->shutdown(asio::socket_base::shutdown_both, gone_already);
}

}  // namespace zenoo_rpc::detail
