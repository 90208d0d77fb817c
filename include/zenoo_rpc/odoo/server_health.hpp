// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_ODOO_SERVER_HEALTH_HPP
#define ZENOO_RPC_ODOO_SERVER_HEALTH_HPP

#include <zenoo_rpc/core/failure.hpp>

#include <optional>

namespace zenoo_rpc {

/// How a server says it is.
struct ServerHealth {
    bool is_reachable = false;                        ///< an Odoo answers
    std::optional<bool> has_database = std::nullopt;  ///< whether it reaches PostgreSQL; before Odoo 19 it does not say
    Failure failure = {};                             ///< why it is not reachable

    /// True if nothing is known to be wrong.
    explicit operator bool() const noexcept { return is_reachable && has_database.value_or(true); }
};

}  // namespace zenoo_rpc

#endif  // ZENOO_RPC_ODOO_SERVER_HEALTH_HPP
