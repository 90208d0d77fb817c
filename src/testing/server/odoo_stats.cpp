// SPDX-License-Identifier: BSL-1.0
#include <zenoo_rpc/testing/odoo_stats.hpp>

#include <nlohmann/json.hpp>

namespace zenoo_rpc::testing {

void to_json(nlohmann::json& json, ExternalIdCounts const& counts) {
    json = {{"sent", counts.sent}, {"executed", counts.executed}, {"committed", counts.committed}};
}

void to_json(nlohmann::json& json, OdooStats const& stats) {
    json = {{"requests", stats.requests}, {"executed", stats.executed},
            {"faults", stats.faults},     {"faults_by_kind", stats.faults_by_kind},
            {"created", stats.created},   {"external_ids", stats.external_ids}};
}

}  // namespace zenoo_rpc::testing
