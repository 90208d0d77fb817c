// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_SRC_ODOO_WIRE_RETRY_AFTER_HPP
#define ZENOO_RPC_SRC_ODOO_WIRE_RETRY_AFTER_HPP

#include <zenoo_rpc/core/clock.hpp>

#include <string_view>

namespace zenoo_rpc::detail {

/// How long a `Retry-After` (RFC 9110, 10.2.3) asks to wait: seconds, or a date, which is compared with the response's
/// own `Date`. Zero for an empty one, and for garbage.
Duration requested_delay(std::string_view retry_after, std::string_view date);

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_SRC_ODOO_WIRE_RETRY_AFTER_HPP
