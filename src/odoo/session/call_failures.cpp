// SPDX-License-Identifier: BSL-1.0
#include "odoo/session/call_failures.hpp"

#include "odoo/support/error_info.hpp"

#include <zenoo_rpc/core/detail/duration_text.hpp>
#include <zenoo_rpc/core/detail/nesting.hpp>
#include <zenoo_rpc/core/errors.hpp>
#include <zenoo_rpc/odoo/errors.hpp>

#include <exception>
#include <new>
#include <string>
#include <utility>

namespace zenoo_rpc::detail {

namespace {

char const* how_to_find_out(std::string_view method) {
    if (method == "create") {
        return "Search for the record before you create it again; create_once is safe to call again";
    }
    return "Read the affected records before you call it again";
}

template <class E>
Failure carrying(Failure const& failure, Delivery delivery) {
    E error{failure.code(), "the request failed"};
    error.delivery(delivery);
    error.retry_after(failure.retry_after());
    return Failure{nesting(std::move(error), failure.exception() ? failure : Failure{})};
}

}  // namespace

Failure outcome_unknown(std::string_view name, std::string_view method, Duration elapsed, Failure const& cause) try {
    auto const text = std::string{name} + " was sent, but its outcome is unknown: no usable response within "
                      + in_seconds(elapsed) + " (" + cause.what() + "). " + how_to_find_out(method);
    OutcomeUnknownError error{text};
    error.delivery(Delivery::unknown);
    return Failure{nesting(std::move(error), cause)};
} catch (std::bad_alloc const& error) {
    Failure failure{std::current_exception(), error};
    failure.delivery(Delivery::unknown);
    return failure;
}

Failure not_renewed(std::string_view name, Failure const& cause) {
    if (cause.cancelled() || cause.transient()) return as_thrown(cause, Delivery::rejected);
    SessionExpiredError error{std::string{name}
                              + ": the session has expired, and logging in again failed: " + cause.what()};
    error.delivery(Delivery::rejected);
    return Failure{nesting(std::move(error), cause)};
}

Failure as_thrown(Failure failure, Delivery delivery) {
    bool const carries = failure.exception() && failure.is<ZenooError>() && failure.delivery() == delivery;
    if (carries) return failure;
    if (failure.code() == Errc::unclassified) {  // an exception of another type, which carries no delivery
        failure.delivery(delivery);
        return failure;
    }
    if (failure.is<NetworkError>()) return carrying<NetworkError>(failure, delivery);
    if (failure.is<TimeoutError>()) return carrying<TimeoutError>(failure, delivery);
    return carrying<ZenooError>(failure, delivery);
}

Failure not_sent(std::exception const& error) {
    return as_thrown(Failure{std::current_exception(), error}, Delivery::not_sent);
}

}  // namespace zenoo_rpc::detail
