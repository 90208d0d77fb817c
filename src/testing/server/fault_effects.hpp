// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_SRC_TESTING_SERVER_FAULT_EFFECTS_HPP
#define ZENOO_RPC_SRC_TESTING_SERVER_FAULT_EFFECTS_HPP

#include <zenoo_rpc/testing/fault.hpp>
#include <zenoo_rpc/testing/odoo_exception.hpp>
#include <zenoo_rpc/testing/odoo_store.hpp>

#include <nlohmann/json.hpp>

#include <optional>

// What a fault means for a call that has reached the server: decided here, carried out elsewhere.

namespace zenoo_rpc::testing {

/// Whether Odoo gets a connection to its database.
enum class DatabaseAccess {
    open,
    down,       ///< PostgreSQL is away
    pool_full,  ///< all connections that Odoo may have are taken
};

DatabaseAccess access_during(FaultKind kind);

/// What PostgreSQL says of another transaction that is in the way; empty if none is.
std::optional<OdooException> conflict(FaultKind kind);

/// Whether `load` tells of a conflict in its result, as it does unless it came with the COMMIT.
bool shows_in_result(FaultKind kind);

/// Returns the result of a `load` that was rolled back for this reason.
nlohmann::json refusal_of_load(OdooException const& reason);

/// Whether Odoo has no connection even for the request itself, so that nobody is asked what it wants.
bool fails_before_dispatch(FaultKind kind, OdooDialect dialect);

/// Returns the status of the proxy that answers instead of the server; 0 if none does.
int gateway_status(FaultKind kind);

}  // namespace zenoo_rpc::testing

#endif  // ZENOO_RPC_SRC_TESTING_SERVER_FAULT_EFFECTS_HPP
