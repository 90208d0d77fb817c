// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_TESTING_VIRTUAL_TIME_HPP
#define ZENOO_RPC_TESTING_VIRTUAL_TIME_HPP

#include <zenoo_rpc/async/time_service.hpp>

#include <boost/asio/io_context.hpp>

namespace zenoo_rpc::testing {

/// Virtual time for an `io_context`: advances only when no handler is ready, so that an hour takes milliseconds.
///
/// Create it before anything waits on `io`, and call its `run` instead of `io.run()`.
class VirtualTime {
public:
    explicit VirtualTime(asio::io_context& io) : io_{io}, service_{asio::use_service<TimeService>(io)} {
        detail::clock_of(service_).make_virtual();
    }

    TimePoint now() const { return service_.now(); }

    /// Runs until no handler is ready and no timer is pending.
    void run() { run_until(TimePoint::max()); }

    /// Runs everything that is due within `duration`, and sets the clock to its end.
    void advance(Duration duration) {
        auto const end = saturating_add(now(), duration);
        run_until(end);
        detail::clock_of(service_).skip_to(end);
    }

private:
    void run_until(TimePoint limit) {
        do {
            io_.restart();
            io_.poll();
        } while (detail::waits_of(service_).expire_next(limit));
    }

    asio::io_context& io_;
    TimeService& service_;
};

}  // namespace zenoo_rpc::testing

#endif  // ZENOO_RPC_TESTING_VIRTUAL_TIME_HPP
