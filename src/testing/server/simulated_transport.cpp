// SPDX-License-Identifier: BSL-1.0
#include <zenoo_rpc/async/async_sleep.hpp>
#include <zenoo_rpc/testing/simulated_transport.hpp>

#include <boost/asio/error.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <utility>

namespace zenoo_rpc::testing {
namespace {

Failure lost(error_code code, Delivery delivery) {
    Failure failure{code};
    failure.delivery(delivery);
    return failure;
}

/// Returns false if the pause was cancelled.
asio::awaitable<bool> pause(Duration duration) {
    if (duration == Duration::zero()) co_return true;
    auto executor = co_await asio::this_coro::executor;
    error_code interrupted;
    co_await async_sleep(std::move(executor), duration, asio::redirect_error(asio::use_awaitable, interrupted));
    co_return !interrupted;
}

}  // namespace

asio::awaitable<Result<HttpResponse>> SimulatedTransport::exchange(HttpRequest request) {
    using namespace boost::asio::error;
    auto const executor = co_await asio::this_coro::executor;
    auto const& time = TimeService::of(executor);

    bool const connected = co_await pause(leg_);
    if (!connected) co_return lost(operation_aborted, Delivery::not_sent);
    if (time.now() < refuses_until_) co_return lost(connection_refused, Delivery::not_sent);

    core_.faults().database_down(time.now() < database_down_until_);
    auto const fault = core_.faults().next();
    if (fault.kind == FaultKind::refuse_connection) {
        refuses_until_ = saturating_add(time.now(), fault.lasting);
        co_return lost(connection_refused, Delivery::not_sent);
    }
    if (fault.kind == FaultKind::database_down && fault.lasting > Duration::zero()) {
        database_down_until_ = saturating_add(time.now(), fault.lasting);
    }

    bool const arrived = co_await pause(leg_);
    if (fault.kind == FaultKind::close_before_reading) co_return lost(connection_reset, Delivery::unknown);
    auto response = core_.respond(request, fault);
    if (!arrived) co_return lost(operation_aborted, Delivery::unknown);

    bool const responded = co_await pause(
        saturating_add(leg_, fault.kind == FaultKind::delay_response ? fault.lasting : Duration::zero()));
    if (!responded) co_return lost(operation_aborted, Delivery::unknown);
    switch (fault.kind) {
        case FaultKind::drop_response:
        case FaultKind::truncate_response: co_return lost(eof, Delivery::unknown);
        case FaultKind::reset_connection: co_return lost(connection_reset, Delivery::unknown);
        default: co_return response;
    }
}

}  // namespace zenoo_rpc::testing
