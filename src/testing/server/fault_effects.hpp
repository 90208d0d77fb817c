// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_SRC_TESTING_SERVER_FAULT_EFFECTS_HPP
#define ZENOO_RPC_SRC_TESTING_SERVER_FAULT_EFFECTS_HPP

#include <zenoo_rpc/testing/fault.hpp>
#include <zenoo_rpc/testing/odoo_exception.hpp>
#include <zenoo_rpc/testing/odoo_store.hpp>

#include <nlohmann/json.hpp>

#include <optional>

// The effects of a fault on a call that has reached the server: decided here, applied elsewhere.

namespace zenoo_rpc::testing {

/// The availability of a database connection to Odoo.
enum class DatabaseAccess {
    open,
    down,       ///< PostgreSQL is down
    pool_full,  ///< all connections available to Odoo are in use
};

DatabaseAccess access_during(FaultKind kind);

/// Returns PostgreSQL's error for a conflict with another transaction; nullopt if the fault is not a conflict.
std::optional<OdooException> conflict(FaultKind kind);

/// Returns true if `load` reports the conflict in its result: always, unless it occurred at COMMIT.
bool shows_in_result(FaultKind kind);

/// Returns the result of a `load` that was rolled back for `reason`.
nlohmann::json refusal_of_load(OdooException const& reason);

/// Returns true if Odoo has no connection for the request itself, and so fails before dispatching it.
bool fails_before_dispatch(FaultKind kind, OdooDialect dialect);

/// Returns the status of the proxy that responds instead of the server; 0 if none does.
int gateway_status(FaultKind kind);

}  // namespace zenoo_rpc::testing

#endif  // ZENOO_RPC_SRC_TESTING_SERVER_FAULT_EFFECTS_HPP
