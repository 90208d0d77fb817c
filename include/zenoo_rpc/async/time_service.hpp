// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_ASYNC_TIME_SERVICE_HPP
#define ZENOO_RPC_ASYNC_TIME_SERVICE_HPP

#include <zenoo_rpc/async/detail/service_clock.hpp>
#include <zenoo_rpc/async/detail/waits.hpp>

#include <boost/asio/execution/context.hpp>
#include <boost/asio/execution_context.hpp>
#include <boost/asio/query.hpp>

#include <memory>

namespace zenoo_rpc {

namespace asio = boost::asio;

class TimeService;

namespace detail {
Waits& waits_of(TimeService& service) noexcept;
ServiceClock& clock_of(TimeService& service) noexcept;

/// Refers to the context of the executor it is constructed from. Passed by value: g++ warns of a dangling reference
/// where a function takes a temporary executor by reference and returns a reference.
class ContextOf {
public:
    template <class Executor>
    ContextOf(Executor const& executor) : context_{asio::query(executor, asio::execution::context)} {}
    asio::execution_context& get() const noexcept { return context_; }

private:
    asio::execution_context& context_;
};
}  // namespace detail

/// The only source of time and of timed waits in this library: one per execution context, created on first use.
///
/// All waits share one timer of the context, armed for the earliest deadline. Tests switch the service to virtual time,
/// in which waits take no real time: see `testing::VirtualTime`.
///
/// Threads: safe to share.
class TimeService final : public asio::execution_context::service {
public:
    using key_type = TimeService;
    static inline asio::execution_context::id id;

    explicit TimeService(asio::execution_context& context) : service{context} {}

    /// Returns the service of the context that an executor, of any type, belongs to. It lives as long as that context.
    static TimeService& of(detail::ContextOf executor) { return asio::use_service<TimeService>(executor.get()); }

    TimePoint now() const { return clock_->now(); }
    TimeSource const& time_source() const noexcept { return *clock_; }
    /// Returns the clock as a shared object, which stays valid after the context is destroyed.
    std::shared_ptr<TimeSource const> clock() const { return clock_; }

private:
    friend detail::Waits& detail::waits_of(TimeService& service) noexcept;
    friend detail::ServiceClock& detail::clock_of(TimeService& service) noexcept;

    void shutdown() override { waits_.shut_down(); }

    std::shared_ptr<detail::ServiceClock> clock_ = std::make_shared<detail::ServiceClock>();
    detail::Waits waits_{*clock_};
};

namespace detail {

inline Waits& waits_of(TimeService& service) noexcept { return service.waits_; }
inline ServiceClock& clock_of(TimeService& service) noexcept { return *service.clock_; }

}  // namespace detail
}  // namespace zenoo_rpc

#endif  // ZENOO_RPC_ASYNC_TIME_SERVICE_HPP
