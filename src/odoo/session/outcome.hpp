// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_SRC_ODOO_SESSION_OUTCOME_HPP
#define ZENOO_RPC_SRC_ODOO_SESSION_OUTCOME_HPP

#include <zenoo_rpc/core/failure.hpp>

#include <exception>
#include <string_view>

namespace zenoo_rpc::detail {

/// The verdict on a call that may not be repeated, was sent, and failed by `cause` after `elapsed`.
Failure outcome_unknown(std::string_view name, std::string_view method, Duration elapsed, Failure const& cause);

/// The verdict on a call that was refused because the session had expired, and could not be made in a new one. What may
/// pass stays what it is, and so the call may be repeated.
Failure not_renewed(std::string_view name, Failure const& cause);

/// The same failure, of that delivery, as an exception that carries it: a throw and a catch lose nothing.
Failure as_thrown(Failure failure, Delivery delivery);

/// Returns the exception that is being handled, which is `error`, as a failure of a call that was not sent.
Failure not_sent(std::exception const& error);

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_SRC_ODOO_SESSION_OUTCOME_HPP
