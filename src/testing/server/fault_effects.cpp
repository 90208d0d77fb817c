// SPDX-License-Identifier: BSL-1.0
#include "testing/server/fault_effects.hpp"

namespace zenoo_rpc::testing {

std::optional<OdooException> conflict(FaultKind kind) {
    switch (kind) {
        case FaultKind::serialization_failure:
        case FaultKind::load_conflict:
            return OdooException{"psycopg2.errors.SerializationFailure",
                                 "could not serialize access due to concurrent update\n"};
        case FaultKind::lock_timeout:
            return OdooException{"psycopg2.errors.LockNotAvailable", "canceling statement due to lock timeout\n"};
        default: return std::nullopt;
    }
}

bool shows_in_result(FaultKind kind) { return kind != FaultKind::serialization_failure; }

nlohmann::json refusal_of_load(OdooException const& reason) {
    nlohmann::json const message = {
        {"rows", {{"from", 0}, {"to", 0}}}, {"record", 0}, {"type", "error"}, {"message", reason.what()}};
    return {{"ids", false}, {"messages", nlohmann::json::array({message})}, {"nextrow", 0}};
}

DatabaseAccess access_during(FaultKind kind) {
    switch (kind) {
        case FaultKind::database_down: return DatabaseAccess::down;
        case FaultKind::pool_full: return DatabaseAccess::pool_full;
        default: return DatabaseAccess::open;
    }
}

bool fails_before_dispatch(FaultKind kind, OdooDialect dialect) {
    bool const is_19 = dialect == OdooDialect::odoo19;
    return kind == FaultKind::pool_full_page || (kind == FaultKind::pool_full && is_19);
}

int gateway_status(FaultKind kind) {
    switch (kind) {
        case FaultKind::bad_gateway: return 502;
        case FaultKind::service_unavailable: return 503;
        case FaultKind::gateway_timeout: return 504;
        default: return 0;
    }
}

}  // namespace zenoo_rpc::testing
