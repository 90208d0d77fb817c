// SPDX-License-Identifier: BSL-1.0
#include <zenoo_rpc/testing/fault.hpp>

namespace zenoo_rpc::testing {

std::string_view to_string(FaultKind kind) noexcept {
    switch (kind) {
        case FaultKind::none: return "none";
        case FaultKind::refuse_connection: return "refuse_connection";
        case FaultKind::close_before_reading: return "close_before_reading";
        case FaultKind::drop_response: return "drop_response";
        case FaultKind::reset_connection: return "reset_connection";
        case FaultKind::truncate_response: return "truncate_response";
        case FaultKind::delay_response: return "delay_response";
        case FaultKind::bad_gateway: return "bad_gateway";
        case FaultKind::service_unavailable: return "service_unavailable";
        case FaultKind::gateway_timeout: return "gateway_timeout";
        case FaultKind::serialization_failure: return "serialization_failure";
        case FaultKind::load_conflict: return "load_conflict";
        case FaultKind::database_down: return "database_down";
        case FaultKind::lock_timeout: return "lock_timeout";
        case FaultKind::pool_full: return "pool_full";
        case FaultKind::pool_full_page: return "pool_full_page";
    }
    return "unknown";
}

}  // namespace zenoo_rpc::testing
