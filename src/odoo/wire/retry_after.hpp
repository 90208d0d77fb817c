// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_SRC_ODOO_WIRE_RETRY_AFTER_HPP
#define ZENOO_RPC_SRC_ODOO_WIRE_RETRY_AFTER_HPP

#include <zenoo_rpc/core/clock.hpp>

#include <string_view>

namespace zenoo_rpc::detail {

/// Returns the delay that a `Retry-After` (RFC 9110, 10.2.3) requests: in seconds, or until a date, relative to the
/// response's own `Date`. Zero if it is empty or invalid.
Duration requested_delay(std::string_view retry_after, std::string_view date);

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_SRC_ODOO_WIRE_RETRY_AFTER_HPP
