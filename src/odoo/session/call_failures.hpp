// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_SRC_ODOO_SESSION_CALL_FAILURES_HPP
#define ZENOO_RPC_SRC_ODOO_SESSION_CALL_FAILURES_HPP

#include <zenoo_rpc/core/failure.hpp>

#include <exception>
#include <string_view>

namespace zenoo_rpc::detail {

/// Returns the failure of a call that is not idempotent, was sent, and failed with `cause` after `elapsed`.
Failure outcome_unknown(std::string_view name, std::string_view method, Duration elapsed, Failure const& cause);

/// Returns the failure of a call whose session had expired and could not be renewed because of `cause`. A transient
/// cause stays as it is, so that the call can be retried.
Failure not_renewed(std::string_view name, Failure const& cause);

/// Returns the failure with that delivery, as an exception that carries it, so that throw and catch preserve it.
Failure as_thrown(Failure failure, Delivery delivery);

/// Returns the exception that is being handled, which is `error`, as a failure of a call that was not sent.
Failure not_sent(std::exception const& error);

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_SRC_ODOO_SESSION_CALL_FAILURES_HPP
