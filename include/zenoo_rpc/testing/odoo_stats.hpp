// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_TESTING_ODOO_STATS_HPP
#define ZENOO_RPC_TESTING_ODOO_STATS_HPP

#include <nlohmann/json_fwd.hpp>

#include <cstdint>
#include <map>
#include <string>

namespace zenoo_rpc::testing {

/// What became of one external id (`module.name`) over all requests that carried it.
struct ExternalIdCounts {
    std::uint64_t sent = 0;       ///< requests that reached the server
    std::uint64_t executed = 0;   ///< of these, calls that were carried out
    std::uint64_t committed = 0;  ///< records created under this id: 1 is exactly once
};

struct OdooStats {
    std::uint64_t requests = 0;  ///< calls that reached the server
    std::uint64_t executed = 0;  ///< of these, carried out, whatever became of the answer
    std::uint64_t faults = 0;
    std::map<std::string, std::uint64_t> faults_by_kind;
    std::map<std::string, std::uint64_t> created;  ///< records by model
    std::map<std::string, ExternalIdCounts> external_ids;
};

void to_json(nlohmann::json& json, ExternalIdCounts const& counts);
void to_json(nlohmann::json& json, OdooStats const& stats);

}  // namespace zenoo_rpc::testing

#endif  // ZENOO_RPC_TESTING_ODOO_STATS_HPP
