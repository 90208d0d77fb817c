// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_SRC_ODOO_WIRE_RETRY_AFTER_HPP
#define ZENOO_RPC_SRC_ODOO_WIRE_RETRY_AFTER_HPP

#include <zenoo_rpc/core/clock.hpp>
#include <zenoo_rpc/odoo/http_message.hpp>

namespace zenoo_rpc::detail {

/// How long the answer's `Retry-After` (RFC 9110, 10.2.3) asks to wait: seconds, or a date, which is compared with the
/// answer's own `Date`. Zero without one, and for garbage.
Duration retry_after_in(HttpResponse const& response);

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_SRC_ODOO_WIRE_RETRY_AFTER_HPP
