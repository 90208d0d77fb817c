// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_CACHE_DETAIL_CACHE_FLIGHT_HPP
#define ZENOO_RPC_CACHE_DETAIL_CACHE_FLIGHT_HPP

#include <zenoo_rpc/core/failure.hpp>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/experimental/channel_error.hpp>
#include <boost/asio/experimental/concurrent_channel.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/intrusive/list.hpp>

#include <memory>
#include <mutex>

namespace zenoo_rpc::detail {

namespace asio = boost::asio;

/// What a load has come to: a value, an expired value and the failure that it stands in for, a failure, or nothing, if
/// the caller that loaded was cancelled.
struct CacheOutcome {
    std::shared_ptr<void const> value = nullptr;
    Failure failure = {};
    bool is_stale = false;

    bool is_known() const noexcept { return value || failure; }
};

/// One load, and those who wait for it. Guarded by the lock of the cache.
class CacheFlight {
    using Hook = boost::intrusive::list_base_hook<>;

public:
    /// Somebody who waits, in a coroutine and on an executor of its own.
    class Waiter : public Hook {
    public:
        Waiter(std::shared_ptr<CacheFlight> flight, asio::any_io_executor const& executor)
            : flight_{std::move(flight)}, landed_{executor} {
            std::scoped_lock lock{flight_->mutex_};
            if (flight_->has_landed_) {
                landed_.close();
            } else {
                flight_->waiting_.push_back(*this);
            }
        }
        Waiter(Waiter const&) = delete;
        Waiter& operator=(Waiter const&) = delete;
        ~Waiter() {
            std::scoped_lock lock{flight_->mutex_};
            if (is_linked()) flight_->waiting_.erase(flight_->waiting_.iterator_to(*this));
        }

        /// Ends at once with `operation_aborted` when it is cancelled.
        asio::awaitable<void> landing() {
            error_code ended;
            co_await landed_.async_receive(asio::redirect_error(asio::use_awaitable, ended));
            if (ended == asio::experimental::error::channel_closed) co_return;
            throw boost::system::system_error{make_error_code(asio::error::operation_aborted)};
        }

    private:
        friend class CacheFlight;
        std::shared_ptr<CacheFlight> flight_;
        asio::experimental::concurrent_channel<void(error_code)> landed_;  // closed, never sent to
    };

    /// `mutex` is the lock of the cache.
    explicit CacheFlight(std::mutex& mutex) noexcept : mutex_{mutex} {}

    /// Wakes all who wait; under the lock, so that none of them can be gone.
    void land() {
        has_landed_ = true;
        while (!waiting_.empty()) {
            Waiter& waiter = waiting_.front();
            waiting_.pop_front();
            waiter.landed_.close();
        }
    }

    CacheOutcome outcome;
    bool is_wanted = true;  ///< the value was not removed or set meanwhile

private:
    std::mutex& mutex_;
    boost::intrusive::list<Waiter> waiting_;
    bool has_landed_ = false;
};

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_CACHE_DETAIL_CACHE_FLIGHT_HPP
